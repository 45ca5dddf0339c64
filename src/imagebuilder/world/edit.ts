import type { z } from 'zod'
import { didYouMean } from '../../core/nearest.js'
import { completeEntry } from './complete.js'
import { WorldError } from './error.js'
import { refuseStrangers } from './holders.js'
import { parse } from './parse.js'
import { entrySchemas } from './schema.js'
import { idFields } from './types.js'
import type { Entry, ListName, World, WorldPatch } from './types.js'

type Plain = Readonly<Record<string, unknown>>

/**
 * The world after a change; the given one stays as it is. Removing goes first. Then an entry whose
 * id is there changes the fields that it names, and one whose id is new is added at the end, with
 * plain values for what it leaves out.
 *
 * @throws WorldError when an id to remove is not there, a new entry lacks what has no plain value,
 *   or a changed entry names a region, user or role that the new world lacks
 */
export function editWorld(world: World, patch: WorldPatch): World {
  const account = patch.account ?? world.account
  // A new vSwitch goes into a VPC of the new world, a key to a user of it, and what is owned by
  // default into its account.
  const owned = { ...world, account }
  const base = {
    ...owned,
    vpcs: editList('vpcs', owned, patch),
    users: editList('users', owned, patch),
    roles: editList('roles', owned, patch),
  }
  const next = {
    ...base,
    accounts: editList('accounts', base, patch),
    regions: editList('regions', base, patch),
    instanceTypes: editList('instanceTypes', base, patch),
    vSwitches: editList('vSwitches', base, patch),
    images: editList('images', base, patch),
    components: editList('components', base, patch),
    resourceGroups: editList('resourceGroups', base, patch),
    instances: editList('instances', base, patch),
    snapshots: editList('snapshots', base, patch),
    accessKeys: editList('accessKeys', base, patch),
    quotas: { ...world.quotas, ...patch.quotas },
  }
  refuseUnknownRegions(next, patch)
  refuseStrangers(next, patch)
  return next
}

function editList<L extends ListName>(
  name: L,
  world: World,
  patch: WorldPatch,
): readonly Entry<L>[] {
  const kept = withoutRemoved(name, world[name], patch.remove?.[name] ?? [])
  const byId = new Map(kept.map((entry) => [idOf(name, entry), entry]))
  for (const [index, change] of (patch[name] ?? []).entries()) {
    const id = idOf(name, change)
    const found = byId.get(id)
    const whole =
      found === undefined ? completeEntry(name, { ...change }, world) : { ...found, ...change }
    // The compiler cannot follow which schema belongs to which name; the table's type does.
    const schema = entrySchemas[name] as z.ZodType<Entry<L>>
    byId.set(id, parse(schema, whole, [name, index]))
  }
  return [...byId.values()]
}

function withoutRemoved<L extends ListName>(
  name: L,
  entries: readonly Entry<L>[],
  ids: readonly string[],
): readonly Entry<L>[] {
  const known = entries.map((entry) => idOf(name, entry))
  const there = new Set(known)
  for (const [index, id] of ids.entries()) {
    if (there.has(id)) continue
    throw new WorldError(['remove', name, index], `There is no "${id}".${didYouMean(id, known)}`)
  }
  const removed = new Set(ids)
  return entries.filter((entry) => !removed.has(idOf(name, entry)))
}

/** The lists whose entries say where they are. */
const placed = [
  'instanceTypes',
  'vpcs',
  'vSwitches',
  'images',
  'components',
  'instances',
  'snapshots',
] as const

/** Looks only at what the change names: a world may keep what a removed region left behind. */
function refuseUnknownRegions(world: World, patch: WorldPatch): void {
  const known = world.regions.map((region) => region.RegionId)
  const there = new Set(known)
  for (const name of placed) {
    for (const [index, entry] of (patch[name] ?? []).entries()) {
      const single = 'RegionId' in entry ? [entry.RegionId ?? ''] : []
      const many = 'regions' in entry ? (entry.regions ?? []) : []
      const wrong = [...single, ...many].find((region) => !there.has(region))
      if (wrong === undefined) continue
      const field = single.includes(wrong) ? 'RegionId' : 'regions'
      const problem = `There is no region "${wrong}".${didYouMean(wrong, known)}`
      throw new WorldError([name, index, field], problem)
    }
  }
}

function idOf(name: ListName, entry: object): string {
  const fields: Plain = { ...entry }
  return String(fields[idFields[name]])
}
