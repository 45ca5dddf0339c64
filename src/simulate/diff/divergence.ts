import type { Json } from '../../core/json.js'
import type { Replayed } from '../replay/types.js'
import { type JsonDifference, jsonDifferences } from './json-difference.js'
import { eventName, type Moment } from './moments.js'

/** One scenario as one machine played it. */
export interface Side {
  /** What the machine is called: where it ships, or its file. */
  readonly name: string
  readonly replayed: Replayed
  readonly moments: readonly Moment[]
}

/** One thing that is not the same on both sides. */
export interface Aspect {
  readonly what: string
  readonly left: string
  readonly right: string
  readonly differs: boolean
}

/** Where two runs part. */
export interface Divergence {
  /** The step of the scenario that was being played. */
  readonly step: { readonly title: string; readonly line: number }
  /** Milliseconds since the scenario began, of the side that is there. */
  readonly offset: number
  /** The execution and the record of it, when it is a record. */
  readonly execution: string | null
  readonly seq: number | null
  readonly aspects: readonly Aspect[]
}

/** The first record or answer that differs; null when the runs are the same to the last byte. */
export function divergence(left: Side, right: Side): Divergence | null {
  const [a, b] = [entries(left), entries(right)]
  const length = Math.max(a.length, b.length)
  for (let index = 0; index < length; index++) {
    const [one, other] = [a[index], b[index]]
    if (one?.text === other?.text) continue
    const there = (one ?? other) as Entry
    return {
      step: stepAt(left.replayed, there) ?? stepAt(right.replayed, there) ?? { title: '', line: 0 },
      offset: there.at - left.replayed.at,
      execution: one?.moment?.executionId ?? other?.moment?.executionId ?? null,
      seq: one?.moment?.seq ?? other?.moment?.seq ?? null,
      aspects: aspectsOf(one, other),
    }
  }
  return null
}

/** A record, or a command with its answer, as it is compared. */
interface Entry {
  readonly at: number
  readonly text: string
  readonly command: string | null
  readonly moment: Moment | null
  /** How many commands came before it. */
  readonly step: number
}

/** The trace in order, each record with what its machine made of it. */
function entries({ replayed, moments }: Side): Entry[] {
  const byNumber = new Map(moments.map((moment) => [moment.n, moment]))
  let step = -1
  return replayed.trace.map((line) => {
    const [, time = '', rest = ''] = /^(\S+) (.*)$/s.exec(line) ?? []
    const at = Date.parse(time)
    if (rest.startsWith('> ')) {
      step += 1
      return { at, text: line, command: rest.slice(2), moment: null, step }
    }
    const moment = byNumber.get(Number(rest.slice(0, rest.indexOf(' ')))) ?? null
    const made = moment === null ? '' : JSON.stringify([moment.context, moment.effects])
    return { at, text: line + made, command: null, moment, step }
  })
}

function stepAt({ beats }: Replayed, { step }: Entry): Divergence['step'] | null {
  const beat = beats[Math.max(0, step)]
  return beat === undefined ? null : { title: beat.title, line: beat.line }
}

function aspectsOf(left: Entry | undefined, right: Entry | undefined): Aspect[] {
  const what = (entry: Entry | undefined): string => {
    if (entry === undefined) return 'the run is over'
    return entry.moment === null ? (entry.command ?? '') : eventName(entry.moment)
  }
  const time = (entry: Entry | undefined): string =>
    entry === undefined ? '' : new Date(entry.at).toISOString()
  const [a, b] = [left?.moment ?? null, right?.moment ?? null]
  const shared = [aspect('what', what(left), what(right)), aspect('time', time(left), time(right))]
  if (a === null || b === null) {
    const state = (moment: Moment | null): string => (moment === null ? '' : text(moment.value))
    return a === b ? shared : [...shared, aspect('state', state(a), state(b))]
  }
  return [
    ...shared,
    aspect('execution', `${a.executionId} ${a.seq}`, `${b.executionId} ${b.seq}`),
    ...within('event', a.event, b.event),
    aspect('state', text(a.value), text(b.value)),
    ...within('context', a.context, b.context),
    ...effectAspects(a.effects, b.effects),
  ]
}

/** Effects pair by pair: by what they are called where that differs, else by what is in them. */
function effectAspects(left: readonly Json[], right: readonly Json[]): Aspect[] {
  const length = Math.max(left.length, right.length)
  return Array.from({ length }, (_, index) => {
    const [one, other] = [left[index], right[index]]
    const named = aspect(`effect ${index + 1}`, effectName(one), effectName(other))
    return named.differs ? [named] : within(named.what, one as Json, other as Json)
  }).flat()
}

/** `startTask copy.cn-beijing`, `emit image.copied`. */
function effectName(effect: Json | undefined): string {
  if (effect === undefined) return '(none)'
  const { kind, id, type, event, outcome } = effect as Readonly<Record<string, Json>>
  const name = id ?? type ?? outcome ?? (event as { readonly type?: string } | undefined)?.type
  return `${String(kind)} ${String(name)}`
}

function within(name: string, left: Json, right: Json): Aspect[] {
  return jsonDifferences(left, right).map((difference) => {
    const { path } = difference
    const label = path.startsWith('[') || path === '' ? `${name}${path}` : `${name}.${path}`
    return aspect(label, shown(difference, 'left'), shown(difference, 'right'))
  })
}

function shown(difference: JsonDifference, side: 'left' | 'right'): string {
  const value = difference[side]
  return value === undefined ? '(not there)' : text(value)
}

function text(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function aspect(what: string, left: string, right: string): Aspect {
  return { what, left, right, differs: left !== right }
}
