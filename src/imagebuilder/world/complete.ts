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
    case 'instances':
      return { ImageId: world.images[0]?.ImageId, Status: 'Running' }
    case 'snapshots':
      return { SourceDiskType: 'system', SourceDiskSize: 40, Status: 'accomplished' }
    case 'resourceGroups':
      return { Name: entry['ResourceGroupId'], DisplayName: entry['ResourceGroupId'] }
    case 'accessKeys':
      return { account: accountOf(entry, world) }
    case 'users':
    case 'roles':
      return { account: world.account, policies: [] }
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

/** A key acts for the account of its user or role. */
function accountOf({ user, role }: Plain, world: World): string {
  const holder =
    world.users.find(({ UserName }) => UserName === user) ??
    world.roles.find(({ RoleName }) => RoleName === role)
  return holder?.account ?? world.account
}
