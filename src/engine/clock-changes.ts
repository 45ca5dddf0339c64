import { type ClockState, clockName, fileTime } from '../core/clock.js'
import type { ClockChange, Reader, RecordRow } from '../core/ports.js'

/** When something is done to the clock, and what is known of it then. */
export interface Occasion {
  readonly reader: Reader
  readonly clock: ClockState
  /** The wall's time. */
  readonly wall: number
  /** The number of the newest record. */
  readonly record: number
}

/**
 * A move of the virtual clock. One that takes several transactions is one change, which grows.
 *
 * @param from when the move began, in the file's time
 */
export function jumpOf(occasion: Occasion, from: number, until: number): ClockChange | null {
  const { reader, clock } = occasion
  if (clock.mode !== 'virtual' || until <= clock.now) return null
  const last = reader.newestClockChange()
  if (last?.kind === 'jump' && last.at === from && last.until === clock.now) {
    return { ...last, until }
  }
  return changeOf(occasion, { kind: 'jump', at: clock.now, until, clock })
}

/** The clock goes on otherwise; null when it is the same as before. */
export function paceOf(occasion: Occasion, at: number, clock: ClockState): ClockChange | null {
  if (clockName(clock) === clockName(occasion.clock)) return null
  return changeOf(occasion, { kind: 'pace', at, until: at, clock })
}

/** Further behind than this was not a rounding, by the wall's clock. */
const leastBack = 1_000

/**
 * The changes of a turn, with that the wall's clock stands before what it showed already: time stands
 * still until it has caught up. Told with the first record that it holds; nothing is written for it
 * alone, nor twice.
 */
export function withBack(
  occasion: Occasion,
  first: RecordRow | undefined,
  changes: readonly ClockChange[],
): readonly ClockChange[] {
  if (first === undefined) return changes
  const back = backOf({ ...occasion, record: first.n - 1 }, first.at)
  return back === null ? changes : [back, ...changes.map((each) => ({ ...each, n: each.n + 1 }))]
}

function backOf(occasion: Occasion, reached: number): ClockChange | null {
  const { reader, clock, wall } = occasion
  if (clock.mode === 'virtual') return null
  const until = fileTime(clock, wall)
  const scale = clock.mode === 'scaled' ? clock.scale : 1
  if (reached - until <= leastBack * scale) return null
  const last = reader.newestClockChange()
  if (last?.kind === 'back' && last.at === reached) return null
  return changeOf(occasion, { kind: 'back', at: reached, until, clock })
}

function changeOf(
  { reader, clock: was, wall, record }: Occasion,
  change: Pick<ClockChange, 'kind' | 'at' | 'until'> & { readonly clock: ClockState },
): ClockChange {
  const n = (reader.newestClockChange()?.n ?? 0) + 1
  return { n, ...change, was: clockName(was), clock: clockName(change.clock), wall, record }
}
