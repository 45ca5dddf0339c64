import { useRef, useState } from 'preact/hooks'
import {
  type FaultyTemplate,
  faultAt,
  iconOf,
  isDown,
  longest,
  outcomeOf,
  type PlanRule,
  runsIn,
  tasks,
  wouldHit,
} from '../../model/faults.js'
import type { Row } from '../../model/row.js'
import { Icon } from '../../parts/icon.js'

export interface Cell {
  readonly task: string
  /** Empty: any. */
  readonly region: string
}

interface MatrixProps {
  readonly plan: readonly PlanRule[]
  readonly regions: readonly string[]
  readonly templates: readonly FaultyTemplate[]
  readonly live: readonly Row[]
  readonly chosen: Cell
  readonly hits: (cell: Cell) => number
  readonly onPick: (cell: Cell) => void
  /** Enter, or a click: it is about this one. */
  readonly onSet: () => void
  readonly onClear: (cell: Cell) => void
}

/** Task by region: a fault is set where one points. */
export function Matrix(props: MatrixProps) {
  const { plan, regions, templates, live, chosen, hits, onPick, onSet, onClear } = props
  const grid = useRef<HTMLTableElement>(null)
  const [hover, setHover] = useState<Cell | null>(null)
  const columns = ['', ...regions]
  const pressed = (event: KeyboardEvent): void => {
    const by = moves[event.key]
    if (event.key === 'Delete' || event.key === 'Backspace') onClear(chosen)
    if (by === undefined) return
    event.preventDefault()
    event.stopPropagation()
    setHover(null)
    const buttons = [...(grid.current?.querySelectorAll('td > button') ?? [])]
    const from = Math.max(
      0,
      buttons.findIndex((each) => each === document.activeElement),
    )
    const row = clamp(Math.floor(from / columns.length) + by[0], tasks.length)
    const column = clamp((from % columns.length) + by[1], columns.length)
    onPick({ task: tasks[row]?.[0] ?? chosen.task, region: columns[column] ?? '' })
    const at = row * columns.length + column
    grid.current?.querySelectorAll<HTMLButtonElement>('td > button')[at]?.focus()
  }
  const shown = hover ?? chosen
  const hit = wouldHit(shown.task, shown.region, live, templates)
  return (
    <>
      <div class="fault-scroll" onKeyDown={pressed} data-keeps-arrows>
        <table class="fault-matrix" ref={grid} style={{ '--n': columns.length }}>
          <thead>
            <tr>
              <th>
                <span class="unseen">Task</span>
              </th>
              {columns.map((region) => (
                <th key={region} scope="col" class="mono">
                  {region === '' ? 'any region' : region}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {tasks.map(([task, status]) => (
              <tr key={task}>
                <th scope="row" class="mono">
                  <span class="fault-task" style={{ '--c': `var(--${status.toLowerCase()})` }}>
                    <Icon name={task === 'shareImage' ? 'tell' : status} />
                    {task}
                  </span>
                </th>
                {columns.map((region) => (
                  <td key={region}>
                    <CellButton
                      cell={{ task, region }}
                      rule={faultAt(plan, task, region)}
                      runs={region === '' || templates.some((each) => runsIn(task, region, each))}
                      hits={hits({ task, region })}
                      chosen={chosen.task === task && chosen.region === region}
                      onPick={(cell) => {
                        onPick(cell)
                        onSet()
                      }}
                      onHover={setHover}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Legend words={hitWords(shown, hit)} />
    </>
  )
}

function Legend({ words }: { readonly words: string }) {
  return (
    <p class="fault-legend small soft">
      <span class="row">
        <Icon name="FAILED" size={13} /> fails; # is the attempt, hits since this view was first
        opened
      </span>
      <span class="row">
        <Icon name="hourglass" size={13} /> takes longer
      </span>
      <span class="row">
        <Icon name="bolt" size={13} /> the process dies
      </span>
      <span>Outlined: the task never runs there</span>
      <span class="grow" />
      <span role="status">{words}</span>
    </p>
  )
}

const moves: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

function clamp(n: number, length: number): number {
  return Math.min(length - 1, Math.max(0, n))
}

function hitWords({ task, region }: Cell, hit: readonly Row[]): string {
  const where = region === '' ? '' : ` in ${region}`
  if (hit.length === 0) return `No live execution has ${task}${where} before it`
  const names = hit.slice(0, 2).map(({ id }) => id)
  const more = hit.length > 2 ? ` and ${hit.length - 2} more` : ''
  return `Would hit the next ${task}${where} of ${names.join(', ')}${more}`
}

interface CellProps {
  readonly cell: Cell
  readonly rule: PlanRule | undefined
  readonly runs: boolean
  readonly hits: number
  readonly chosen: boolean
  readonly onPick: (cell: Cell) => void
  readonly onHover: (cell: Cell | null) => void
}

function CellButton({ cell, rule, runs, hits, chosen, onPick, onHover }: CellProps) {
  const fails = rule !== undefined && (rule.fail !== undefined || isDown(rule))
  const crash = rule?.crash !== undefined
  const kind = rule === undefined ? '' : fails || crash ? 'fails' : 'slow'
  const place = `${cell.task} in ${cell.region === '' ? 'any region' : cell.region}`
  const words = rule === undefined ? (runs ? 'nothing set' : 'never runs there') : outcomeOf(rule)
  const seen =
    rule === undefined
      ? chosen
        ? 'new, '
        : ''
      : `${fails ? hitText(rule, hits) : lengthOf(rule)}, `
  return (
    <button
      type="button"
      class={['fault-cell', kind, runs ? '' : 'never', chosen ? 'chosen' : ''].join(' ')}
      aria-label={`${place}: ${seen}${words}`}
      aria-pressed={chosen}
      title={words}
      tabIndex={chosen ? 0 : -1}
      onClick={() => onPick(cell)}
      onMouseEnter={() => onHover(cell)}
      onMouseLeave={() => onHover(null)}
    >
      {rule === undefined ? (
        chosen && (
          <>
            <Icon name="plus" size={12} /> new
          </>
        )
      ) : (
        <>
          <Icon name={iconOf(rule)} size={13} />
          {fails ? hitText(rule, hits) : lengthOf(rule)}
        </>
      )}
    </button>
  )
}

function hitText({ attempt, outage }: PlanRule, hits: number): string {
  if (outage !== undefined) return 'down'
  const words = hits === 1 ? '1 hit' : `${hits} hits`
  return attempt === undefined ? words : `#${attempt}: ${words}`
}

/** How long an attempt takes, in the room of a cell. */
function lengthOf({ duration, crash, hits, slower }: PlanRule): string {
  if (crash !== undefined) return `${hits ?? 0} ${crash}`
  if (slower !== undefined) return `${slower} × slow`
  if (duration === longest) return 'no end'
  return typeof duration === 'object' ? 'drawn' : String(duration ?? '').slice(0, 8)
}
