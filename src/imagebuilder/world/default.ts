import { defaultComponents } from './components.js'
import { defaultImages } from './images.js'
import { defaultInstanceTypes } from './instance-types.js'
import { defaultRegions, defaultVSwitches, defaultVpcs } from './regions.js'
import type { World } from './types.js'

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
  quotas: { templates: 100, components: 100, sharedAccounts: 50, copiesPerRegion: 5 },
}
