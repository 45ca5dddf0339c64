import type { Scale } from './scale.js'
import type { Task } from './tasks.js'

/** A stretch of time; null for one that goes on. */
interface Stay {
  readonly from: number
  readonly to: number | null
}

/** Stays as they are drawn: one each, or many that no eye could tell apart. */
export interface Drawn extends Stay {
  readonly count: number
}

/** Bars closer than this are one, if all of them are that thin; pixels. */
const least = 3

/** The bars of a lane. A thousand short stays are as many bars as there are pixels for. */
export function drawnOf(stays: readonly Stay[], axis: Scale, now: number): readonly Drawn[] {
  const drawn: Drawn[] = []
  for (const { from, to } of stays) {
    const last = drawn.at(-1)
    const [left, right] = [axis.x(from), axis.x(to ?? now)]
    const end = last === undefined ? Number.NEGATIVE_INFINITY : axis.x(last.to ?? now)
    const thin = right - left < least
    const lastThin = last !== undefined && (last.count > 1 || end - axis.x(last.from) < least)
    if (last !== undefined && thin && lastThin && left - end < least) {
      drawn[drawn.length - 1] = { from: last.from, to, count: last.count + 1 }
    } else drawn.push({ from, to, count: 1 })
  }
  return drawn
}

/** What bars are drawn of. */
interface Lived {
  readonly tasks: readonly Pick<Task, 'startedAt' | 'attempts'>[]
  /** Where there is no task. */
  readonly visits: readonly Stay[]
}

/** The newest time up to another at which bars looked otherwise than before: all since are the same. */
export function lookBack({ tasks, visits }: Lived, at: number): number {
  let last = Number.NEGATIVE_INFINITY
  const look = (then: number): void => {
    if (then > last) last = then
  }
  for (const { startedAt, attempts } of tasks) {
    if (startedAt <= at) look(startedAt)
    for (const { from, to } of attempts) {
      // An attempt is of the past from the moment after it began, and as a whole once it has ended.
      if (from < at) look(from + 0.5)
      if (to !== null && to <= at) look(to)
    }
  }
  for (const { from } of visits) if (from < at) look(from + 0.5)
  return last
}

/** Where a note stands: inside its bar, so many pixels from its left, or at so many on the axis. */
export type NotePlace =
  | { readonly inside: true; readonly from: number }
  /** It begins at `x`, or ends there: before its bar, where behind it the axis ends. */
  | { readonly inside: false; readonly x: number; readonly ends?: true }

/** A letter of a note, in pixels. */
const letter = 6.6
/** Free on each side of a note. */
const [before, after] = [6, 4]

/**
 * The place of a note of a bar. The mark of a cut may run through the bar: nothing stands below it.
 *
 * @param left of the bar, in pixels, and its width
 */
export function notePlace(note: string, left: number, width: number, axis: Scale): NotePlace {
  const long = note.length * letter
  const fits = (from: number, to: number): boolean => to - from >= long + before + after
  const right = left + width
  const { cut } = axis
  const [cutFrom, cutTo] =
    cut === null
      ? [right, right]
      : [axis.x(cut.from), axis.x(cut.to)].map((x) => clamp(x, left, right))
  if (fits(left, cutFrom ?? right)) return { inside: true, from: 0 }
  if (fits(cutTo ?? right, right)) return { inside: true, from: (cutTo ?? right) - left }
  const [hides, shows] = cut === null ? [0, 0] : [axis.x(cut.from), axis.x(cut.to)]
  const isHidden = (from: number): boolean => cut !== null && from < shows && from + long > hides
  const x = isHidden(right + before) ? shows + after : right + before
  const ahead = left - before - long
  if (x + long > axis.width && ahead >= 0 && !isHidden(ahead)) {
    return { inside: false, x: left - before, ends: true }
  }
  return { inside: false, x }
}

function clamp(x: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, x))
}
