import type { RefObject } from 'preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { useSettings } from '../../lib/settings.js'
import { pure } from '../../lib/pure.js'
import { bothZones, clockTime, type Zone } from '../../lib/time.js'
import { type ClockChange, plateOf, saidOf } from '../../model/clock-changes.js'
import type { RecordData, StepData } from '../../model/history.js'
import { pathOf } from '../../model/row.js'
import { type KnownTasks, type Told, toldOf } from '../../model/words.js'
import { Button } from '../../parts/controls.js'
import { Icon } from '../../parts/icon.js'
import { Rows, useWindow } from '../../parts/virtual.js'
import { useSeen } from '../../chart/seen.js'
import { OnlyBar, useOnly } from './only.js'
import { useChanges } from './use-changes.js'

const rowHeight = 24

interface Line {
  readonly n: number
  readonly seq: number
  readonly at: number
  readonly told: Told
}

/** What was done to the clock between two records: to be read, not to be chosen. */
interface Aside {
  readonly change: ClockChange
  readonly seq?: undefined
}

interface HistoryListProps {
  /** How often somebody asked to find something in it. */
  readonly finding: number
}

/** Every record, newest first. */
export function HistoryList({ finding }: HistoryListProps) {
  const { document, moment, go, hovered, hover } = useSeen()
  const { zone } = useSettings()
  const [filter, setFilter] = useState<string | null>(null)
  const [away, setAway] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const words = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (finding > 0) setFilter((was) => was ?? '')
  }, [finding])
  useEffect(() => words.current?.focus(), [finding, filter === null])
  const lines = useMemo(() => linesOf(document), [document.version])
  const text = (filter ?? '').toLowerCase()
  const changes = useChanges()
  const all = useOnly(useMemo(() => withAsides(lines, changes), [lines, changes]))
  const shown = text === '' ? all : all.filter((line) => textOf(line).includes(text))
  const follows = moment.live && !away
  const wanted = moment.live ? 0 : shown.findIndex(({ seq }) => seq === moment.seq)
  const window = useWindow(box, shown.length, rowHeight, {
    // Whoever scrolled away from what is new is left where they are.
    index: moment.live && away ? -1 : wanted,
    // A step that is not there yet, or that the filter hides, is looked for again.
    when: follows ? shown.length : moment.live || (wanted < 0 ? null : moment.seq),
    keep: !moment.live,
  })
  useEffect(() => (moment.live ? undefined : setAway(false)), [moment.live])
  return (
    <section class="pane history" aria-label="History">
      <HistoryHead
        count={lines.length}
        filtered={filter !== null}
        onFilter={() => setFilter(filter === null ? '' : null)}
        follows={follows}
        onFollow={() => {
          setAway(false)
          go(null)
        }}
      />
      <OnlyBar />
      {filter !== null && <FilterBox text={filter} box={words} onInput={setFilter} />}
      <div
        ref={box}
        class="history-rows"
        role="listbox"
        aria-label="Steps, newest first"
        tabIndex={0}
        onScroll={(event) => moment.live && setAway(event.currentTarget.scrollTop > rowHeight)}
      >
        <Rows window={window} count={shown.length} height={rowHeight} reuse>
          {(index, bottom, slot) => {
            const line = shown[index]
            if (line === undefined) return null
            return line.seq === undefined ? (
              <AsideRow
                key={`clock ${line.change.n}`}
                change={line.change}
                bottom={bottom}
                later={!moment.live && line.change.record >= (moment.record?.n ?? 0)}
                zone={zone}
              />
            ) : (
              <HistoryRow
                key={slot}
                line={line}
                place={shown.length - index}
                bottom={bottom}
                // How far before the shown one: what is further than three looks the same.
                back={Math.max(-1, Math.min(3, moment.seq - line.seq))}
                zone={zone}
                hovered={line.told.task !== null && line.told.task === hovered}
                onGo={go}
                onHover={hover}
              />
            )
          }}
        </Rows>
        {shown.length === 0 && lines.length > 0 && <NoHit onClear={() => setFilter('')} />}
      </div>
    </section>
  )
}

function NoHit({ onClear }: { readonly onClear: () => void }) {
  return (
    <p class="pad faint">
      Nothing matches.{' '}
      <button type="button" class="link" onClick={onClear}>
        Clear the filter
      </button>
    </p>
  )
}

interface HistoryHeadProps {
  readonly count: number
  readonly filtered: boolean
  readonly onFilter: () => void
  readonly follows: boolean
  readonly onFollow: () => void
}

function HistoryHead({ count, filtered, onFilter, follows, onFollow }: HistoryHeadProps) {
  return (
    <div class="pane-head">
      <h2>History</h2>
      <span class="faint">{count} steps</span>
      <span class="grow" />
      <Button icon="search" kind="plain" pressed={filtered} onPress={onFilter}>
        Filter
      </Button>
      <Button kind={follows ? 'plain' : 'warm'} pressed={follows} onPress={onFollow}>
        {follows ? 'Following' : 'Follow'}
      </Button>
    </div>
  )
}

/** The changes of the clock, each above the newest record before it. */
function withAsides(
  lines: readonly Line[],
  changes: readonly ClockChange[],
): readonly (Line | Aside)[] {
  if (changes.length === 0) return lines
  const all: (Line | Aside)[] = []
  let next = changes.length - 1
  for (const line of lines) {
    for (; next >= 0; next--) {
      const change = changes[next]
      if (change === undefined || change.record < line.n) break
      all.push({ change })
    }
    all.push(line)
  }
  return all
}

interface FilterBoxProps {
  readonly text: string
  readonly box: RefObject<HTMLInputElement | null>
  /** null once it is left. */
  readonly onInput: (text: string | null) => void
}

function FilterBox({ text, box, onInput }: FilterBoxProps) {
  return (
    <input
      ref={box}
      class="input mono history-filter"
      aria-label="Filter the history"
      placeholder="failed, us-east-1, copy"
      value={text}
      onInput={(event) => onInput(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onInput(null)
      }}
    />
  )
}

function linesOf(document: ReturnType<typeof useSeen>['document']): readonly Line[] {
  const { history, derived } = document
  const lines: Line[] = []
  for (const [index, record] of history.records.entries()) {
    const line = told.get(record) ?? lineOf(record, history.stepAt(index - 1), derived.names)
    told.set(record, line)
    lines.push(line)
  }
  return lines.reverse()
}

/** A record never changes, and there may be very many. */
const told = new WeakMap<RecordData, Line>()

function lineOf(record: RecordData, before: StepData | undefined, names: KnownTasks): Line {
  const path = before === undefined ? null : pathOf(before.body.value)
  return { n: record.n, seq: record.seq, at: record.at, told: toldOf(record, path, names) }
}

function textOf(line: Line | Aside): string {
  if (line.seq === undefined) return `clock ${plateOf(line.change)}`.toLowerCase()
  const { what, where, error } = line.told
  return `${what} ${where} ${error?.code ?? ''} ${error?.message ?? ''}`.toLowerCase()
}

const tones = { plain: '', good: 'good', partly: 'partly', bad: 'bad', moved: 'moved' }

interface HistoryRowProps {
  readonly line: Line
  /** Its place, the oldest first: what follows it in the document may stand above it. */
  readonly place: number
  readonly bottom: number
  readonly back: number
  readonly zone: Zone
  readonly hovered: boolean
  readonly onGo: (seq: number) => void
  readonly onHover: (id: string | null) => void
}

const HistoryRow = pure((props: HistoryRowProps) => {
  const { line, place, bottom, back, zone, hovered, onGo, onHover } = props
  const { seq, at, told } = line
  const classes = [
    'history-row',
    back < 0 ? 'later' : '',
    back >= 0 && back < 3 ? `heat-${back}` : '',
    hovered ? 'hovered' : '',
  ]
  return (
    <div
      class={classes.join(' ')}
      style={{ bottom: `${bottom}px` }}
      role="option"
      aria-selected={back === 0}
      aria-posinset={place}
      // That is not told of: with every record that comes in it would be another.
      aria-setsize={-1}
      onClick={() => onGo(seq)}
      onMouseEnter={() => onHover(told.task)}
      onMouseLeave={() => onHover(null)}
    >
      <span class="history-seq">{seq}</span>
      <time class="mono" dateTime={new Date(at).toISOString()} title={bothZones(at)}>
        {clockTime(at, zone)}
      </time>
      <span class={`history-icon ${tones[told.tone]}`}>
        <Icon name={told.icon} size={14} />
      </span>
      <span class="mono cut grow">{told.what}</span>
      <span class="history-where cut" title={told.where}>
        {told.brief}
      </span>
    </div>
  )
})

interface AsideRowProps {
  readonly change: ClockChange
  readonly bottom: number
  readonly later: boolean
  readonly zone: Zone
}

function AsideRow({ change, bottom, later, zone }: AsideRowProps) {
  const { at } = change
  return (
    <div
      class={later ? 'history-row aside later' : 'history-row aside'}
      style={{ bottom: `${bottom}px` }}
      role="option"
      aria-selected={false}
      aria-disabled="true"
      title={saidOf(change, zone)}
    >
      <span class="history-seq" />
      <time class="mono" dateTime={new Date(at).toISOString()} title={bothZones(at)}>
        {clockTime(at, zone)}
      </time>
      <span class="history-icon">
        <Icon name="clock" size={14} />
      </span>
      <span class="cut grow">{plateOf(change)}</span>
      <span class="history-where cut">clock</span>
    </div>
  )
}
