/** Where times stand on an axis, in pixels. */
export interface Scale {
  readonly from: number
  readonly to: number
  readonly width: number
  /** A stretch in which nothing happened, drawn short. */
  readonly cut: { readonly from: number; readonly to: number } | null
  x(at: number): number
  /** The time at a pixel. */
  at(x: number): number
}

/** Whether everything stands at the same place on both. */
export function isSame(a: Scale, b: Scale): boolean {
  const sameCut = a.cut?.from === b.cut?.from && a.cut?.to === b.cut?.to
  return a.from === b.from && a.to === b.to && a.width === b.width && sameCut
}

/** What a cut stretch takes, in pixels. */
const cutWidth = 24
/** A stretch without anything that is more of the axis than this is cut. */
const cutShare = 0.4

/**
 * A linear axis from one time to another; the longest stretch in which nothing happened is cut out
 * when it would take more than two fifths of it.
 *
 * @param events when something happened, ascending
 */
export function scaleOf(from: number, to: number, width: number, events: readonly number[]): Scale {
  const span = Math.max(1, to - from)
  const cut = longestGap(from, to, events)
  const short = cut === null ? 0 : cut.to - cut.from
  const perMs = (width - (cut === null ? 0 : cutWidth)) / Math.max(1, span - short)
  const x = (at: number): number => {
    if (cut === null || at <= cut.from) return (at - from) * perMs
    const before = (cut.from - from) * perMs
    if (at < cut.to) return before + (cutWidth * (at - cut.from)) / short
    return before + cutWidth + (at - cut.to) * perMs
  }
  const at = (px: number): number => {
    if (cut === null) return from + px / perMs
    const before = (cut.from - from) * perMs
    if (px <= before) return from + px / perMs
    if (px < before + cutWidth) return cut.from + ((px - before) * short) / cutWidth
    return cut.to + (px - before - cutWidth) / perMs
  }
  return { from, to, width, cut, x, at }
}

/**
 * An axis over what there is, with some room behind it: as much of it as is asked for, however long the
 * stretch is that was cut.
 *
 * @param end where what is on it ends
 * @param room in pixels
 */
export function roomyScale(
  from: number,
  end: number,
  { width, room }: { readonly width: number; readonly room: number },
  events: readonly number[],
): Scale {
  const to = (cut: Scale['cut']): number => {
    const [short, mark] = cut === null ? [0, 0] : [cut.to - cut.from, cutWidth]
    return end + ((end - from - short) * room) / Math.max(1, width - mark - room)
  }
  const cut = longestGap(from, end, events)
  const made = scaleOf(from, to(cut), width, events)
  // With the room behind it, a stretch may just be no longer worth a cut.
  return made.cut === null ? scaleOf(from, to(null), width, events) : made
}

/** How much time an axis has room for, in milliseconds: all of it but what is cut. */
export function shownOn({ from, to, cut }: Scale): number {
  return to - from - (cut === null ? 0 : cut.to - cut.from)
}

function longestGap(from: number, to: number, events: readonly number[]): Scale['cut'] {
  const inside = events.filter((at) => at > from && at < to)
  const marks = [from, ...inside, to]
  let longest: Scale['cut'] = null
  for (const [index, at] of marks.entries()) {
    const next = marks[index + 1]
    if (next === undefined) break
    if (longest === null || next - at > longest.to - longest.from) longest = { from: at, to: next }
  }
  if (longest === null || longest.to - longest.from <= cutShare * (to - from)) return null
  // Neither end may stand in the cut: a bar begins or ends there.
  const edge = (to - from - (longest.to - longest.from)) * 0.06
  const cut = { from: longest.from + edge, to: longest.to - edge }
  return cut.to > cut.from ? cut : null
}

/**
 * A length that an axis is fitted to while it grows: a little more than there is, in steps, so that
 * most of what happens finds the axis as it was, and nothing on it has to move.
 *
 * @param shown how much of it is not cut: the steps are parts of that,
 * @param least but none is shorter, in milliseconds: where time passes, the axis is not to grow with it
 */
export function fitted(length: number, shown: number = length, least = 0): number {
  const part = 2 ** (Math.floor(Math.log2(Math.max(1, Math.min(shown, length)))) - 5)
  const unit = Math.max(part, least)
  return Math.ceil(length / unit) * unit
}

const steps = [
  1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200, 14_400, 43_200, 86_400,
]
/** Between two labels, in pixels. */
const leastApart = 70

/** The labelled times of an axis, round ones, far enough from each other. */
export function ticksOf(scale: Scale): readonly number[] {
  const { from, to, width, cut } = scale
  const least = (shownOn(scale) * leastApart) / Math.max(1, width)
  const step = (steps.find((each) => each * 1_000 >= least) ?? 86_400) * 1_000
  const ticks: number[] = []
  for (let at = Math.ceil(from / step) * step; at <= to && ticks.length < 200; at += step) {
    if (cut !== null && at > cut.from && at < cut.to) {
      // Nothing inside the cut has a label: go on behind it.
      at = Math.ceil(cut.to / step) * step - step
      continue
    }
    ticks.push(at)
  }
  return ticks
}
