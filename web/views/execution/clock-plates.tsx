import { useMemo } from 'preact/hooks'
import { pure } from '../../lib/pure.js'
import type { Zone } from '../../lib/time.js'
import { type ClockChange, plateOf, saidOf } from '../../model/clock-changes.js'
import { isFree, placed, type Stretch } from '../../model/plates.js'
import type { Scale } from '../../model/scale.js'

/** Changes closer than this are one line, in pixels: somebody tried out what pause does. */
const together = 5

/** What was done to the clock at one place of the axis. */
export interface Plate {
  readonly x: number
  readonly words: string
  /** What the words are about. */
  readonly kind: ClockChange['kind']
  readonly changes: readonly ClockChange[]
  /** Where its words stand; null where there is no room for any. */
  readonly place: Stretch | null
}

/** @param taken where other words of the ruler stand */
function platesOn(
  axis: Scale,
  changes: readonly ClockChange[],
  taken: readonly Stretch[],
): readonly Plate[] {
  const groups: { x: number; changes: ClockChange[] }[] = []
  for (const change of changes) {
    const x = axis.x(change.at)
    if (x < 0 || x > axis.width) continue
    const last = groups.at(-1)
    if (last !== undefined && x - last.x < together) last.changes.push(change)
    else groups.push({ x, changes: [change] })
  }
  const wishes = groups.map(({ x, changes }) => {
    // What it came to: a jump says more than that the clock stood still before.
    const told = changes.findLast(({ kind }) => kind !== 'pace') ?? changes.at(-1)
    const rest = changes.length > 1 ? ` +${changes.length - 1}` : ''
    const words = told === undefined ? '' : `${plateOf(told)}${rest}`
    const kind = told?.kind ?? 'pace'
    // Another pace is never left out: what follows would be read wrongly.
    return { x, changes, words, kind, must: kind !== 'jump' }
  })
  const places = placed(wishes, axis, taken)
  return wishes.map(({ x, words, kind, changes }, index) => {
    return { x, words, kind, changes, place: places[index] ?? null }
  })
}

/**
 * The plates of the ruler. Those that the playhead would run through stand beside it; where it runs
 * through none, they are the same as before.
 *
 * @param head where the playhead is, in pixels; null where it is at now
 */
export function usePlates(
  axis: Scale,
  changes: readonly ClockChange[],
  taken: readonly Stretch[],
  head: number | null,
): readonly Plate[] {
  const where = changes.length === 0 ? '' : JSON.stringify(taken)
  const apart = useMemo(() => platesOn(axis, changes, taken), [axis, changes, where])
  const line = head === null ? null : { from: head, to: head }
  const isHit = line !== null && apart.some(({ place }) => place && !isFree([line], place))
  const hit = isHit ? head : null
  return useMemo(
    () => (hit === null ? apart : platesOn(axis, changes, [...taken, { from: hit, to: hit }])),
    [apart, hit],
  )
}

interface ClockPlatesProps {
  readonly plates: readonly Plate[]
  readonly zone: Zone
}

/** A dotted line where something was done to the clock, and a plate that says what. */
export const ClockPlates = pure(({ plates, zone }: ClockPlatesProps) => {
  return (
    <>
      {plates.map(({ x, words, kind, changes, place }) => {
        const title = changes.map((each) => saidOf(each, zone)).join('\n')
        return (
          <i key={changes[0]?.n} class="clock-line" style={{ left: `${x}px` }} title={title}>
            {place !== null && (
              <b class={kind} style={{ left: `${place.from - x}px` }}>
                {words}
              </b>
            )}
          </i>
        )
      })}
    </>
  )
})
