import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { useSettings } from '../../lib/settings.js'
import { pure } from '../../lib/pure.js'
import { bothZones, clockTime, type Zone } from '../../lib/time.js'
import type { RecordData, StepData } from '../../model/history.js'
import { pathOf } from '../../model/row.js'
import { type Told, toldOf } from '../../model/words.js'
import { Button } from '../../parts/controls.js'
import { Icon } from '../../parts/icon.js'
import { Rows, useWindow } from '../../parts/virtual.js'
import { useSeen } from '../../chart/seen.js'

const rowHeight = 24

interface Line {
  readonly seq: number
  readonly at: number
  readonly told: Told
}

/** Every record, newest first. */
export function HistoryList() {
  const { document, moment, go, hovered, hover } = useSeen()
  const { zone } = useSettings()
  const [filter, setFilter] = useState<string | null>(null)
  const [away, setAway] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const lines = useMemo(() => linesOf(document), [document.version])
  const words = (filter ?? '').toLowerCase()
  const shown = words === '' ? lines : lines.filter((line) => textOf(line).includes(words))
  const follows = moment.live && !away
  const wanted = moment.live ? 0 : shown.findIndex(({ seq }) => seq === moment.seq)
  const window = useWindow(box, shown.length, rowHeight, {
    // Whoever scrolled away from what is new is left where they are.
    index: moment.live && away ? -1 : wanted,
    when: follows ? shown.length : moment.live || moment.seq,
  })
  useEffect(() => {
    if (!moment.live) setAway(false)
  }, [moment.live])
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
      {filter !== null && (
        <input
          class="input mono history-filter"
          aria-label="Filter the history"
          placeholder="failed, us-east-1, copy"
          value={filter}
          ref={(element) => element?.focus()}
          onInput={(event) => setFilter(event.currentTarget.value)}
        />
      )}
      <div
        ref={box}
        class="history-rows"
        role="listbox"
        aria-label="Steps, newest first"
        tabIndex={0}
        onScroll={(event) => moment.live && setAway(event.currentTarget.scrollTop > rowHeight)}
      >
        <Rows window={window} count={shown.length} height={rowHeight}>
          {(index, bottom) => {
            const line = shown[index]
            return line === undefined ? null : (
              <HistoryRow
                key={line.seq}
                line={line}
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
        {shown.length === 0 && lines.length > 0 && (
          <p class="pad faint">
            Nothing matches.{' '}
            <button type="button" class="link" onClick={() => setFilter('')}>
              Clear the filter
            </button>
          </p>
        )}
      </div>
    </section>
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

function linesOf(document: ReturnType<typeof useSeen>['document']): readonly Line[] {
  const { history, derived } = document
  const lines: Line[] = []
  for (const [index, record] of history.records.entries()) {
    const line = told.get(record) ?? lineOf(record, history.stepAt(index - 1), derived.sources)
    told.set(record, line)
    lines.push(line)
  }
  return lines.reverse()
}

/** A record never changes, and there may be very many. */
const told = new WeakMap<RecordData, Line>()

function lineOf(
  record: RecordData,
  before: StepData | undefined,
  sources: ReadonlyMap<string, string>,
): Line {
  const path = before === undefined ? null : pathOf(before.body.value)
  return { seq: record.seq, at: record.at, told: toldOf(record, path, sources) }
}

function textOf({ told: { what, where, error } }: Line): string {
  return `${what} ${where} ${error?.code ?? ''} ${error?.message ?? ''}`.toLowerCase()
}

const tones = { plain: '', good: 'good', bad: 'bad', moved: 'moved' }

interface HistoryRowProps {
  readonly line: Line
  readonly bottom: number
  readonly back: number
  readonly zone: Zone
  readonly hovered: boolean
  readonly onGo: (seq: number) => void
  readonly onHover: (id: string | null) => void
}

const HistoryRow = pure((props: HistoryRowProps) => {
  const { line, bottom, back, zone, hovered, onGo, onHover } = props
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
      <span class="history-where cut">{told.where}</span>
    </div>
  )
})
