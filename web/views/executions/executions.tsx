import { useMemo, useRef, useState } from 'preact/hooks'
import './executions.css'
import { useKeys } from '../../lib/keys.js'
import { goTo, linkTo, setQuery, useRoute } from '../../lib/route.js'
import { useRowKeys } from '../../lib/row-keys.js'
import { useWatched } from '../../lib/watched.js'
import { useNow } from '../../model/clock.js'
import { model } from '../../model/model.js'
import { Button } from '../../parts/controls.js'
import { Icon } from '../../parts/icon.js'
import { Facets } from './facets.js'
import { filterOf, type Listed, useListed } from './list.js'
import { NoExecution, NothingMatches } from './nothing.js'
import { StartPanel } from './start-panel.js'
import { Table } from './table.js'

/** Every execution, live. */
export function Executions() {
  const route = useRoute()
  useWatched(model)
  const now = useNow()
  const [atTop, setAtTop] = useState(true)
  const [starting, setStarting] = useState(false)
  const close = useMemo(() => () => setStarting(false), [])
  const search = useRef<HTMLInputElement>(null)
  const filter = filterOf(route)
  const listed = useListed(filter, atTop, now)
  const { rows } = listed
  const at = rows.findIndex(({ id }) => id === filter.selected)
  useRowKeys({
    at,
    count: rows.length,
    select: (index) => setQuery({ sel: rows[index]?.id ?? null }),
    does: ['Next row', 'Row before'],
  })
  const open = (): void => {
    if (filter.selected !== null && at >= 0) goTo(linkTo('executions', filter.selected))
  }
  const form = useRef<HTMLSelectElement>(null)
  const begin = (): void => {
    setStarting(true)
    // Where there is no room beside the table it is not there before the next frame.
    requestAnimationFrame(() => form.current?.focus())
  }
  useKeys([
    { keys: '/', does: 'Search in this view', run: () => search.current?.focus() },
    { keys: 'Enter', does: 'Open the selected execution', run: open },
    { keys: 'n', does: 'Start an execution', run: begin },
    { keys: 'Escape', does: 'Close', run: close, silent: true },
  ])
  return (
    <div class="executions">
      <div class="executions-main">
        <div class="view-head">
          <h1>Executions</h1>
          <span class="faint">
            {listed.total}, {listed.live} live
          </span>
          <span class="grow" />
          <SearchBox text={filter.text} problem={listed.problem} box={search} />
          <span class="start-button">
            <Button kind="main" icon="plus" onPress={begin}>
              Start
            </Button>
          </span>
        </div>
        <Facets filter={filter} counts={listed.counts} />
        {listed.fresh > 0 && <Fresh listed={listed} onTop={() => setAtTop(true)} />}
        {(model.loading || rows.length > 0) && (
          <Table rows={rows} selected={filter.selected} now={now} atTop={atTop} onTop={setAtTop} />
        )}
        {!model.loading && listed.total === 0 && <NoExecution />}
        {listed.total > 0 && rows.length === 0 && <NothingMatches />}
      </div>
      <StartPanel open={starting} first={form} onClose={close} />
    </div>
  )
}

function Fresh({ listed, onTop }: { readonly listed: Listed; readonly onTop: () => void }) {
  return (
    <button type="button" class="fresh" onClick={onTop}>
      {listed.fresh} new
    </button>
  )
}

interface SearchBoxProps {
  readonly text: string
  readonly problem: string | null
  readonly box: { current: HTMLInputElement | null }
}

function SearchBox({ text, problem, box }: SearchBoxProps) {
  return (
    <label class="search" title={problem ?? undefined}>
      <Icon name="search" />
      <span class="unseen">Search executions</span>
      <input
        ref={box}
        type="search"
        class="mono"
        placeholder="template:web-* started:<3h"
        aria-invalid={problem === null ? undefined : 'true'}
        value={text}
        onInput={(event) => setQuery({ q: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key === 'Escape') box.current?.blur()
        }}
      />
      <kbd aria-hidden="true">/</kbd>
      {problem !== null && (
        <span class="search-problem small" role="status">
          {problem}
        </span>
      )}
    </label>
  )
}
