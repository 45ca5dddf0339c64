import type { Edge } from './edges.js'
import { edgesOf, spineOf } from './edges.js'
import { activeIn, hostsTasks, type MachineModel, type StateNode } from './machine.js'
import { took } from '../lib/time.js'
import { expectedTasks } from '../model/ecs.js'
import { stateStatus } from '../model/status.js'
import { Icon } from '../parts/icon.js'
import { HostRows } from './host.js'
import { useSeen } from './seen.js'
import { spentIn } from './spent.js'

/** The main way of a machine from top to bottom, where there is no room beside; what is lit is open. */
export function StackChart({ machine }: { readonly machine: MachineModel }) {
  const { document, moment } = useSeen()
  const { root } = machine
  const active = activeIn(root, moment.value)
  const spent = spentIn(machine, document.derived.visits, moment.seq, moment.at)
  const edges: readonly Edge[] = edgesOf(root).get(root.id) ?? []
  const spine = spineOf(root, edges)
  // What is beside the main way is shown once an execution has come there.
  const shown = root.states.filter(({ id }) => spine.includes(id) || spent.has(id))
  const ordered = shown.toSorted((a, b) => place(spine, a) - place(spine, b))
  return (
    <div class="stack" role="group" aria-label={`Chart of ${machine.key}`}>
      {ordered.map((state) => (
        <Card key={state.id} state={state} machine={machine} active={active} spent={spent} />
      ))}
    </div>
  )
}

function place(spine: readonly string[], { id }: StateNode): number {
  const at = spine.indexOf(id)
  return at === -1 ? spine.length : at
}

interface CardProps {
  readonly state: StateNode
  readonly machine: MachineModel
  readonly active: ReadonlySet<string>
  readonly spent: ReadonlyMap<string, number>
}

function Card({ state, machine, active, spent }: CardProps) {
  const { document, moment } = useSeen()
  const current = active.has(state.id)
  const ms = spent.get(state.id)
  const expected =
    expectedTasks(machine.key, document.history.contextAt(moment.index))[state.key] ?? []
  const inside = state.states.filter(({ id }) => spent.has(id)).length
  const status = stateStatus(machine.key, state.key)
  const was = current ? 'current' : ms === undefined ? 'untouched' : 'visited'
  return (
    <div class={`card ${was}`} aria-current={current ? 'step' : undefined}>
      <div class="card-head">
        {status !== undefined && <Icon name={status} />}
        <b>{state.key}</b>
        <span class="faint small grow cut">
          {state.states.length > 0 && `${inside} of ${state.states.length} states`}
          {state.tasks[0]?.src}
        </span>
        {ms !== undefined && state.type !== 'final' && <span class="state-time">{took(ms)}</span>}
      </div>
      {current && hostsTasks(state) && <HostRows state={state.key} expected={expected} hot={[]} />}
      {current && state.states.length > 0 && (
        <ul>
          {state.states.map((each) => (
            <li key={each.id} class={active.has(each.id) ? 'card-inner current' : 'card-inner'}>
              <span class="grow">{each.key}</span>
              {spent.has(each.id) && (
                <span class="state-time">{took(spent.get(each.id) ?? 0)}</span>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
