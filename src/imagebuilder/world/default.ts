import { defaultComponents } from './components.js'
import { defaultImages } from './images.js'
import { defaultInstanceTypes } from './instance-types.js'
import { defaultRegions, defaultVSwitches, defaultVpcs } from './regions.js'
import type { World } from './types.js'

/** The group of what names none; its id is ours, the service's differ by account. */
const defaultGroup = {
  ResourceGroupId: 'rg-acfmdefault0000',
  Name: 'default',
  DisplayName: 'default resource group',
}

/** The account that callers are unless a world says otherwise. */
const defaultAccount = '1234567890123456'

/** The world that a file has unless its first command brings another. */
export const defaultWorld: World = {
  account: defaultAccount,
  accounts: [
    { AccountId: defaultAccount },
    { AccountId: '1284387915995949' },
    { AccountId: '1234567890' },
    { AccountId: '1034567891' },
  ],
  regions: defaultRegions,
  instanceTypes: defaultInstanceTypes,
  vpcs: defaultVpcs,
  vSwitches: defaultVSwitches,
  images: defaultImages,
  components: defaultComponents,
  resourceGroups: [defaultGroup],
  instances: [
    {
      InstanceId: 'i-default0instance0000',
      ImageId: 'aliyun_3_x64_20G_alibase_20240819.vhd',
      Status: 'Running',
    },
  ],
  snapshots: [
    {
      SnapshotId: 's-default0snapshot0000',
      SourceDiskType: 'system',
      SourceDiskSize: 40,
      Status: 'accomplished',
      ImageId: 'aliyun_3_x64_20G_alibase_20240819.vhd',
    },
  ],
  accessKeys: [],
  users: [],
  roles: [],
  quotas: {
    templates: 100,
    components: 100,
    sharedAccounts: 50,
    images: 100,
    imageFamilies: 100,
    imagesPerFamily: 100,
    sharedImages: 100,
    copiesPerRegion: 5,
  },
}
