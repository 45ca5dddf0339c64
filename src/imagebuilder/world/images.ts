import type { WorldImage } from './types.js'

type Given = Pick<WorldImage, 'ImageId' | 'ImageFamily' | 'OSName' | 'Platform'> &
  Partial<WorldImage>

/** A public image: named as its id, created on the day that the id ends with. */
function publicImage(given: Given): WorldImage {
  const day = /_(\d{4})(\d{2})(\d{2})\.vhd$/.exec(given.ImageId)
  const [, year = '2024', month = '01', date = '01'] = day ?? []
  return {
    ImageName: given.ImageId,
    OSType: 'linux',
    Architecture: 'x86_64',
    Size: 20,
    CreationTime: `${year}-${month}-${date}T00:00:00Z`,
    owner: 'system',
    ...given,
  }
}

const aliyunLinux3 = 'acs:alibaba_cloud_linux_3_2104_lts_x64'

/** Public images as they are named in 2024 and 2025, in every region. */
export const defaultImages: readonly WorldImage[] = [
  ...['20240819', '20250117', '20251030'].map((day) =>
    publicImage({
      ImageId: `aliyun_3_x64_20G_alibase_${day}.vhd`,
      ImageFamily: aliyunLinux3,
      OSName: 'Alibaba Cloud Linux 3.2104 LTS 64-bit',
      Platform: 'Aliyun',
    }),
  ),
  publicImage({
    ImageId: 'aliyun_3_x64_20G_dengbao_alibase_20240819.vhd',
    ImageFamily: `${aliyunLinux3}_dengbao`,
    OSName: 'Alibaba Cloud Linux 3.2104 LTS 64-bit (MLPS 2.0 Level 3)',
    Platform: 'Aliyun',
  }),
  publicImage({
    ImageId: 'aliyun_3_arm64_20G_alibase_20240819.vhd',
    ImageFamily: 'acs:alibaba_cloud_linux_3_2104_lts_arm64',
    OSName: 'Alibaba Cloud Linux 3.2104 LTS 64-bit for ARM',
    Platform: 'Aliyun',
    Architecture: 'arm64',
  }),
  ...['20240926', '20250722'].map((day) =>
    publicImage({
      ImageId: `ubuntu_22_04_x64_20G_alibase_${day}.vhd`,
      ImageFamily: 'acs:ubuntu_22_04_x64',
      OSName: 'Ubuntu 22.04 64-bit',
      Platform: 'Ubuntu',
    }),
  ),
  ...['20240812', '20250527'].map((day) =>
    publicImage({
      ImageId: `ubuntu_24_04_x64_20G_alibase_${day}.vhd`,
      ImageFamily: 'acs:ubuntu_24_04_x64',
      OSName: 'Ubuntu 24.04 64-bit',
      Platform: 'Ubuntu',
    }),
  ),
  publicImage({
    ImageId: 'ubuntu_24_04_arm64_20G_alibase_20250527.vhd',
    ImageFamily: 'acs:ubuntu_24_04_arm64',
    OSName: 'Ubuntu 24.04 64-bit for ARM',
    Platform: 'Ubuntu',
    Architecture: 'arm64',
  }),
  publicImage({
    ImageId: 'debian_12_6_x64_20G_alibase_20240819.vhd',
    ImageFamily: 'acs:debian_12_6_x64',
    OSName: 'Debian 12.6 64-bit',
    Platform: 'Debian',
  }),
  publicImage({
    ImageId: 'centos_stream_9_x64_20G_alibase_20240819.vhd',
    ImageFamily: 'acs:centos_stream_9_x64',
    OSName: 'CentOS Stream 9 64-bit',
    Platform: 'CentOS Stream',
  }),
  publicImage({
    ImageId: 'almalinux_9_4_x64_20G_alibase_20240819.vhd',
    ImageFamily: 'acs:almalinux_9_4_x64',
    OSName: 'AlmaLinux 9.4 64-bit',
    Platform: 'AlmaLinux',
  }),
  publicImage({
    ImageId: 'rockylinux_9_4_x64_20G_alibase_20240819.vhd',
    ImageFamily: 'acs:rockylinux_9_4_x64',
    OSName: 'Rocky Linux 9.4 64-bit',
    Platform: 'Rocky Linux',
  }),
  publicImage({
    ImageId: 'anolisos_8_9_x64_20G_anck_alibase_20240724.vhd',
    ImageFamily: 'acs:anolisos_8_9_x64_anck',
    OSName: 'Anolis OS 8.9 ANCK 64-bit',
    Platform: 'Anolis',
  }),
  publicImage({
    ImageId: 'win2022_21H2_x64_dtc_en-us_40G_alibase_20241211.vhd',
    ImageFamily: 'acs:windows_server_2022_datacenter_64bit_en-us',
    OSName: 'Windows Server 2022 Datacenter 64-bit English',
    OSType: 'windows',
    Platform: 'Windows Server 2022',
    Size: 40,
  }),
]
