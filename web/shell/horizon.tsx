import { useEffect, useRef, useState } from 'preact/hooks'
import type { DueItem } from '../model/clock.js'
import { dueText } from '../model/due.js'

const ticks: readonly (readonly [text: string, ms: number])[] = [
  ['1 s', 1_000],
  ['10 s', 10_000],
  ['1 m', 60_000],
  ['10 m', 600_000],
  ['1 h', 3_600_000],
  ['10 h', 36_000_000],
]
const [least, most] = [1_000, 36_000_000]

/** Where a time from now stands on a scale of logarithms, from 0 to 1. */
function placeOf(ms: number): number {
  const within = Math.min(most, Math.max(least, ms))
  return Math.log(within / least) / Math.log(most / least)
}

interface HorizonProps {
  readonly due: readonly DueItem[]
  readonly now: number
  readonly onPick: (item: DueItem) => void
}

/** What is due, from one second to ten hours ahead. */
export function Horizon({ due, now, onPick }: HorizonProps) {
  const box = useRef<SVGSVGElement>(null)
  const [width, setWidth] = useState(280)
  useEffect(() => {
    const element = box.current
    if (element === null) return undefined
    const resized = new ResizeObserver(() => setWidth(element.clientWidth))
    resized.observe(element)
    return () => resized.disconnect()
  }, [])
  const left = 14
  const x = (ms: number): number => left + placeOf(ms) * (width - 2 * left)
  return (
    <svg class="horizon" ref={box} role="group" aria-label="What is due, from 1 s to 10 h ahead">
      <path d={`M${left} 24H${width - left}`} stroke="var(--rule)" fill="none" />
      {ticks.map(([text, ms]) => (
        <g key={text}>
          <path d={`M${x(ms)} 21v6`} stroke="var(--rule)" />
          <text x={x(ms)} y={38} text-anchor="middle">
            {text}
          </text>
        </g>
      ))}
      {due
        .slice(0, 12)
        .toReversed()
        .map((item, index, all) => {
          const at = x(item.due - now)
          const next = index === all.length - 1
          const colour = next
            ? 'var(--accent)'
            : item.kind === 'task'
              ? 'var(--distributing)'
              : 'var(--ink-2)'
          return (
            <g
              key={`${item.execution}${item.kind}${item.id}`}
              class="mark"
              onClick={() => onPick(item)}
            >
              <title>{dueText(item)}</title>
              <path d={`M${at} 24V12`} stroke={colour} stroke-width="1.5" />
              <circle
                cx={at}
                cy={9}
                r={next ? 4 : 2.8}
                stroke={colour}
                stroke-width="1.5"
                fill={next ? colour : 'var(--surface)'}
              />
            </g>
          )
        })}
    </svg>
  )
}
