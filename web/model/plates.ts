import type { Scale } from './scale.js'

/** A stretch of the axis, in pixels. */
export interface Stretch {
  readonly from: number
  readonly to: number
}

/** Words that are to stand at a place of the ruler. */
export interface Wish {
  readonly x: number
  readonly words: string
  /** Whether it stands there at any rate, over what else does. */
  readonly must?: boolean
}

/** A letter, and what is free on both sides of the words, in pixels. */
const [letter, around] = [5.7, 9]

export function widthOf(words: string): number {
  return words.length * letter + around
}

/**
 * Where each plate stands: over its place, else beside it, else nowhere unless it must: the line at
 * its place is there all the same.
 *
 * @param taken where other words stand
 */
export function placed(
  wishes: readonly Wish[],
  { width }: Scale,
  taken: readonly Stretch[],
): readonly (Stretch | null)[] {
  const full = [...taken]
  return wishes.map(({ x, words, must = false }) => {
    const long = widthOf(words)
    const inside = [x - long / 2, x + 2, x + before, x - long - before]
      .map((from): Stretch => ({ from, to: from + long }))
      .filter(({ from, to }) => from >= 0 && to <= width)
    const found = inside.find((each) => isFree(full, each)) ?? (must ? inside.at(-1) : undefined)
    if (found !== undefined) full.push(found)
    return found ?? null
  })
}

/** Between two plates, in pixels; so far before a line that has one, another fits. */
const apart = 4
const before = 5

export function isFree(taken: readonly Stretch[], { from, to }: Stretch): boolean {
  return taken.every((other) => to + apart <= other.from || from - apart >= other.to)
}
