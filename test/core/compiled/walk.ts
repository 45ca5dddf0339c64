import type { AnyStateMachine } from 'xstate'
import type { Effect, EventData } from '../../../src/core/effects.js'
import { BakelineError } from '../../../src/core/errors.js'
import { doneEvent, errorEvent } from '../../../src/core/history.js'
import type { Json } from '../../../src/core/json.js'
import type { State, Step, Stepper } from '../../../src/core/stepper.js'
import { Oracle, type Seen } from './oracle.js'

/** What walks come to, added up. */
export interface Tally {
  steps: number
  /** Those of them that were held also against a snapshot of xstate's that never was JSON. */
  live: number
  /** Those of these that xstate itself takes otherwise once its snapshot has been JSON. */
  reopened: number
  threw: number
  refused: number
  ended: number
}

export function emptyTally(): Tally {
  return { steps: 0, live: 0, reopened: 0, threw: 0, refused: 0, ended: 0 }
}

/** Where a stepper and xstate part. */
export class Mismatch extends Error {
  override readonly name = 'Mismatch'
}

export interface Walk {
  /** Names the walk when it finds a mismatch. */
  readonly name: string
  readonly machine: AnyStateMachine
  readonly stepper: Stepper
  readonly input: Json
  readonly events: readonly EventData[]
  /** A number from 0 up to, but without, `below`. */
  readonly draw: (below: number) => number
  readonly steps: number
  /** Whether to hold it also against a snapshot that never was JSON; see `Tally.reopened`. */
  readonly live: boolean
}

/**
 * Walks a machine at random and holds every step against xstate's public functions, as JSON text:
 * order is meaning. Each step is taken from the state in hand and from the state that its text loads
 * to, and both must come to the same text.
 */
export function walk(walk: Walk, tally: Tally): void {
  const { machine, stepper, draw } = walk
  const reloaded = new Oracle(machine, 'reloaded')
  const live = new Oracle(machine, 'live')
  const timers = new Map<string, EventData>()
  const first = see(() => stepper.initial(walk.input))
  const expected = reloaded.initial(walk.input)
  agree(expected, first.seen, [walk.name, 'initial'])
  if ('refused' in expected) tally.refused += 1
  live.initial(walk.input)
  tally.steps += 1
  let state = first.step?.state
  const path: unknown[] = [walk.name]
  let together = true
  remember(timers, first.step?.effects ?? [])
  for (let count = 1; count < walk.steps && state !== undefined && reloaded.active; count += 1) {
    const from: State = state
    const event = choose(walk, from.children, timers, draw)
    path.push(event)
    const expected = reloaded.next(event)
    const mine = see(() => stepper.next(from, event))
    agree(expected, mine.seen, path)
    const again = see(() => stepper.next(stepper.load(from.text), event))
    agree(expected, again.seen, ['loaded', ...path])
    same(mine.step?.state.text, again.step?.state.text, path)
    tally.steps += 1
    if ('throws' in expected) tally.threw += 1
    if ('refused' in expected) tally.refused += 1
    if (walk.live) {
      // Once they part, they part for good.
      together &&= text(untagged(live.next(event))) === text(untagged(expected))
      tally.live += 1
      if (!together) tally.reopened += 1
    }
    remember(timers, mine.step?.effects ?? [])
    state = mine.step?.state ?? from
  }
  if (!reloaded.active) tally.ended += 1
}

function choose(
  { events }: Walk,
  children: readonly string[],
  timers: Map<string, EventData>,
  draw: Walk['draw'],
): EventData {
  const ends = children.flatMap((id) => [
    doneEvent(id, draw(2) === 0 ? null : { n: draw(9) }),
    errorEvent(id, { name: 'Error', message: 'no' }),
  ])
  const choices = [...events, ...ends, ...ends, ...timers.values()]
  return choices[draw(choices.length)] as EventData
}

function remember(timers: Map<string, EventData>, effects: readonly Effect[]): void {
  for (const effect of effects) {
    if (effect.kind === 'setTimer') timers.set(effect.id ?? `#${timers.size}`, effect.event)
    if (effect.kind === 'cancelTimer') timers.delete(effect.id)
  }
  if (timers.size > 12) timers.clear()
}

function see(take: () => Step): { readonly seen: Seen; readonly step?: Step } {
  try {
    const step = take()
    const { state, effects, changed } = step
    const { value, context, status, output, error, tags, children } = state
    const seen = { value, context, status, output, error, tags, children, effects, changed }
    return { seen, step }
  } catch (error) {
    if (error instanceof BakelineError && error.code === 'NOT_DURABLE') {
      return { seen: { refused: true } }
    }
    return { seen: { throws: (error as Error).message } }
  }
}

function agree(expected: Seen, seen: Seen, path: readonly unknown[]): void {
  same(text(expected), text(seen), path)
}

function same(expected: string | undefined, seen: string | undefined, path: readonly unknown[]) {
  if (expected === seen) return
  const events = path.map((event) => JSON.stringify(event)).join('\n  ')
  throw new Mismatch(`xstate:   ${expected}\ncompiled: ${seen}\nafter:\n  ${events}`)
}

function text(seen: Seen): string {
  return JSON.stringify(seen)
}

function untagged(seen: Seen): Seen {
  return 'tags' in seen ? { ...seen, tags: [...seen.tags].sort() } : seen
}
