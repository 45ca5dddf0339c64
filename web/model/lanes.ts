import { activeIn, type MachineModel, type StateNode, statesIn } from '../chart/machine.js'
import type { Document } from './document.js'
import { type LaneKey, lanesOfTask, taskFor } from './ecs.js'
import type { Task, Visit } from './tasks.js'
import { taskLabel } from './words.js'

/** A line of the Gantt: a state, or one of the tasks that a state runs. */
export interface Lane {
  readonly id: string
  readonly label: string
  /** The state whose colour it has: `create.building`. */
  readonly path: string
  /** The id of that state in the machine. */
  readonly state: string
  /** What else on the page it belongs to: its task, or its state. */
  readonly about: string
  readonly tasks: readonly Task[]
  /** When the state was there, where no task says more. */
  readonly visits: readonly { readonly from: number; readonly to: number | null }[]
  /** How many lanes were folded into this one. */
  readonly folded: number
}

export interface Group {
  readonly name: string
  readonly lanes: readonly Lane[]
}

/** More lanes than this in one group are folded. */
const most = 12

/**
 * The lanes of an execution, in the order of its machine: one for each innermost state, one for each
 * task of a state that runs many, and of a share one for each account.
 *
 * @param expected the lanes of tasks that a state will start, by the state's key
 * @param unfolded groups whose lanes are all to be seen
 */
export function lanesOf(
  document: Document,
  expected: Readonly<Record<string, readonly LaneKey[]>>,
  unfolded: ReadonlySet<string>,
): readonly Group[] {
  const { machine, derived } = document
  if (machine === null) return withoutMachine(derived.visits)
  const stays = staysOf(machine, derived.visits)
  return machine.root.states.flatMap((state) => {
    if (state.type === 'final' || state.type === 'history') return []
    const lanes = lanesIn(state, machine, document, expected[state.key] ?? [], stays)
    if (lanes.length === 0) return []
    const foldable = lanes.length > most && !unfolded.has(state.key)
    return [{ name: state.key, lanes: foldable ? fold(lanes) : lanes }]
  })
}

type Stays = ReadonlyMap<string, { from: number; to: number | null }[]>

/** When each state was there, by its id: states beside each other may be there at once. */
function staysOf({ root }: MachineModel, visits: readonly Visit[]): Stays {
  const stays = new Map<string, { from: number; to: number | null }[]>()
  for (const { value, from, to } of visits) {
    for (const id of activeIn(root, value)) {
      const own = stays.get(id) ?? []
      const last = own.at(-1)
      if (last?.to === from) last.to = to
      else own.push({ from, to })
      stays.set(id, own)
    }
  }
  return stays
}

function lanesIn(
  top: StateNode,
  { root }: MachineModel,
  { derived }: Document,
  expected: readonly LaneKey[],
  stays: Stays,
): readonly Lane[] {
  const isInvoked = new Set([...statesIn(top)].flatMap(({ tasks }) => tasks.map(({ id }) => id)))
  const here = derived.tasks.filter(({ path }) => path.split('.')[0] === top.key)
  const spawned = here.filter(({ id }) => !isInvoked.has(id))
  if (spawned.length > 0 || expected.length > 0) {
    return taskLanes(top, expected, spawned)
  }
  const leaves = [...statesIn(top)].filter(
    ({ type, states }) => type !== 'final' && type !== 'history' && states.length === 0,
  )
  const seen = leaves.some(({ id }) => stays.has(id))
  // A way that nobody went, such as a cancel, has no lane: the chart shows that it is there.
  if (!seen && top.id !== root.initial && isBeside(root, top)) return []
  return leaves.map((leaf) => {
    const ids = new Set(leaf.tasks.map(({ id }) => id))
    const tasks = here.filter(({ id }) => ids.has(id))
    const path = leaf.id.slice(root.id.length + 1)
    const label = leaf === top ? (leaf.tasks[0]?.src ?? leaf.key) : leaf.key
    return {
      id: leaf.id,
      label,
      path,
      state: leaf.id,
      about: leaf.id,
      tasks,
      visits: stays.get(leaf.id) ?? [],
      folded: 1,
    }
  })
}

/** A lane for each task that a state started, or will; of a share for each account instead. */
function taskLanes(
  { id: state, key: path }: StateNode,
  expected: readonly LaneKey[],
  spawned: readonly Task[],
): readonly Lane[] {
  // It starts all of them at once: what it did not start then, it never will.
  const keys = spawned.length > 0 ? spawned.flatMap(lanesOfTask) : expected
  const oneRegion = new Set(keys.map(({ share }) => share?.region)).size === 1
  const lanes = new Map<string, Lane>()
  for (const { task, share } of keys) {
    const id = share === null ? task : `${task} ${share.account}`
    if (lanes.has(id)) continue
    const own = spawned.filter((each) => each.id === task)
    const tasks = share === null ? own : own.map((each) => taskFor(each, share.account))
    const where = share === null || oneRegion ? '' : ` ${share.region}`
    const label = share === null ? taskLabel(task) : `${share.account}${where}`
    lanes.set(id, { id, label, path, state, about: task, tasks, visits: [], folded: 1 })
  }
  return [...lanes.values()]
}

/** Whether a state is entered by events that take an execution off its way only. */
function isBeside(root: StateNode, { id }: StateNode): boolean {
  const into = [...statesIn(root)].flatMap(({ transitions }) =>
    transitions.filter(({ targets }) => targets.includes(id)),
  )
  return into.every(({ kind, on }) => kind === 'event' && /cancel|abort|stop/i.test(on))
}

/** What went well without a second attempt becomes one lane; trouble keeps its own. */
function fold(lanes: readonly Lane[]): readonly Lane[] {
  const isPlain = ({ tasks }: Lane): boolean =>
    tasks.every(({ attempts }) => attempts.every(({ end }) => end === 'done' || end === 'open'))
  const plain = lanes.filter(isPlain)
  const rest = lanes.filter((lane) => !isPlain(lane))
  const [first] = plain
  if (first === undefined || plain.length < 2) return lanes
  const tasks = plain.flatMap((lane) => lane.tasks)
  const label = `${plain.length} more`
  const id = `${first.state} folded`
  return [{ ...first, id, about: id, label, tasks, folded: plain.length }, ...rest]
}

/** Where the machine is not known, states are known by what the history says. */
function withoutMachine(visits: readonly Visit[]): readonly Group[] {
  const paths = [...new Set(visits.map(({ path }) => path))]
  const lanes = paths.map((path): Lane => {
    const own = visits.filter((visit) => visit.path === path)
    return {
      id: path,
      label: path,
      path,
      state: path,
      about: path,
      tasks: [],
      visits: own,
      folded: 1,
    }
  })
  return lanes.length === 0 ? [] : [{ name: 'states', lanes }]
}
