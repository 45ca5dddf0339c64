import { useRef, useState } from 'preact/hooks'
import { store, stored } from '../../lib/stored.js'
import { Button } from '../../parts/controls.js'
import type { Tab } from './tabs.js'

/** The parts of the view, by the tab that each has where there is one column. */
export type Parts = Readonly<Record<Tab, preact.ComponentChild>>

const storageKey = (machine: string): string => `chart.${machine}`

interface WideViewProps {
  readonly parts: Parts
  readonly machine: string
  /** Whether history, step and images lie over the Gantt, and are there; null beside it. */
  readonly drawer: boolean | null
  readonly onDrawer: (open: boolean) => void
}

/** Chart over Gantt, and what belongs to the step beside them or, without room, over the Gantt. */
export function WideView({ parts, machine, drawer, onDrawer }: WideViewProps) {
  const kept = Number(stored(storageKey(machine)))
  const [height, setHeight] = useState<number | null>(kept > 0 ? kept : null)
  const column = useRef<HTMLDivElement>(null)
  const set = (wanted: number): void => {
    const most = (column.current?.clientHeight ?? 800) * 0.7
    const kept = Math.round(Math.max(240, Math.min(most, wanted)))
    setHeight(kept)
    store(storageKey(machine), String(kept))
  }
  return (
    <div class="execution-body">
      <div class="execution-main" ref={column}>
        <div class="chart-room" style={height === null ? {} : { flexBasis: `${height}px` }}>
          {parts.chart}
        </div>
        <Divider column={column} height={height} onHeight={set} />
        <div class="time-room">
          {parts.time}
          {drawer === true && (
            <aside class="execution-side over" aria-label="History, step and images">
              <span class="side-close">
                <Button
                  icon="close"
                  kind="plain"
                  label="Close history, step and images"
                  onPress={() => onDrawer(false)}
                />
              </span>
              {parts.history}
              {parts.images}
            </aside>
          )}
        </div>
      </div>
      {drawer === null && (
        <aside class="execution-side" aria-label="History, step and images">
          {parts.history}
          {parts.images}
        </aside>
      )}
    </div>
  )
}

interface DividerProps {
  readonly column: { readonly current: HTMLDivElement | null }
  readonly height: number | null
  readonly onHeight: (height: number) => void
}

/** The border between chart and Gantt, to be dragged or moved by arrows. */
function Divider({ column, height, onHeight }: DividerProps) {
  const dragging = useRef(false)
  const room = (): number =>
    column.current?.querySelector('.chart-room')?.clientHeight ?? height ?? 380
  return (
    <div
      class="divider"
      role="separator"
      aria-orientation="horizontal"
      aria-label="Border between chart and Gantt"
      aria-valuenow={Math.round(height ?? 380)}
      aria-valuemin={240}
      aria-valuemax={1000}
      tabIndex={0}
      data-keeps-arrows
      onPointerDown={(event) => {
        dragging.current = true
        event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerMove={(event) => {
        if (!dragging.current) return
        onHeight(event.clientY - (column.current?.getBoundingClientRect().top ?? 0))
      }}
      onPointerUp={() => {
        dragging.current = false
      }}
      onKeyDown={(event) => {
        if (event.key === 'ArrowUp') onHeight(room() - 24)
        if (event.key === 'ArrowDown') onHeight(room() + 24)
      }}
    />
  )
}
