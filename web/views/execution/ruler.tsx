import { pure } from '../../lib/pure.js'
import { clockTime, minuteTime, took, type Zone } from '../../lib/time.js'
import { isFree, type Stretch, widthOf } from '../../model/plates.js'
import { type Scale, ticksOf } from '../../model/scale.js'
import type { Plate } from './clock-plates.js'

/** The plate that says now or end, in pixels. */
const plateWidth = 34

/** Where words stand on the ruler: plates of lines, and that of a cut in the middle of it. */
export function wordsOn(axis: Scale, lines: readonly number[]): Stretch[] {
  const { cut } = axis
  const plates = lines.map((x) => ({ from: x, to: x + plateWidth }))
  return cut === null ? plates : [...plates, wordsOfCut(axis, cut)]
}

function wordsOfCut(axis: Scale, { from, to }: { from: number; to: number }): Stretch {
  const [middle, half] = [axis.x(from) + 12, widthOf(took(to - from)) / 2]
  return { from: middle - half, to: middle + half }
}

interface TicksProps {
  readonly axis: Scale
  readonly zone: Zone
  /** Where other words stand, in pixels. */
  readonly nowX: number
  readonly headX: number
  readonly plates: readonly Plate[]
}

export const Ticks = pure(({ axis, zone, nowX, headX, plates }: TicksProps) => {
  const ticks = ticksOf(axis)
  const taken = wordsOn(axis, [nowX, headX])
  taken.push(...plates.flatMap(({ place }) => place ?? []))
  const isRound = ticks.every((at) => at % 60_000 === 0)
  const long = isRound ? 32 : 50
  return (
    <>
      {ticks.map((at) => {
        const x = axis.x(at)
        const words = { from: x + 4, to: x + 4 + long }
        const hidden = words.to > axis.width + 2 || !isFree(taken, words)
        return (
          <i key={at} class="tick" style={{ left: `${x}px` }}>
            <span class={hidden ? 'hidden' : ''}>
              {isRound ? minuteTime(at, zone) : clockTime(at, zone)}
            </span>
          </i>
        )
      })}
    </>
  )
})

interface CutMarkProps {
  readonly axis: Scale
  readonly plates: readonly Plate[]
}

/** A stretch in which nothing happened: a zigzag in place of it, with its true length. */
export const CutMark = pure(({ axis, plates }: CutMarkProps) => {
  const { cut } = axis
  if (cut === null) return null
  const long = took(cut.to - cut.from)
  // A plate that has to be there has the room.
  const free = plates.every(({ place }) => place === null || isFree([place], wordsOfCut(axis, cut)))
  return (
    <i
      class="cut-mark"
      style={{ left: `${axis.x(cut.from)}px` }}
      title={`${long} in which nothing happened`}
    >
      <svg width="24" height="100%">
        <pattern id="zigzag" width="24" height="10" patternUnits="userSpaceOnUse">
          <path d="M6 0L2 5L6 10H22L18 5L22 0z" fill="var(--surface)" />
          <path d="M6 0L2 5L6 10M22 0L18 5L22 10" fill="none" stroke="var(--rule)" />
        </pattern>
        <rect width="24" height="100%" fill="url(#zigzag)" />
      </svg>
      {free && <span>{long}</span>}
    </i>
  )
})
