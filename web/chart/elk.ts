import ELK from 'elkjs/lib/elk-api.js'
import workerUrl from 'elkjs/lib/elk-worker.min.js?url'
import { type Layout, layoutOf } from './layout.js'
import type { MachineModel, StateNode, Transition } from './machine.js'

const laidOut = new Map<string, Promise<Layout>>()
let elk: InstanceType<typeof ELK> | null = null

/**
 * The layout of a machine, worked out beside the main thread when its first chart is shown, and kept:
 * a machine of one `id@version` never changes.
 */
export function layoutFor(machine: MachineModel): Promise<Layout> {
  const known = laidOut.get(machine.key)
  if (known !== undefined) return known
  const start = performance.now()
  const layout = layoutOf(machine, engine())
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
  if (elk === null) void layoutOf(smallest, engine()).catch(() => undefined)
}

function engine(): InstanceType<typeof ELK> {
  elk ??= new ELK({ workerFactory: () => new Worker(workerUrl) })
  return elk
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
