import { useMemo, useRef, useState } from 'preact/hooks'
import { useKeys } from '../../lib/keys.js'
import { useNarrow, useNoSide } from '../../lib/narrow.js'
import { useWatched } from '../../lib/watched.js'
import { useNow } from '../../model/clock.js'
import type { Document } from '../../model/document.js'
import { isImageBuilder } from '../../model/ecs.js'
import { momentOf } from '../../model/moment.js'
import { pathOf } from '../../model/row.js'
import { Icon } from '../../parts/icon.js'
import { Announcer } from './announcer.js'
import { Chart, type LayoutMaker } from '../../chart/chart.js'
import { Gantt } from './gantt.js'
import { Header } from './header.js'
import { HistoryList } from './history-list.js'
import { ImagesPane } from './images-pane.js'
import { NextBar } from './next-bar.js'
import { forward, Scrubber } from './scrubber.js'
import { SeenProvider } from '../../chart/seen.js'
import { StepPane } from '../../chart/step-pane.js'
import { useOnlySteps } from './only.js'
import { type Tab, Tabs } from './tabs.js'
import { type Parts, WideView } from './wide-view.js'

interface ExecutionViewProps {
  readonly document: Document
  /** The number of a record; null for now. */
  readonly asked: number | null
  /** A time between that record and the next; null for the record's own. */
  readonly askedTime: number | null
  readonly onGo: (seq: number | null, time: number | null) => void
  readonly makeLayout: LayoutMaker
  /** For an exported file, its time: nothing can be done there, only looked at. */
  readonly stillAt: number | null
}

/** Chart, Gantt, history, step and images: all of one moment. */
export function ExecutionView(props: ExecutionViewProps) {
  const { document, asked, askedTime, onGo, makeLayout, stillAt } = props
  useWatched(document)
  const clockNow = useNow()
  const [hovered, hover] = useState<string | null>(null)
  const [tab, setTab] = useState<Tab>('chart')
  const [finding, setFinding] = useState(0)
  const narrow = useNarrow()
  const { data, problem, history } = document
  const total = history.records.length
  // Of what has ended, and of what is looked back at, nothing changes as time passes.
  const now = stillAt ?? data?.execution.endedAt ?? clockNow
  const looksBack = asked !== null && (asked < total || askedTime !== null)
  const moment = useMemo(
    () => momentOf(document, asked, now, askedTime),
    [document, document.version, asked, askedTime, looksBack || now],
  )
  const noSide = useNoSide()
  const [drawer, setDrawer] = useState(asked !== null)
  // The same function at every draw: what gets it is not drawn for its sake.
  const newest = useRef({ onGo, total })
  newest.current = { onGo, total }
  const go = useMemo(
    () => (seq: number | null, time?: number) => {
      const { onGo, total } = newest.current
      onGo(seq === total && time === undefined ? null : seq, time ?? null)
      // Whoever asks for a step wants to read it, also where there is no room beside.
      if (seq !== null) setDrawer(true)
    },
    [],
  )
  useStepKeys(document, moment.seq, go, () => (moment.live ? setDrawer(false) : go(null)))
  const only = useOnlySteps(document, setDrawer)
  const seen = useMemo(
    () => ({ document, moment, now, go, hovered, hover, ...only }),
    [document, document.version, moment, now, hovered, only],
  )
  const find = (): void => {
    setDrawer(true)
    setTab('history')
    setFinding((n) => n + 1)
  }
  useKeys([{ keys: '/', does: 'Filter the history', run: find }])
  if (data === null) return <Missing id={document.id} problem={problem} />
  const parts = partsOf(isImageBuilder(data.execution.machine), finding, makeLayout)
  return (
    <SeenProvider value={seen}>
      <div class={moment.live ? 'execution' : 'execution scrubbed'}>
        <Header
          still={stillAt !== null}
          side={!narrow && noSide ? () => setDrawer(!drawer) : null}
          sideOpen={drawer}
        />
        {data.execution.stuck !== null && <Stuck stuck={data.execution.stuck} id={document.id} />}
        {narrow ? (
          <NarrowView parts={parts} tab={tab} onTab={setTab} />
        ) : (
          <WideView
            parts={parts}
            machine={data.execution.machine}
            drawer={noSide ? drawer : null}
            onDrawer={setDrawer}
          />
        )}
        <Announcer />
      </div>
    </SeenProvider>
  )
}

function partsOf(ecs: boolean, finding: number, makeLayout: LayoutMaker): Parts {
  return {
    chart: (
      <div class="chart-pane">
        <Chart makeLayout={makeLayout} />
        <NextBar />
      </div>
    ),
    time: <Gantt />,
    history: (
      <>
        <HistoryList finding={finding} />
        <StepPane />
      </>
    ),
    images: ecs ? <ImagesPane /> : null,
  }
}

function NarrowView({
  parts,
  tab,
  onTab,
}: {
  readonly parts: Parts
  readonly tab: Tab
  readonly onTab: (tab: Tab) => void
}) {
  return (
    <>
      <Tabs tab={tab} images={parts.images !== null} onTab={onTab} />
      {tab !== 'time' && <NarrowScrubber />}
      <div class="narrow-body" role="tabpanel" aria-labelledby={`tab-${tab}`}>
        {parts[tab]}
      </div>
    </>
  )
}

/** The scrubber by itself, where the Gantt is on another tab. */
function NarrowScrubber() {
  return <Scrubber axis={null} />
}

function useStepKeys(
  document: Document,
  seq: number,
  go: (seq: number | null) => void,
  leave: () => void,
): void {
  const { records } = document.history
  const changes = useMemo(() => stateChanges(document), [document.version])
  // A key that is held down comes oftener than a frame is drawn: each goes on from the one before.
  const at = useRef(seq)
  at.current = seq
  const to = (next: number | null): void => {
    at.current = next ?? records.length
    go(next)
  }
  const back = (): void => to(Math.max(1, at.current - 1))
  const on = (): void => to(forward(records, at.current))
  const before = (): void => to(changes.findLast((each) => each < at.current) ?? 1)
  const after = (): void => to(changes.find((each) => each > at.current) ?? null)
  useKeys([
    { keys: 'ArrowLeft', does: 'Previous step', run: back },
    { keys: 'ArrowRight', does: 'Next step', run: on },
    { keys: 'Shift ArrowLeft', does: 'Previous state change', run: before },
    { keys: 'Shift ArrowRight', does: 'Next state change', run: after },
    { keys: 'Home', does: 'First step', run: () => to(1) },
    { keys: 'End', does: 'Now', run: () => to(null) },
    { keys: 'Escape', does: 'Back to now, then close', run: leave },
    { keys: 'j', does: 'Next row of the history', run: back },
    { keys: 'k', does: 'Row of the history before', run: on },
    { keys: 'ArrowDown', does: 'Next row of the history', run: back, silent: true },
    { keys: 'ArrowUp', does: 'Row of the history before', run: on, silent: true },
  ])
}

function stateChanges({ history }: Document): readonly number[] {
  const changes: number[] = []
  let path = ''
  for (const record of history.records) {
    if (record.kind !== 'step') continue
    const next = pathOf(record.body.value)
    if (next !== path) changes.push(record.seq)
    path = next
  }
  return changes
}

function Missing({ id, problem }: { readonly id: string; readonly problem: string | null }) {
  if (problem === null) return <div class="execution" aria-busy="true" />
  return (
    <div class="empty" role="alert">
      <h2>{id} cannot be shown</h2>
      <p class="soft">
        {problem}. A reset, another snapshot, or the deletion of its template takes an execution
        away.
      </p>
      <a class="button" href="#/executions">
        All executions
      </a>
    </div>
  )
}

interface StuckProps {
  readonly id: string
  readonly stuck: { readonly message: string; readonly event: string }
}

function Stuck({ id, stuck }: StuckProps) {
  return (
    <div class="stuck-bar" role="alert">
      <Icon name="FAILED" />
      <span>
        It is stuck: {stuck.message} (on <code>{stuck.event}</code>). Mend the machine, then{' '}
        <code>bakeline retry {id}</code>.
      </span>
    </div>
  )
}
