import { took } from '../lib/time.js'
import type { Row } from '../model/row.js'
import { colourOf, stateStatus } from '../model/status.js'

/** How much time a strip shows, so that all rows have one scale: half an hour. */
const stripMs = 30 * 60_000

interface Piece {
  readonly path: string
  readonly from: number
  readonly to: number
}

/** The states that took time, one after the other. */
function piecesOf({ moves, endedAt }: Pick<Row, 'moves' | 'endedAt'>, now: number): Piece[] {
  const end = endedAt ?? now
  return moves.flatMap(([path, from], index) => {
    const to = moves[index + 1]?.[1] ?? end
    return to > from ? [{ path, from, to }] : []
  })
}

interface StripProps {
  readonly row: Pick<Row, 'machine' | 'moves' | 'endedAt' | 'startedAt'>
  readonly now: number
  /** The time that the whole width stands for, in milliseconds. */
  readonly span?: number
}

/** What an execution did so far, as a bar on the scale of its neighbours. */
export function Strip({ row, now, span = stripMs }: StripProps) {
  const percent = (ms: number): string => `${Math.min(100, Math.max(0, (100 * ms) / span))}%`
  const pieces = piecesOf(row, now)
  const told = pieces.map(({ path, from, to }) => `${path} ${took(to - from)}`).join(', ')
  const words = told === '' ? 'just begun' : told
  return (
    <div
      class={row.endedAt === null ? 'strip' : 'strip ended'}
      role="img"
      aria-label={words}
      title={words}
    >
      {pieces.map(({ path, from, to }) => (
        <i
          key={from}
          style={{
            '--c': colourOf(stateStatus(row.machine, path)),
            left: percent(from - row.startedAt),
            width: `max(1px, calc(${percent(to - from)} - 1px))`,
          }}
        />
      ))}
      {row.endedAt === null && <i class="now" style={{ left: percent(now - row.startedAt) }} />}
    </div>
  )
}
