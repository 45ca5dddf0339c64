import { get } from '../lib/api.js'
import { clockTime, took, type Zone } from '../lib/time.js'

/** Something that was done to the clock, as `GET /clock/changes` tells it. */
export interface ClockChange {
  readonly n: number
  readonly kind: 'jump' | 'pace' | 'back'
  /** The service's time when it happened, and where a jump led. */
  readonly at: number
  readonly until: number
  /** The clock before and after: `virtual`, `system`, `scale=60`. */
  readonly was: string
  readonly clock: string
  /** The number of the newest record before it. */
  readonly record: number
}

interface Page {
  readonly changes: readonly ClockChange[]
  readonly next: number | null
}

/**
 * What was done to the clock between two times, with what is known already: the newest of that may
 * have grown since.
 *
 * @param to null for a time that is still to come
 */
export async function changesBetween(
  from: number,
  to: number | null,
  known: readonly ClockChange[],
): Promise<readonly ClockChange[]> {
  const kept = known.slice(0, -1)
  const found: ClockChange[] = [...kept]
  let after: number | null = kept.at(-1)?.n ?? 0
  while (after !== null) {
    const end = to === null ? '' : `&to=${to}`
    const page: Page = await get(`/clock/changes?from=${from}${end}&after=${after}&limit=1000`)
    found.push(...page.changes)
    after = page.next
  }
  return found
}

/** A jump shorter than this share of the axis is not worth a plate. */
const leastJump = 0.05

/** What is asked of an execution. */
interface Ran {
  readonly clock: readonly ClockChange[]
  readonly history: { readonly records: readonly { readonly n: number; readonly at: number }[] }
  readonly data: { readonly execution: { readonly endedAt: number | null } } | null
}

/**
 * What was done to the clock while an execution ran: changes of the pace, a clock that was set back,
 * and jumps that are long for it.
 *
 * @param now the time of the service
 */
export function changesOf({ clock, data, history }: Ran, now: number): readonly ClockChange[] {
  const [first, last] = [history.records[0], history.records.at(-1)]
  if (first === undefined || last === undefined || clock.length === 0) return []
  const ended = data?.execution.endedAt ?? null
  const span = (ended ?? now) - first.at
  return clock.filter(({ kind, at, until, record }) => {
    if (record < first.n || (ended !== null && record >= last.n)) return false
    return kind !== 'jump' || until - at > leastJump * span
  })
}

/** In a few letters, for a plate: `jump 4m 20s`, `60×`, `still`. */
export function plateOf({ kind, at, until, clock }: ClockChange): string {
  if (kind === 'jump') return `jump ${took(until - at)}`
  if (kind === 'back') return `set back ${took(at - until)}`
  return clock === 'virtual' ? 'still' : paceOf(clock)
}

/** In a sentence. */
export function saidOf(change: ClockChange, zone: Zone): string {
  const { kind, at, until, was, clock } = change
  if (kind === 'jump') {
    const span = `${clockTime(at, zone)} to ${clockTime(until, zone)}`
    return `the clock was moved on ${took(until - at)}, from ${span}`
  }
  if (kind === 'back') {
    return `the wall's clock was set back ${took(at - until)}: time stands still until it catches up`
  }
  return `${clockTime(at, zone)}: the clock went from ${paceOf(was)} to ${paceOf(clock)}`
}

function paceOf(clock: string): string {
  if (clock === 'virtual') return 'standing still'
  return clock === 'system' ? '1×' : `${clock.slice('scale='.length)}×`
}
