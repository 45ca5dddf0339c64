import { emit } from 'xstate'
import type { Chance } from './chance.js'
import { descriptors, randomAction } from './random-actions.js'

/**
 * What a machine made at random has much of. Where everything is rare, what happens only when two rare
 * things meet never happens: so most machines have a mood, and few events, so that they meet them.
 */
export interface Mood {
  /** A parallel root, and a parallel state within it, is one of so many; and so on. */
  readonly parallelRoot: number
  readonly parallel: number
  readonly final: number
  /** Whether an event leads to the end from wherever the machine is. */
  readonly ends: boolean
  readonly history: number
  readonly initial: number
  /** The same of eventless transitions, which easily go round in a circle. */
  readonly always: number
  readonly descriptors: readonly string[]
  /** The ids of a history state, once for each time that it is to count among the targets. */
  readonly toHistory: (id: string) => readonly string[]
  /** Up to so many actions of a place. */
  readonly actions: (chance: Chance, most: number, place: string) => unknown[]
}

const anything: Mood = {
  parallelRoot: 3,
  parallel: 2,
  final: 4,
  ends: false,
  history: 2,
  initial: 4,
  always: 4,
  descriptors,
  toHistory: (id) => [id],
  actions: (chance, most) => chance.some(most, () => randomAction(chance)),
}

/** Actions that say where they stand, so that the order of what is left and entered shows. */
const plainly: Mood = {
  ...anything,
  always: 10,
  descriptors: ['e0', 'e1', 'e2', '*', 'x.*'],
  actions: (chance, most, place) => [
    emit({ type: place } as never),
    ...(chance.once(2) ? chance.some(most, () => randomAction(chance)) : []),
  ],
}

const moods: readonly Mood[] = [
  anything,
  anything,
  // Regions that answer the same event, and want to go different ways.
  { ...plainly, parallelRoot: 2, parallel: 1, final: 12, descriptors: ['e0', 'e0', 'e1'] },
  // Histories that are entered before, and after, there is something to remember.
  { ...plainly, history: 1, initial: 1, final: 20, toHistory: (id) => [id, id, id, id] },
  // Ends, of regions and of everything, with much that is left then.
  { ...plainly, parallelRoot: 6, final: 2, ends: true },
]

export function moodOf(chance: Chance): Mood {
  return chance.pick(moods)
}
