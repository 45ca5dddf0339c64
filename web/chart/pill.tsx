import { useMemo } from 'preact/hooks'
import { pure } from '../lib/pure.js'
import type { Layout, Line } from './layout.js'
import { pillPlace } from './pill-place.js'

interface PillProps {
  readonly layout: Layout
  readonly line: Line
  readonly label: string
  readonly seq: number
}

/** The last transition, named at its line, and the step that it was. */
export const Pill = pure(({ layout, line, label, seq }: PillProps) => {
  const words = `step ${seq}`
  const { pill, step, stem } = useMemo(
    () => pillPlace(layout, line, { pill: widthOf(label) + 12, step: widthOf(words) + 6 }),
    [layout, line, label, words],
  )
  return (
    <>
      <span class="pill" style={{ transform: `translate(${pill.x}px, ${pill.y}px)` }}>
        {label}
        {stem > 0 && <i style={{ height: `${stem}px` }} />}
      </span>
      <span class="pill-step" style={{ transform: `translate(${step.x}px, ${step.y}px)` }}>
        {words}
      </span>
    </>
  )
})

let ruler: CanvasRenderingContext2D | null = null

/** How wide words are in a pill, in pixels, before they are drawn. */
function widthOf(words: string): number {
  if (ruler === null) {
    ruler = document.createElement('canvas').getContext('2d')
    if (ruler !== null) ruler.font = `600 11px ${getComputedStyle(document.body).fontFamily}`
  }
  return Math.ceil(ruler?.measureText(words).width ?? words.length * 6.5)
}
