import type { Json } from '../../core/json.js'
import type { ImportImageOptions } from '../../imagebuilder/parameters/create-template.js'
import type { Template } from '../../imagebuilder/rows.js'
import { tagShape, tagsShape } from './tags.js'

/**
 * A template as DescribeImagePipelines has it. What was not given is an empty text or list, so that
 * clients that look a field up find it; the deprecated names say what their successors say.
 */
export function templateShape({
  ImagePipelineId,
  Name,
  CreationTime,
  Parameters: given,
}: Template): Json {
  const image = given.ImageOptions ?? {}
  const nvme = image.ImageFeatures?.NvmeSupport ?? ''
  return {
    ImagePipelineId,
    Name,
    Description: given.Description ?? '',
    CreationTime,
    ResourceGroupId: given.ResourceGroupId ?? '',
    BaseImageType: given.BaseImageType,
    BaseImage: given.BaseImage ?? '',
    BuildContent: given.BuildContent ?? '',
    TestContent: given.TestContent ?? '',
    RepairMode: given.RepairMode ?? '',
    RepairItems: { RepairItem: given.RepairItem ?? [] },
    InstanceType: given.InstanceType ?? '',
    VSwitchId: given.VSwitchId ?? '',
    SystemDiskSize: given.SystemDiskSize,
    InternetMaxBandwidthOut: given.InternetMaxBandwidthOut,
    DeleteInstanceOnFailure: given.DeleteInstanceOnFailure,
    ImageName: image.ImageName ?? '',
    ImageFamily: image.ImageFamily ?? '',
    NvmeSupport: nvme,
    ToRegionIds: { ToRegionId: given.ToRegionId ?? [] },
    AddAccounts: { AddAccount: given.AddAccount ?? [] },
    Tags: tagsShape(given.Tag ?? []),
    AdvancedOptions: {
      RetainCloudAssistant: given.AdvancedOptions?.RetainCloudAssistant ?? false,
      ImageNameSuffix: given.AdvancedOptions?.ImageNameSuffix ?? '',
    },
    ImageOptions: {
      ImageName: image.ImageName ?? '',
      ImageFamily: image.ImageFamily ?? '',
      Description: image.Description ?? '',
      ImageFeatures: { NvmeSupport: nvme },
      ImageTags: { ImageTag: (image.ImageTags ?? []).map(tagShape) },
    },
    ...(given.ImportImageOptions === undefined
      ? {}
      : { ImportImageOptions: importShape(given.ImportImageOptions) }),
  }
}

/** Its tags are `Key` and `Value`, unlike all others: so has it the service. */
function importShape(given: ImportImageOptions): Json {
  const { RetentionStrategy } = given
  return {
    Architecture: given.Architecture,
    OSType: given.OSType,
    Platform: given.Platform,
    BootMode: given.BootMode,
    LicenseType: given.LicenseType,
    ImageName: given.ImageName ?? '',
    Description: given.Description ?? '',
    RoleName: given.RoleName ?? '',
    RetainImportedImage: RetentionStrategy === 'RetainAlways',
    RetentionStrategy,
    Features: {
      NvmeSupport: given.Features?.NvmeSupport ?? 'unsupported',
      ImdsSupport: given.Features?.ImdsSupport ?? 'v1',
    },
    DiskDeviceMappings: {
      DiskDeviceMapping: (given.DiskDeviceMappings ?? []).map(diskShape),
    },
    ImportImageTags: {
      ImportImageTag: (given.ImportImageTags ?? []).map(({ Key, Value }) => ({ Key, Value })),
    },
  }
}

type Disk = NonNullable<ImportImageOptions['DiskDeviceMappings']>[number]

function diskShape({ OSSBucket, OSSObject, Format, DiskImageSize }: Disk): Json {
  const size = DiskImageSize === undefined ? {} : { DiskImageSize }
  return { OSSBucket, OSSObject, Format: Format ?? '', ...size }
}
