import ELK, { type ElkNode } from 'elkjs/lib/elk-api.js'
import workerUrl from 'elkjs/lib/elk-worker.min.js?url'
import { type Answer, nameOf, slim } from './answers.js'
import { edgesOf } from './edges.js'
import { keepAnswer, keptAnswer } from './kept-answers.js'
import { type Layout, layoutOf } from './layout.js'
import type { MachineModel, StateNode } from './machine.js'

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
 * The layout of a machine, worked out beside the main thread when it is first asked for, and kept: a
 * machine of one `id@version` never changes. Rejects with the reason where there can be none.
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

async function laid(machine: MachineModel): Promise<Layout> {
  refuseLarge(machine)
  try {
    return await Promise.race([layoutOf(machine, { layout: answered }), tooLate()])
  } catch (error) {
    // It may be at work for ever: the next machine gets another.
    begun?.elk.terminateWorker()
    begun = null
    throw error
  }
}

/** Asks the engine for what it was never asked: it is large, and slow to begin. */
async function answered(graph: ElkNode): Promise<Answer> {
  const name = nameOf(graph)
  const known = keptAnswer(name)
  if (known !== undefined) return known
  const { elk, broken } = engine()
  const answer = slim(await Promise.race([elk.layout(graph), broken]))
  keepAnswer(name, answer)
  return answer
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
