import ELK from 'elkjs/lib/elk-api.js'
import workerUrl from 'elkjs/lib/elk-worker.min.js?url'
import { edgesOf } from './edges.js'
import { type Layout, layoutOf } from './layout.js'
import type { MachineModel, StateNode, Transition } from './machine.js'

/** What is larger nobody could read, and would take minutes to lay out. */
const most = { states: 400, lines: 1_200 }

/** Who waits longer than this reads the outline. */
const patienceMs = 20_000

interface Engine {
  readonly elk: InstanceType<typeof ELK>
  /** Rejects when the worker cannot be loaded, or breaks down. */
  readonly broken: Promise<never>
}

const laidOut = new Map<string, Promise<Layout>>()
let begun: Engine | null = null

/**
 * The layout of a machine, worked out beside the main thread when its first chart is shown, and kept:
 * a machine of one `id@version` never changes. Rejects with the reason where there can be none.
 */
export function layoutFor(machine: MachineModel): Promise<Layout> {
  const known = laidOut.get(machine.key)
  if (known !== undefined) return known
  const start = performance.now()
  const layout = laid(machine)
  // Browsers show it beside what else they did.
  void layout.then(
    () => performance.measure('layout', { start, detail: machine.key }),
    () => undefined,
  )
  laidOut.set(machine.key, layout)
  layout.catch(() => laidOut.delete(machine.key))
  return layout
}

/**
 * Loads the engine while the machine is still being read. It is large, and its first layout takes
 * several times as long as any other: so that is one that nobody waits for.
 */
export function prepareLayout(): void {
  if (begun === null) void layoutOf(smallest, engine().elk).catch(() => undefined)
}

async function laid(machine: MachineModel): Promise<Layout> {
  refuseLarge(machine)
  const { elk, broken } = engine()
  try {
    return await Promise.race([layoutOf(machine, elk), broken, tooLate()])
  } catch (error) {
    // It may be at work for ever: the next machine gets another.
    elk.terminateWorker()
    if (begun?.elk === elk) begun = null
    throw error
  }
}

function refuseLarge({ root }: MachineModel): void {
  const states = countOf(root) - 1
  const lines = [...edgesOf(root).values()].reduce((sum, level) => sum + level.length, 0)
  if (states > most.states) {
    throw new Error(`it has ${states} states, and ${most.states} at most are laid out`)
  }
  if (lines > most.lines) {
    throw new Error(`it has ${lines} lines, and ${most.lines} at most are laid out`)
  }
}

function countOf({ states }: StateNode): number {
  return states.reduce((sum, state) => sum + countOf(state), 1)
}

function tooLate(): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error('it takes too long to lay out')), patienceMs)
  })
}

function engine(): Engine {
  begun ??= begin()
  return begun
}

function begin(): Engine {
  const worker = new Worker(workerUrl)
  const broken = new Promise<never>((_, reject) => {
    worker.addEventListener('error', () =>
      reject(new Error('what lays it out cannot be loaded, or has broken down')),
    )
  })
  broken.catch(() => undefined)
  return { elk: new ELK({ workerFactory: () => worker }), broken }
}

function state(id: string, to: readonly string[], states: readonly StateNode[] = []): StateNode {
  const transitions = to.map((target): Transition => {
    return { kind: 'always', on: '', guard: null, targets: [target], actions: [] }
  })
  return {
    id,
    key: id,
    type: states.length > 0 ? 'compound' : 'atomic',
    initial: states[0]?.id ?? null,
    description: null,
    tags: [],
    tasks: [],
    entry: [],
    exit: [],
    transitions,
    states,
  }
}

/** A machine with one of everything that a layout has to think of. */
const smallest: MachineModel = {
  key: '',
  root: state(
    'root',
    [],
    [
      state('a', ['b', 'c'], [state('a1', ['a2']), state('a2', ['a1', 'c'])]),
      state('b', ['c', 'a']),
      state('c', []),
    ],
  ),
}
