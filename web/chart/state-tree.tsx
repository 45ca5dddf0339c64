import { activeIn, type MachineModel, type StateNode } from './machine.js'
import { Icon } from '../parts/icon.js'
import { useSeen } from './seen.js'

interface StateTreeProps {
  readonly machine: MachineModel | null
  /** Why there is no chart; null while it is being laid out. */
  readonly reason: string | null
}

/** The states as an outline: before the chart is there, and where there can be none. */
export function StateTree({ machine, reason }: StateTreeProps) {
  const { document, moment } = useSeen()
  const active = machine === null ? new Set<string>() : activeIn(machine.root, moment.value)
  const visited = new Set(
    document.derived.visits.filter(({ seq }) => seq <= moment.seq).map(({ path }) => path),
  )
  return (
    // It may be longer than its place: the keyboard scrolls it.
    <div class="chart state-tree" role="group" aria-label="States as an outline" tabIndex={0}>
      {reason !== null && (
        <p class="small soft row">
          <Icon name="cancel" />
          There is no chart: {reason}.{' '}
          {machine === null ? 'The states that its history names:' : 'Its states:'}
        </p>
      )}
      {machine === null ? (
        <ul>
          {[...visited].map((path) => (
            <li key={path} class={path === document.derived.visits.at(-1)?.path ? 'current' : ''}>
              <code>{path}</code>
            </li>
          ))}
        </ul>
      ) : (
        <Level states={machine.root.states} active={active} />
      )}
    </div>
  )
}

function Level({
  states,
  active,
}: {
  readonly states: readonly StateNode[]
  readonly active: ReadonlySet<string>
}) {
  return (
    <ul>
      {states.map((state) => (
        <li
          key={state.id}
          class={active.has(state.id) ? 'current' : ''}
          aria-current={active.has(state.id) ? 'step' : undefined}
        >
          <code>{state.key}</code>
          {state.states.length > 0 && <Level states={state.states} active={active} />}
        </li>
      ))}
    </ul>
  )
}
