import { type AnyStateMachine, createMachine, raise } from 'xstate'
import type { Chance } from './chance.js'
import { implementations, randomGuard } from './random-actions.js'
import { type Mood, moodOf } from './random-moods.js'

interface Config {
  id: string
  type?: string
  initial?: unknown
  states?: Record<string, Config>
  [field: string]: unknown
}

/** A machine with something of everything, or much of one thing, from one draw after another. */
export function randomMachine(chance: Chance): AnyStateMachine {
  const mood = moodOf(chance)
  const root = skeleton(chance, mood, { id: 'm', depth: 0 })
  if (mood.ends && root.states !== undefined) root.states['z'] = { id: 'm.z', type: 'final' }
  const all: Config[] = []
  const collect = (config: Config): void => {
    all.push(config)
    for (const child of Object.values(config.states ?? {})) collect(child)
  }
  collect(root)
  const ids = all.flatMap(({ id, type }) => (type === 'history' ? mood.toHistory(id) : [id]))
  for (const config of all) furnish(chance, { ...mood, ids }, config)
  if (mood.ends) Object.assign(root['on'] as object, { e2: { target: '#m.z' } })
  Object.assign(root, {
    context: contextOf(chance),
    options: { maxIterations: 30 },
    output: chance.pick<unknown>([
      ({ context }: { context: object }) => context,
      ({ event }: { event: object }) => ({ event }),
      { over: true },
    ]),
  })
  return createMachine(root as never, implementations as never) as AnyStateMachine
}

function contextOf(chance: Chance): unknown {
  const begin = { n: chance.below(5), list: [], last: '' }
  return chance.once(2) ? begin : ({ input }: { input: object }) => ({ ...begin, ...input })
}

/** The tree of states, with nothing that happens in it yet. */
function skeleton(chance: Chance, mood: Mood, { id, depth }: { id: string; depth: number }) {
  const config: Config = { id }
  const inner = depth === 0 || (depth < 3 && chance.once(depth + 1))
  if (!inner) {
    if (depth > 1 && chance.once(mood.final)) config.type = 'final'
    return config
  }
  const parallel = chance.once(depth > 0 ? mood.parallel : mood.parallelRoot)
  const count = 2 + chance.below(3)
  // A name that is a number is put first by the language, whatever the config says.
  const keys = ['a', 'b', 'c', chance.once(8) ? '2' : 'd', 'e'].slice(0, count)
  const states: Record<string, Config> = {}
  for (const key of keys) {
    states[key] = skeleton(chance, mood, { id: `${id}.${key}`, depth: depth + 1 })
  }
  config.states = states
  if (parallel) config.type = 'parallel'
  else config.initial = initialOf(chance, mood, { id, keys, states })
  if (depth > 0 && chance.once(mood.history)) {
    const deep = chance.once(2) ? 'deep' : 'shallow'
    const target = chance.once(4) && !parallel ? { target: chance.pick(keys) } : {}
    states['h'] = { id: `${id}.h`, type: 'history', history: deep, ...target }
  }
  return config
}

function initialOf(
  chance: Chance,
  mood: Mood,
  { id, keys, states }: { id: string; keys: readonly string[]; states: Record<string, Config> },
) {
  const target = keys.find((key) => states[key]?.type !== 'final') ?? keys[0]
  return chance.once(mood.initial)
    ? { target, actions: mood.actions(chance, 1, `${id} in`) }
    : target
}

interface Surroundings extends Mood {
  /** Of the states that a transition may lead to. */
  readonly ids: readonly string[]
}

function furnish(chance: Chance, mood: Surroundings, config: Config): void {
  if (config.type === 'history') return
  const transitions = (most: number) =>
    chance.some(most, () => [chance.pick(mood.descriptors), transitionOf(chance, mood)] as const)
  config['entry'] = mood.actions(chance, 2, `${config.id} entry`)
  config['exit'] = mood.actions(chance, 1, `${config.id} exit`)
  if (chance.once(3)) config['tags'] = chance.some(2, () => chance.pick(['p', 'q', 'r']))
  if (config.type === 'final') {
    if (chance.once(2)) config['output'] = ({ event }: { event: { type: string } }) => event.type
    return
  }
  config['on'] = Object.fromEntries(transitions(4))
  if (chance.once(mood.always)) config['always'] = chance.some(2, () => guarded(chance, mood))
  if (chance.once(4)) {
    config['after'] = Object.fromEntries(
      chance.some(2, () => [
        chance.pick([10, 'short', 'long', 'nowhere']),
        transitionOf(chance, mood),
      ]),
    )
  }
  if (config.states !== undefined && chance.once(2)) config['onDone'] = transitionOf(chance, mood)
  if (chance.once(4)) config['invoke'] = invokeOf(chance, mood)
}

function invokeOf(chance: Chance, mood: Surroundings): unknown {
  const ended = {
    ...(chance.once(2) ? { onDone: transitionOf(chance, mood) } : {}),
    ...(chance.once(2) ? { onError: transitionOf(chance, mood) } : {}),
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
function transitionOf(chance: Chance, mood: Surroundings): unknown {
  if (chance.once(12)) return undefined
  // Nobody answers it: it is all that such a step does.
  if (chance.once(12)) return { actions: raise({ type: 'nobody' }) }
  if (chance.once(5)) return [guarded(chance, mood), guarded(chance, mood), plain(chance, mood)]
  return chance.once(2) ? guarded(chance, mood) : plain(chance, mood)
}

function guarded(chance: Chance, mood: Surroundings): object {
  return { ...plain(chance, mood), guard: randomGuard(chance, mood.ids) }
}

function plain(chance: Chance, mood: Surroundings): object {
  const actions = mood.actions(chance, 2, 'taken')
  if (chance.once(3)) return { actions }
  const target = `#${chance.pick(mood.ids)}`
  return { target, actions, ...(chance.once(4) ? { reenter: true } : {}) }
}
