import type { Box, Layout, Line } from './layout.js'

interface Point {
  readonly x: number
  readonly y: number
}

interface Rect extends Point {
  readonly width: number
  readonly height: number
}

/** Where the last transition is named: what happened, and which step that was. */
interface PillPlace {
  readonly pill: Point
  readonly step: Point
  /** How far it is from the pill down to its line; 0 where it lies on the line or beside it. */
  readonly stem: number
}

interface Widths {
  readonly pill: number
  readonly step: number
}

/** How high pill and step are: as much as is free between two states, one below the other. */
export const pillHeight = 14
const headHeight = 27
/** From the line up to a pill above the states beside it. */
const rise = 38
const apart = 4
/** How far along its line a pill may be from the middle of it, the nearest first. */
const slides = [0, 12, 24, 36, 48, 60].flatMap((by) => (by === 0 ? [0] : [-by, by]))

/**
 * A place for the name of a line that is over no state: above it, on it, below it, or beside it where
 * it leads down. Where there is none, it is above the outermost state around it.
 */
export function pillPlace(layout: Layout, { points }: Line, widths: Widths): PillPlace {
  const taken = layout.boxes.map((box) => bodyOf(box, layout.boxes))
  const isFree = (rect: Rect): boolean =>
    isWithin(rect, { x: 0, y: 0, width: layout.width, height: layout.height }) &&
    !taken.some((other) => overlap(rect, other))
  for (const place of placesAt(points, widths)) {
    if (isFree(rectOf(place.pill, widths.pill)) && isFree(rectOf(place.step, widths.step))) {
      return place
    }
  }
  return aboveAll(layout, points, widths)
}

function rectOf({ x, y }: Point, width: number): Rect {
  return { x, y, width, height: pillHeight }
}

/** What of a state may not be covered: of one with others inside its head, which has the name. */
function bodyOf(box: Box, boxes: readonly Box[]): Rect {
  const holdsOthers = boxes.some((other) => other.depth > box.depth && isWithin(other, box))
  return holdsOthers ? { ...box, height: headHeight } : box
}

function overlap(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

function isWithin(a: Rect, b: Rect): boolean {
  return (
    a.x >= b.x && a.y >= b.y && a.x + a.width <= b.x + b.width && a.y + a.height <= b.y + b.height
  )
}

/** Every place along a line, the best first. */
function* placesAt(points: Line['points'], widths: Widths): Generator<PillPlace> {
  const stretches = points.slice(1).map(([x2, y2], index) => {
    const [x1, y1] = points[index] ?? [x2, y2]
    const [level, long] = [y1 === y2, Math.abs(x2 - x1) + Math.abs(y2 - y1)]
    return { x: (x1 + x2) / 2, y: (y1 + y2) / 2, level, long }
  })
  stretches.sort((a, b) => b.long - a.long)
  // Only of a long line enough is seen beside what lies on it.
  const isLong = stretches.some(({ level, long }) => level && long > 2 * widths.pill)
  for (const arranged of [above, aboveAside, ...(isLong ? [on] : []), under, on]) {
    for (const slide of slides) {
      for (const { x, y, level } of stretches) {
        if (level) yield* arranged({ x: x + slide, y }, widths)
      }
    }
  }
  for (const { x, y, level } of stretches) if (!level) yield* beside({ x, y }, widths)
}

/** The pill above the line, the step below it. */
function above({ x, y }: Point, { pill, step }: Widths): PillPlace[] {
  const [over, under] = [y - rise, y + 5]
  return [
    {
      pill: { x: x - pill / 2, y: over },
      step: { x: x - step / 2, y: under },
      stem: rise - pillHeight,
    },
  ]
}

/** Both above the line, for a step that is wider than what is free below it. */
function aboveAside({ x, y }: Point, { pill }: Widths): PillPlace[] {
  const left = x - pill / 2
  const over = y - rise
  return [
    {
      pill: { x: left, y: over },
      step: { x: left + pill + apart, y: over },
      stem: rise - pillHeight,
    },
  ]
}

function on({ x, y }: Point, widths: Widths): PillPlace[] {
  return sideBySide({ x, y: y - pillHeight / 2 }, widths)
}

function under({ x, y }: Point, widths: Widths): PillPlace[] {
  return sideBySide({ x, y: y + 5 }, widths)
}

/** The step behind the pill, else before it. */
function sideBySide({ x, y: top }: Point, { pill, step }: Widths): PillPlace[] {
  const left = x - pill / 2
  return [left + pill + apart, left - step - apart].map((aside) => ({
    pill: { x: left, y: top },
    step: { x: aside, y: top },
    stem: 0,
  }))
}

/** One on each side of a line that leads down, else both on one. */
function beside({ x, y }: Point, { pill, step }: Widths): PillPlace[] {
  const [top, off] = [y - pillHeight / 2, apart + 4]
  const [right, left] = [x + off, x - off]
  const pairs = [
    [right, left - step],
    [left - pill, right],
    [right, right + pill + apart],
    [left - pill, left - pill - apart - step],
  ] as const
  return pairs.map(([own, other]) => ({
    pill: { x: own, y: top },
    step: { x: other, y: top },
    stem: 0,
  }))
}

/** Above the outermost state in which a line is: over the main way there is nothing. */
function aboveAll({ boxes, width }: Layout, points: Line['points'], widths: Widths): PillPlace {
  const [x = 0, y = 0] = points[0] ?? []
  const around = boxes.find((box) => isWithin({ x, y, width: 0, height: 0 }, box))
  const both = widths.pill + apart + widths.step
  const middle = around === undefined ? x : around.x + around.width / 2
  const left = Math.max(0, Math.min(width - both, middle - both / 2))
  const top = Math.max(0, (around?.y ?? y) - 25)
  return { pill: { x: left, y: top }, step: { x: left + widths.pill + apart, y: top }, stem: 0 }
}
