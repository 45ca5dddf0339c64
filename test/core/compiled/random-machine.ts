import { type AnyStateMachine, createMachine } from 'xstate'
import type { Chance } from './chance.js'
import { descriptors, implementations, randomAction, randomGuard } from './random-actions.js'

interface Config {
  id: string
  type?: string
  initial?: unknown
  states?: Record<string, Config>
  [field: string]: unknown
}

/** A machine with something of everything, from one draw after another. */
export function randomMachine(chance: Chance): AnyStateMachine {
  const root = skeleton(chance, 'm', 0)
  const all: Config[] = []
  const collect = (config: Config): void => {
    all.push(config)
    for (const child of Object.values(config.states ?? {})) collect(child)
  }
  collect(root)
  const ids = all.map(({ id }) => id)
  for (const config of all) furnish(chance, config, ids)
  Object.assign(root, {
    context: contextOf(chance),
    options: { maxIterations: 30 },
    output: chance.once(2) ? ({ context }: { context: object }) => context : { over: true },
  })
  return createMachine(root as never, implementations as never) as AnyStateMachine
}

function contextOf(chance: Chance): unknown {
  const begin = { n: chance.below(5), list: [], last: '' }
  return chance.once(2) ? begin : ({ input }: { input: object }) => ({ ...begin, ...input })
}

/** The tree of states, with nothing that happens in it yet. */
function skeleton(chance: Chance, id: string, depth: number): Config {
  const config: Config = { id }
  const inner = depth === 0 || (depth < 3 && chance.once(depth + 1))
  if (!inner) {
    if (depth > 1 && chance.once(4)) config.type = 'final'
    return config
  }
  const parallel = depth > 0 ? chance.once(2) : chance.once(3)
  const count = 2 + chance.below(3)
  // A name that is a number is put first by the language, whatever the config says.
  const keys = ['a', 'b', 'c', chance.once(8) ? '2' : 'd', 'e'].slice(0, count)
  const states = keys.map((key) => [key, skeleton(chance, `${id}.${key}`, depth + 1)] as const)
  config.states = Object.fromEntries(states)
  if (parallel) config.type = 'parallel'
  else config.initial = initialOf(chance, keys, config.states)
  if (depth > 0 && chance.once(2)) {
    const deep = chance.once(2) ? 'deep' : 'shallow'
    const target = chance.once(4) && !parallel ? { target: chance.pick(keys) } : {}
    config.states['h'] = { id: `${id}.h`, type: 'history', history: deep, ...target }
  }
  return config
}

function initialOf(chance: Chance, keys: readonly string[], states: Record<string, Config>) {
  const target = keys.find((key) => states[key]?.type !== 'final') ?? keys[0]
  return chance.once(4) ? { target, actions: [randomAction(chance)] } : target
}

function furnish(chance: Chance, config: Config, ids: readonly string[]): void {
  if (config.type === 'history') return
  const transitions = (most: number) =>
    chance.some(most, () => [chance.pick(descriptors), transitionOf(chance, ids)] as const)
  config['entry'] = chance.some(2, () => randomAction(chance))
  config['exit'] = chance.some(1, () => randomAction(chance))
  if (chance.once(3)) config['tags'] = chance.some(2, () => chance.pick(['p', 'q', 'r']))
  if (config.type === 'final') {
    if (chance.once(2)) config['output'] = ({ event }: { event: { type: string } }) => event.type
    return
  }
  config['on'] = Object.fromEntries(transitions(4))
  if (chance.once(4)) config['always'] = chance.some(2, () => guarded(chance, ids))
  if (chance.once(4)) {
    config['after'] = Object.fromEntries(
      chance.some(2, () => [
        chance.pick([10, 'short', 'long', 'nowhere']),
        transitionOf(chance, ids),
      ]),
    )
  }
  if (config.states !== undefined && chance.once(2)) config['onDone'] = transitionOf(chance, ids)
  if (chance.once(4)) config['invoke'] = invokeOf(chance, ids)
}

function invokeOf(chance: Chance, ids: readonly string[]): unknown {
  const ended = {
    ...(chance.once(2) ? { onDone: transitionOf(chance, ids) } : {}),
    ...(chance.once(2) ? { onError: transitionOf(chance, ids) } : {}),
  }
  const input = chance.once(2) ? { given: 1 } : ({ context }: { context: object }) => context
  return chance.once(3)
    ? [
        { src: 'work', ...ended },
        { src: 'other', id: 'c0', input },
      ]
    : { src: 'work', id: chance.pick(['c1', 'i']), input, ...ended }
}

/** A transition as a config may say it, or several of which the first that may is taken. */
function transitionOf(chance: Chance, ids: readonly string[]): unknown {
  if (chance.once(12)) return undefined
  if (chance.once(5)) return [guarded(chance, ids), guarded(chance, ids), plain(chance, ids)]
  return chance.once(2) ? guarded(chance, ids) : plain(chance, ids)
}

function guarded(chance: Chance, ids: readonly string[]): object {
  return { ...plain(chance, ids), guard: randomGuard(chance, ids) }
}

function plain(chance: Chance, ids: readonly string[]): object {
  const actions = chance.some(2, () => randomAction(chance))
  if (chance.once(3)) return { actions }
  const target = `#${chance.pick(ids)}`
  return { target, actions, ...(chance.once(4) ? { reenter: true } : {}) }
}
