import { createHash } from 'node:crypto'
import type { Json } from '../../core/json.js'
import type { Reader } from '../../core/ports.js'
import { imageIdOf } from '../../imagebuilder/ids.js'
import type { Ledger } from './facts.js'
import type { Seen, SeenRun, SeenWork } from './seen.js'
import { foldTemplates, marked } from './fold-templates.js'
import type { Renaming } from './symmetry.js'

/** Fields of a machine's context that a template fixes: the same in every state of an execution. */
const fixed = new Set(['copies', 'accounts', 'imageName', 'imageFamily', 'baseImage'])
/** Lists of which the order is no more than that of arrival. */
const unordered = new Set(['outstanding', 'copied'])

/** What makes two states one: see `stateKey`. */
export interface Canon {
  readonly renamings: readonly Renaming[]
  /** Templates that are alike. */
  readonly templates: readonly (readonly string[])[]
  /** Ids of templates and components by key, which differ from seed to seed. */
  readonly ids: ReadonlyMap<string, string>
  /** Whether an image may be deleted. */
  readonly deletesImages: boolean
  /** Ids of the images of an execution, remembered by its id. */
  readonly imageIds: Map<string, readonly (readonly [id: string, region: string])[]>
}

/**
 * A text that is the same for two states from which the same can happen. Ids are named after what
 * they are of; times count from now; what is over counts by how it ended; names that are alike stand
 * for each other.
 */
export function stateKey(seen: Seen, canon: Canon): string {
  const items = textsOf(seen, canon)
  let least: string | null = null
  for (const renaming of canon.renamings) {
    const text = foldTemplates(renamed(items, renaming), canon.templates).sort().join('\n')
    if (least === null || text < least) least = text
  }
  return createHash('sha1')
    .update(least ?? '')
    .digest('base64url')
}

/** What counts of a state, each piece with all that it is about, told by names in place of ids. */
function textsOf(seen: Seen, canon: Canon): readonly string[] {
  const alike = new Set(canon.templates.flat())
  const nameOf = (name: string): string => marked(name, alike)
  const names = new Map([...canon.ids].map(([key, id]) => [id, nameOf(key)]))
  for (const { life } of seen.runs) {
    const name = `@${nameOf(life.name)}`
    names.set(life.ledger.id, name)
    for (const [id, region] of imageIds(canon, life.ledger)) names.set(id, `${name}/${region}`)
  }
  return itemsOf(seen, { nameOf, deletesImages: canon.deletesImages }).map((item) =>
    item.replace(idPattern, (id) => names.get(id) ?? id),
  )
}

function imageIds({ imageIds: known }: Canon, { id, wanted }: Ledger) {
  const found =
    known.get(id) ??
    [wanted.region, ...wanted.copies].map((region) => [imageIdOf(id, region), region] as const)
  known.set(id, found)
  return found
}

const idPattern = /\b(?:exec-[0-9a-f]{20}|(?:m|ip|ic)-[0-9a-z]{20})\b/g

function renamed(items: readonly string[], renaming: Renaming): string[] {
  if (renaming.size === 0) return [...items]
  const pattern = new RegExp([...renaming.keys()].map(escaped).join('|'), 'g')
  return items.map((item) => item.replace(pattern, (name) => renaming.get(name) ?? name))
}

function escaped(name: string): string {
  return name.replace(/[^\w]/g, '\\$&')
}

/** How a state is told. */
interface Told {
  readonly nameOf: (name: string) => string
  readonly deletesImages: boolean
}

/** The state in pieces, each with all that it is about, so that their order says nothing. */
function itemsOf(seen: Seen, { nameOf, deletesImages }: Told): string[] {
  const items = seen.runs.flatMap((run) => {
    const name = nameOf(run.life.name)
    return run.row.outcome === null ? live(name, run, seen) : [over(name, run, deletesImages)]
  })
  for (const { name } of seen.deleted) items.push(`deleted ${nameOf(name)}`)
  for (const kind of ['template', 'component', 'imageName', 'token']) {
    for (const { key } of seen.reader.catalogFind({ kind })) items.push(`${kind} ${key}`)
  }
  return items
}

/** One that has ended changes no more: what others can meet of it are its name and its images. */
function over(name: string, { row, images, shared }: SeenRun, deletesImages: boolean): string {
  const isShared = (region: string): boolean =>
    // Whether an image may be deleted depends on it.
    deletesImages && (shared.get(region) ?? []).length > 0
  const left = [...images]
    .map(([region, { Status }]) => `${region}=${Status}${isShared(region) ? ' shared' : ''}`)
    .sort()
  return `over ${name} ${row.status} ${left.join(' ')}`
}

function live(name: string, run: SeenRun, { now, reader }: Seen): string[] {
  const { life, row, work, images, shared } = run
  const snapshot = JSON.parse(row.snapshot) as { value: Json; context: Record<string, Json> }
  const context = Object.entries(snapshot.context)
    .filter(([field]) => !fixed.has(field))
    .map(([field, value]) => {
      const sorted = unordered.has(field) && Array.isArray(value) ? [...value].sort() : value
      return `${name}.${field} ${unordered.has(field) ? (sorted as string[]).join(' ') : JSON.stringify(sorted)}`
    })
  return [
    `${name} is ${JSON.stringify(snapshot.value)} ${row.status} ${row.stuck ?? ''}`,
    ...context.flatMap(split),
    ...work.map((each) => workText(name, each, { now, reader })),
    ...[...images].map(([region, { Status }]) => `${name} image ${region} ${Status}`),
    ...[...shared].flatMap(([region, accounts]) =>
      accounts.map((account) => `${name} shares ${region} ${account}`),
    ),
    ...ledgerTexts(name, life.ledger),
  ]
}

/** A list of names as its members, so that a renaming may put them in another order. */
function split(text: string): string[] {
  const [head = '', ...members] = text.split(' ')
  if (!/\.(outstanding|copied)$/.test(head)) return [text]
  return members.map((member) => `${head} ${member}`)
}

function workText(
  name: string,
  { row, body }: SeenWork,
  { now, reader }: { readonly now: number; readonly reader: Reader },
): string {
  const { attempt, failures, deadline, leftMs } = body
  const rank =
    row.state === 'waiting' && row.pool !== null
      ? reader.waiting(row.pool, 0, 1_000).findIndex(({ n }) => n === row.n)
      : ''
  const times = [row.due, deadline].map((time) => (time === null ? '-' : time - now))
  const flags = [row.parked, row.slot, row.owner !== null].map(Number).join('')
  return `${name} work ${row.id} ${row.state} ${times.join(' ')} ${attempt} ${failures} ${leftMs} ${flags} ${rank}`
}

/** What is recorded, where the machine itself may have forgotten or mistaken it. */
function ledgerTexts(name: string, { tasks, cancelled, problems }: Ledger): string[] {
  return [
    `${name} cancelled ${cancelled} ${JSON.stringify(problems.slice(0, 1))}`,
    ...Object.entries(tasks).flatMap(([task, { end }]) => {
      if (end === null) return []
      const how = end.ok ? [''] : [end.fault.code]
      const missed = end.ok ? end.failed : []
      return how
        .concat(missed.map(({ account, code }) => `missed ${account} ${code}`))
        .map((text) => `${name} ended ${task} ${text}`)
    }),
  ]
}
