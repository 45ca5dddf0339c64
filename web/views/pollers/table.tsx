import { Icon, StatusMark } from '../../parts/icon.js'
import { type AllPollers, cellOf, type Flaw, type PollerReport } from './met.js'

/** A cell: a poller, and an end of an execution. */
export interface Chosen {
  readonly poller: string
  readonly end: string
}

/** A flaw is told by its mark and its word. */
export const flawIcons: Readonly<Record<Flaw, string>> = {
  lies: 'FAILED',
  hangs: 'hourglass',
  'double-starts': 'PARTITION_SUCCESS',
}

interface PollersTableProps {
  readonly all: AllPollers
  readonly ends: readonly string[]
  readonly chosen: Chosen | null
  readonly onChoose: (chosen: Chosen) => void
}

export function PollersTable({ all, ends, chosen, onChoose }: PollersTableProps) {
  return (
    <div class="pollers-scroll" tabIndex={0} role="group" aria-label="Pollers by what it came to">
      <table class="pollers-table">
        <thead>
          <tr>
            <th scope="col">Way of waiting</th>
            <th scope="col" class="number">
              Right
            </th>
            {ends.map((end) => (
              <th key={end} scope="col">
                <StatusMark status={end} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {all.pollers.map((report) => (
            <tr key={report.name}>
              <th scope="row" title={report.about}>
                {report.name}
              </th>
              <td class="number">{rightOf(report)}</td>
              {ends.map((end) => (
                <td key={end}>
                  <CellButton
                    report={report}
                    end={end}
                    pressed={chosen?.poller === report.name && chosen.end === end}
                    onPress={() => onChoose({ poller: report.name, end })}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function rightOf({ meetings }: PollerReport): string {
  const right = meetings.filter(({ flaws }) => flaws.length === 0).length
  return `${right} of ${meetings.length}`
}

interface CellButtonProps {
  readonly report: PollerReport
  readonly end: string
  readonly pressed: boolean
  readonly onPress: () => void
}

function CellButton({ report, end, pressed, onPress }: CellButtonProps) {
  const { meetings, flaws } = cellOf(report, end)
  if (meetings.length === 0) return <span class="faint">–</span>
  return (
    <button type="button" class="pollers-cell" aria-pressed={pressed} onClick={onPress}>
      <span class="unseen">
        {report.name}, {end}:{' '}
      </span>
      {flaws.length === 0 ? (
        <span class="pollers-right">
          <Icon name="SUCCESS" size={14} />
          right
        </span>
      ) : (
        flaws.map(([flaw, n]) => (
          <span key={flaw} class={`pollers-flaw ${flaw}`}>
            <Icon name={flawIcons[flaw]} size={14} />
            {flaw} <b>{n}</b>
          </span>
        ))
      )}
    </button>
  )
}
