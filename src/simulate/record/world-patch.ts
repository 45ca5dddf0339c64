import { defaultWorld } from '../../imagebuilder/world/default.js'
import {
  idFields,
  type ListName,
  type World,
  type WorldPatch,
} from '../../imagebuilder/world/types.js'

/** Who may call does not change what a run does, and secrets do not belong into a scenario. */
const leftOut: ReadonlySet<string> = new Set(['accessKeys', 'users', 'roles'])

type Plain = Readonly<Record<string, unknown>>

/** The change that makes the default world this one, but for access keys, users and roles. */
export function worldPatchOf(world: World): WorldPatch {
  const names = (Object.keys(idFields) as ListName[]).filter((name) => !leftOut.has(name))
  const lists = names.flatMap((name) => {
    const changed = changedEntries(name, world)
    return changed.length === 0 ? [] : [[name, changed] as const]
  })
  const removed = names.flatMap((name) => {
    const gone = goneIds(name, world)
    return gone.length === 0 ? [] : [[name, gone] as const]
  })
  const quotas = Object.entries(world.quotas).filter(
    ([name, limit]) => (defaultWorld.quotas as unknown as Plain)[name] !== limit,
  )
  return {
    ...(world.account === defaultWorld.account ? {} : { account: world.account }),
    ...Object.fromEntries(lists),
    ...(quotas.length === 0 ? {} : { quotas: Object.fromEntries(quotas) }),
    ...(removed.length === 0 ? {} : { remove: Object.fromEntries(removed) }),
  }
}

/** New entries whole, known ones with the fields that differ. */
function changedEntries(name: ListName, world: World): readonly Plain[] {
  const before = byId(name, defaultWorld)
  return [...byId(name, world)].flatMap(([id, entry]): Plain[] => {
    const known = before.get(id)
    if (known === undefined || lacksField(known, entry)) return [entry]
    const fields = Object.entries(entry).filter(([field, value]) => !same(value, known[field]))
    return fields.length === 0 ? [] : [{ [idFields[name]]: id, ...Object.fromEntries(fields) }]
  })
}

/** Ids that are gone, and those of entries that are replaced whole. */
function goneIds(name: ListName, world: World): readonly string[] {
  const now = byId(name, world)
  return [...byId(name, defaultWorld)].flatMap(([id, entry]) => {
    const kept = now.get(id)
    return kept === undefined || lacksField(entry, kept) ? [id] : []
  })
}

/** A change cannot take a field away. */
function lacksField(before: Plain, after: Plain): boolean {
  return Object.keys(before).some((field) => !(field in after))
}

function byId(name: ListName, world: World): Map<string, Plain> {
  const entries = world[name] as readonly unknown[] as readonly Plain[]
  return new Map(entries.map((entry) => [String(entry[idFields[name]]), entry]))
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
