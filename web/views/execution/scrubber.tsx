import { useMemo, useRef } from 'preact/hooks'
import { pure } from '../../lib/pure.js'
import { useSettings } from '../../lib/settings.js'
import { clockTime } from '../../lib/time.js'
import type { RecordData } from '../../model/history.js'
import { pathOf } from '../../model/row.js'
import { type Scale, scaleOf } from '../../model/scale.js'
import { toldOf } from '../../model/words.js'
import { Button } from '../../parts/controls.js'
import { useSeen } from '../../chart/seen.js'
import { useWidth } from './width.js'

interface ScrubberProps {
  /** The axis of the Gantt; null where there is none beside it: then it has one of its own. */
  readonly axis: Scale | null
}

/** Looks back: a slider over every step, on the axis of the Gantt. */
export function Scrubber({ axis: given }: ScrubberProps) {
  const { document, moment, now, go } = useSeen()
  const { zone } = useSettings()
  const box = useRef<HTMLDivElement>(null)
  const width = useWidth(box)
  const { records } = document.history
  const ended = document.data?.execution.endedAt ?? null
  const [first, last] = [records[0]?.at ?? now, ended ?? now]
  const axis = useMemo(() => {
    if (given !== null) return given
    const marks = records.map(({ at }) => at)
    return scaleOf(first, Math.max(last, first + 1_000), width, marks)
  }, [given, records, first, last, width])
  const x = Math.max(0, Math.min(axis.width, axis.x(moment.live ? last : moment.at)))
  const dragging = useRef(false)
  const seek = (event: PointerEvent): void => {
    const rect = box.current?.getBoundingClientRect()
    if (rect === undefined) return
    const time = axis.at(event.clientX - rect.left)
    if (event.shiftKey && time > first && time < last) go(before(records, time), time)
    else go(nearest(records, time))
  }
  const told = moment.record === undefined ? '' : words(document, moment.index)
  const time = `${clockTime(moment.at, zone)} ${zone === 'utc' ? 'UTC' : 'local'}`
  return (
    <div class="scrubber">
      <div class="scrub-buttons">
        <Button
          icon="stepBack"
          label="Previous step"
          onPress={() => go(Math.max(1, moment.seq - 1))}
        />
        <Button icon="step" label="Next step" onPress={() => go(forward(records, moment.seq))} />
        <span>
          <b>{moment.seq}</b> <span class="faint">of {records.length}</span>
        </span>
      </div>
      <div
        ref={box}
        class="scrub-track"
        role="slider"
        tabIndex={0}
        aria-label="Step that is shown"
        aria-valuemin={1}
        aria-valuemax={Math.max(1, records.length)}
        aria-valuenow={Math.max(1, moment.seq)}
        aria-valuetext={`${moment.between ? 'after ' : ''}step ${moment.seq} of ${records.length}, ${told}, ${time}`}
        onPointerDown={(event) => {
          dragging.current = true
          event.currentTarget.setPointerCapture(event.pointerId)
          seek(event)
        }}
        onPointerMove={(event) => dragging.current && seek(event)}
        onPointerUp={() => {
          dragging.current = false
        }}
      >
        <TickMarks records={records} axis={axis} />
        <i class="rail" />
        <i class="rail gone" style={{ transform: `scaleX(${x / Math.max(1, width)})` }} />
        <i class="head" style={{ transform: `translateX(${x}px)` }} />
      </div>
    </div>
  )
}

function words(document: ReturnType<typeof useSeen>['document'], index: number): string {
  const record = document.history.records[index]
  const before = document.history.stepAt(index - 1)
  if (record === undefined) return ''
  return toldOf(
    record,
    before === undefined ? null : pathOf(before.body.value),
    document.derived.names,
  ).what.replace(' → ', ' to ')
}

/** The step after this one; null once that is now. */
export function forward(records: readonly RecordData[], seq: number): number | null {
  return seq + 1 >= records.length ? null : seq + 1
}

/** The newest record by then. */
function before(records: readonly RecordData[], at: number): number | null {
  return records.findLast((record) => record.at <= at)?.seq ?? null
}

function nearest(records: readonly RecordData[], at: number): number | null {
  let best = records.length - 1
  // The newest of several at one time is what that time came to.
  for (let index = records.length - 1; index >= 0; index--) {
    const record = records[index]
    if (record === undefined) continue
    const better = Math.abs(record.at - at) < Math.abs((records[best]?.at ?? 0) - at)
    if (better) best = index
    if (record.at < at) break
  }
  const last = records.at(-1)
  if (best === records.length - 1 && last !== undefined && at >= last.at) return null
  return records[best]?.seq ?? null
}

/** At most so many of one instant are drawn side by side; arrows reach all. */
const mostBeside = 4

interface TickMarksProps {
  readonly records: readonly RecordData[]
  readonly axis: Scale
}

/** A tick for each record: state changes tall, failures in their colour. */
const TickMarks = pure(({ records, axis }: TickMarksProps) => {
  const paths = tickPaths(records, axis)
  return (
    <svg class="scrub-ticks" width={Math.max(0, axis.width)} height={18} aria-hidden="true">
      <path d={paths.short} stroke="var(--ink-3)" stroke-width="1.5" />
      <path d={paths.tall} stroke="var(--ink)" stroke-width="2" />
      <path d={paths.failed} stroke="var(--failed)" stroke-width="2" />
    </svg>
  )
})

function tickPaths(records: readonly RecordData[], axis: Scale) {
  const parts = { short: '', tall: '', failed: '' }
  const drawn = { short: -1, tall: -1, failed: -1 }
  let [path, at, beside] = ['', Number.NaN, 0]
  for (const record of records) {
    beside = record.at === at ? beside + 1 : 0
    at = record.at
    const after = record.kind === 'step' ? pathOf(record.body.value) : path
    const kind = failed(record) ? 'failed' : after === path ? 'short' : 'tall'
    path = after
    if (beside >= mostBeside) continue
    const x = Math.round(axis.x(record.at) + beside * 3) + 0.5
    if (x < 0 || x > axis.width) continue
    // However many there are, no more of them are drawn than there are pixels.
    if (drawn[kind] === x) continue
    drawn[kind] = x
    parts[kind] += `M${x} 16V${kind === 'tall' ? 2 : 9}`
  }
  return parts
}

function failed(record: RecordData): boolean {
  if (record.kind === 'attempt') return record.body.phase === 'failed'
  return record.kind === 'step' && record.body.event.type.startsWith('xstate.error.')
}
