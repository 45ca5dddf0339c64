import type { Json } from '../../core/json.js'

const disk = {
  Device: '/dev/xvda',
  Type: 'system',
  SnapshotId: 's-bp167acfmxazb4p1c3k9',
  Size: '40',
  Format: '',
  ImportOSSBucket: '',
  ImportOSSObject: '',
}

/** An image as DescribeImageFromFamily has it, for docs and the API description. */
export const familyImageSample: { readonly [field: string]: Json } = {
  ImageId: 'm-bp167acfmxazb4p1c3k9',
  ImageName: 'web_exec-5fb8facb8ed7427c0a1b',
  ImageFamily: 'web',
  ImageVersion: '',
  Description: '',
  CreationTime: '2026-01-05T02:01:00Z',
  Status: 'Available',
  Progress: '100%',
  Size: 40,
  Platform: 'Aliyun',
  OSName: 'Alibaba Cloud Linux 3.2104 LTS 64-bit',
  OSType: 'linux',
  Architecture: 'x86_64',
  IsCopied: false,
  ImageOwnerAlias: 'self',
  IsSelfShared: 'false',
  IsSubscribed: false,
  IsSupportCloudinit: true,
  IsSupportIoOptimized: true,
  ProductCode: '',
  Usage: 'none',
  DiskDeviceMappings: { DiskDeviceMapping: [disk] },
  Tags: { Tag: [{ TagKey: 'team', TagValue: 'web' }] },
}

/** An image as DescribeImages has it. */
export const imageSample: { readonly [field: string]: Json } = {
  ...familyImageSample,
  ImageOwnerId: 1_234_567_890_123_456,
  Usable: true,
  OSNameEn: 'Alibaba Cloud Linux 3.2104 LTS 64-bit',
  BootMode: 'BIOS',
  LicenseType: '',
  IsPublic: false,
  LoginAsNonRootSupported: true,
  SupplierName: '',
  ResourceGroupId: '',
  Features: {
    NvmeSupport: 'supported',
    ImdsSupport: 'v1',
    CpuOnlineUpgrade: 'supported',
    CpuOnlineDowngrade: 'unsupported',
    MemoryOnlineUpgrade: 'supported',
    MemoryOnlineDowngrade: 'unsupported',
  },
  SecureBootOptions: { SecureBootSupport: '' },
  DetectionOptions: {
    Status: 'Finished',
    Items: { Item: [{ Name: 'Nvme', Value: 'Supported' }] },
  },
  DiskDeviceMappings: {
    DiskDeviceMapping: [{ ...disk, Encrypted: false, Progress: '100%', RemainTime: 0 }],
  },
}
