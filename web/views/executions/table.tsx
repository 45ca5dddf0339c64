import { useEffect, useRef } from 'preact/hooks'
import { useNarrow } from '../../lib/narrow.js'
import { pure } from '../../lib/pure.js'
import { goTo, linkTo } from '../../lib/route.js'
import { took } from '../../lib/time.js'
import { model } from '../../model/model.js'
import type { Row } from '../../model/row.js'
import { StatusMark } from '../../parts/icon.js'
import { Strip } from '../../parts/strip.js'
import { Time } from '../../parts/time.js'
import { Rows, useWindow } from '../../parts/virtual.js'

/** Of a row, in pixels: two lines where there is one column. */
const [wideRow, narrowRow] = [34, 56]

interface TableProps {
  readonly rows: readonly Row[]
  readonly selected: string | null
  readonly now: number
  readonly atTop: boolean
  readonly onTop: (atTop: boolean) => void
}

const heads = [
  'Status',
  'Execution',
  'Template',
  'Stages, 30 min wide',
  'Images',
  'Retries',
  'Started',
  'Took',
]

/** The executions as a table of which only what is in sight is in the document. */
export function Table({ rows, selected, now, atTop, onTop }: TableProps) {
  const box = useRef<HTMLDivElement>(null)
  const rowHeight = useNarrow() ? narrowRow : wideRow
  const index = selected === null ? -1 : rows.findIndex(({ id }) => id === selected)
  const window = useWindow(box, rows.length, rowHeight, { index, when: selected })
  useEffect(() => {
    if (atTop && box.current !== null) box.current.scrollTop = 0
  }, [atTop])
  return (
    <div
      class="table"
      role="grid"
      aria-label="Executions"
      aria-rowcount={rows.length + 1}
      aria-colcount={8}
    >
      <div class="table-row table-head" role="row" aria-rowindex={1}>
        {heads.map((head) => (
          <span key={head} role="columnheader">
            {head}
          </span>
        ))}
      </div>
      <div
        ref={box}
        class="table-body"
        role="rowgroup"
        tabIndex={0}
        aria-label="Executions, newest first"
        onScroll={(event) => onTop(event.currentTarget.scrollTop < rowHeight / 2)}
      >
        {model.loading && <Skeleton />}
        <Rows window={window} count={rows.length} height={rowHeight}>
          {(at, bottom) => {
            const row = rows[at]
            return row === undefined ? null : (
              <Line
                key={row.id}
                row={row}
                at={at}
                bottom={bottom}
                name={model.nameOf(row)}
                now={row.endedAt ?? now}
                warm={model.warm.indexOf(row.id)}
                selected={row.id === selected}
              />
            )
          }}
        </Rows>
      </div>
    </div>
  )
}

interface LineProps extends CellsProps {
  readonly at: number
  readonly bottom: number
  /** 0 for the row that a record moved on last, 1 and 2 for the two before it. */
  readonly warm: number
  readonly selected: boolean
}

const Line = pure(({ row, at, bottom, name, now, warm, selected }: LineProps) => {
  const { id } = row
  const pressed = (event: MouseEvent): void => {
    // A link's own click is the browser's: it may be to open a tab.
    if (!(event.target as Element).closest('a')) goTo(linkTo('executions', id))
  }
  return (
    <div
      class={`table-row line${warm < 0 ? '' : ` warm-${warm}`}`}
      style={{ bottom: `${bottom}px` }}
      role="row"
      aria-rowindex={at + 2}
      aria-selected={selected}
      onClick={pressed}
    >
      <Cells row={row} name={name} now={now} />
    </div>
  )
})

interface CellsProps {
  readonly row: Row
  /** The name of what it is of. */
  readonly name: string
  /** Until when it is told: its end, or now. */
  readonly now: number
}

const Cells = pure(({ row, name, now }: CellsProps) => {
  const { id, images, retries, startedAt } = row
  return (
    <>
      <span role="gridcell">
        <StatusMark status={row.status} />
      </span>
      <span role="gridcell" class="cut">
        <a class="mono" href={linkTo('executions', id)}>
          {id}
        </a>
        {row.stuck && <b class="stuck"> stuck</b>}
      </span>
      <span role="gridcell" class="cut" title={row.key ?? row.machine}>
        {name}
      </span>
      <span role="gridcell">
        <Strip row={row} now={now} />
      </span>
      <span role="gridcell" class="soft">
        {images !== null &&
          (row.outcome !== null || images[0] > 0) &&
          `${images[0]} of ${images[1]}`}
      </span>
      <span role="gridcell">{retries > 0 && retries}</span>
      <span role="gridcell" class="soft">
        <Time at={startedAt} />
      </span>
      <span role="gridcell">{took(now - startedAt)}</span>
    </>
  )
})

/** Bars where rows will be. */
function Skeleton() {
  return (
    <div aria-label="Loading" role="presentation">
      {Array.from({ length: 8 }, (_, index) => (
        <div key={index} class="table-row skeleton">
          <i />
          <i />
          <i />
        </div>
      ))}
    </div>
  )
}
