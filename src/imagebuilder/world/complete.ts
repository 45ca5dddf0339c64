import type { ListName, World } from './types.js'

type Plain = Readonly<Record<string, unknown>>

/** When things that a change adds without saying so were made. */
const longAgo = '2024-01-01T00:00:00Z'

/**
 * A new entry with a plain value for each field that it leaves out, so that a scenario need not
 * spell out what it does not care about. What has no plain value (the region of a vSwitch, the
 * content of a component) stays missing.
 */
export function completeEntry(name: ListName, entry: Plain, world: World): Plain {
  return { ...plainValues(name, entry, world), ...entry }
}

function plainValues(name: ListName, entry: Plain, world: World): Plain {
  switch (name) {
    case 'regions':
      return { LocalName: entry['RegionId'] }
    case 'instanceTypes':
      return { CpuCoreCount: 2, MemorySize: 8 }
    case 'vSwitches':
      return plainVSwitch(entry, world)
    case 'images':
      return {
        ImageName: entry['ImageId'],
        OSName: 'Custom',
        OSType: 'linux',
        Platform: entry['OSType'] === 'windows' ? 'Other Windows' : 'Others Linux',
        Architecture: 'x86_64',
        Size: 40,
        CreationTime: longAgo,
        owner: world.account,
      }
    case 'components':
      return {
        Name: entry['ImageComponentId'],
        SystemType: 'Linux',
        ComponentType: 'Build',
        ComponentVersion: '1.0.0',
        CreationTime: longAgo,
        owner: world.account,
      }
    case 'accounts':
    case 'vpcs':
      return {}
  }
}

/** In the first VPC of its region. */
function plainVSwitch(entry: Plain, world: World): Plain {
  const region = entry['RegionId']
  const vpc = world.vpcs.find((each) => each.RegionId === region)
  return {
    ...(vpc === undefined ? {} : { VpcId: vpc.VpcId }),
    ...(typeof region === 'string' ? { ZoneId: `${region}-b` } : {}),
  }
}
