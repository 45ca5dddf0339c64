import { activeIn, type MachineModel, type StateNode } from './machine.js'
import { useSettings } from '../lib/settings.js'
import { Icon } from '../parts/icon.js'
import { useSeen } from './seen.js'
import { stateWords } from './state-words.js'

interface StateTreeProps {
  readonly machine: MachineModel | null
  /** Why there is no chart; null while it is being laid out. */
  readonly reason: string | null
}

/** The states in words: for who does not see the chart, before it is there, and where there can be none. */
export function StateTree({ machine, reason }: StateTreeProps) {
  const { document, moment } = useSeen()
  const { zone } = useSettings()
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
        <Level
          states={machine.root.states}
          active={active}
          words={stateWords(machine, document.derived, moment, zone)}
          other={moment.live && document.data?.execution.endedAt != null ? 'never' : 'not yet'}
        />
      )}
    </div>
  )
}

interface LevelProps {
  readonly states: readonly StateNode[]
  readonly active: ReadonlySet<string>
  readonly words: ReadonlyMap<string, string>
  /** What is said of a state that nothing was in. */
  readonly other: string
}

function Level({ states, active, words, other }: LevelProps) {
  return (
    <ul>
      {states.map((state) => (
        <li
          key={state.id}
          class={active.has(state.id) ? 'current' : ''}
          aria-current={active.has(state.id) ? 'step' : undefined}
        >
          <code>{state.key}</code>
          <span class="small soft">, {words.get(state.id) ?? other}</span>
          {state.states.length > 0 && (
            <Level states={state.states} active={active} words={words} other={other} />
          )}
        </li>
      ))}
    </ul>
  )
}
