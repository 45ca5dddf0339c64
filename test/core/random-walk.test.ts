import * as fc from 'fast-check'
import {
  type AnyMachineSnapshot,
  type AnyStateMachine,
  type ExecutableActionObject,
  initialTransition,
  transition,
} from 'xstate'
import { describe, expect, test } from 'vitest'
import type { EventData } from '../../src/core/effects.js'
import { doneEvent, errorEvent } from '../../src/core/history.js'
import { interpret } from '../../src/core/interpreted.js'
import type { Json } from '../../src/core/json.js'
import type { Step } from '../../src/core/stepper.js'
import { fan, job, reminder, trip, tripEvents } from '../helpers/machines.js'

/** What the outside knows: which tasks run, which timers are set. Kept by the test alone. */
interface Outside {
  readonly tasks: Set<string>
  readonly timers: Map<string, EventData>
}

type Wish = readonly unknown[]

/** The actions of xstate in words, and what they do to the outside. */
function follow(
  outside: Outside,
  actions: readonly ExecutableActionObject[],
  ended: boolean,
): Wish[] {
  const wishes: Wish[] = []
  for (const { type, params } of actions) {
    const p = (params ?? {}) as Record<string, unknown>
    switch (type) {
      case 'xstate.spawnChild':
        outside.tasks.add(p['id'] as string)
        wishes.push(['start', p['id'], p['src'], p['input'] ?? null])
        break
      case 'xstate.stopChild':
        if (outside.tasks.delete(p['id'] as string)) wishes.push(['stop', p['id']])
        break
      case 'xstate.raise':
        if (p['delay'] === undefined) break
        outside.timers.set(
          (p['id'] as string) ?? `#${outside.timers.size}`,
          p['event'] as EventData,
        )
        wishes.push(['timer', p['id'] ?? null, p['delay'], p['event']])
        break
      case 'xstate.cancel':
        outside.timers.delete(p['sendId'] as string)
        wishes.push(['cancel', p['sendId']])
        break
      case 'xstate.emit':
        wishes.push(['emit', p['event']])
        break
      default:
        wishes.push(['action', type])
    }
  }
  return ended ? wishes.filter(([what]) => what === 'emit' || what === 'action') : wishes
}

function wishesOf({ effects }: Step): Wish[] {
  return effects.flatMap((effect): Wish[] => {
    switch (effect.kind) {
      case 'startTask':
        return [['start', effect.id, effect.src, effect.input]]
      case 'stopTask':
        return [['stop', effect.id]]
      case 'setTimer':
        return [['timer', effect.id, effect.delay, effect.event]]
      case 'cancelTimer':
        return [['cancel', effect.id]]
      case 'emit':
        return [['emit', effect.event]]
      case 'action':
        return [['action', effect.type]]
      case 'complete':
        return []
    }
  })
}

function compare(
  step: Step,
  snapshot: AnyMachineSnapshot,
  wishes: readonly Wish[],
  outside: Outside,
) {
  const { state } = step
  expect(state.value).toEqual(snapshot.value)
  expect(state.context).toEqual(snapshot.context)
  expect(state.status).toBe(snapshot.status)
  expect(state.output).toEqual(snapshot.output ?? null)
  expect([...state.tags].sort()).toEqual([...snapshot.tags].sort())
  expect(wishesOf(step)).toEqual(wishes)
  if (state.status === 'active') expect(new Set(state.children)).toEqual(outside.tasks)
}

/** Everything that may happen next. */
function choices(events: readonly string[], { tasks, timers }: Outside): EventData[] {
  const ends = [...tasks].flatMap((task) => [
    doneEvent(task, 3),
    errorEvent(task, { name: 'Error', message: 'no' }),
  ])
  return [...events.map((type): EventData => ({ type, name: 'y' })), ...ends, ...timers.values()]
}

function walk(
  machine: AnyStateMachine,
  input: Json,
  events: readonly string[],
  picks: number[],
): void {
  const stepper = interpret(machine)
  const outside: Outside = { tasks: new Set(), timers: new Map() }
  let [snapshot, actions] = initialTransition(machine, input as never) as unknown as [
    AnyMachineSnapshot,
    ExecutableActionObject[],
  ]
  let step = stepper.initial(input)
  compare(step, snapshot, follow(outside, actions, snapshot.status !== 'active'), outside)
  for (const pick of picks) {
    if (snapshot.status !== 'active') return
    const all = choices(events, outside)
    const event = all[pick % all.length] as EventData
    for (const [id, timer] of outside.timers) if (timer === event) outside.timers.delete(id)
    outside.tasks.delete(String(event['actorId'] ?? ''))
    const before = snapshot
    ;[snapshot, actions] = transition(machine, snapshot, event as never) as unknown as [
      AnyMachineSnapshot,
      ExecutableActionObject[],
    ]
    const loaded = stepper.load(step.state.text)
    expect(stepper.next(loaded, event).state.text).toBe(stepper.next(step.state, event).state.text)
    step = stepper.next(loaded, event)
    expect(step.changed).toBe(snapshot !== before || actions.length > 0 || 'actorId' in event)
    compare(step, snapshot, follow(outside, actions, snapshot.status !== 'active'), outside)
    expect(stepper.load(step.state.text)).toEqual(step.state)
  }
}

describe('a random walk takes the same steps as xstate’s own transition()', () => {
  test.each<[string, AnyStateMachine, Json, readonly string[]]>([
    ['trip', trip as unknown as AnyStateMachine, { slow: 2 }, tripEvents],
    ['fan', fan as unknown as AnyStateMachine, { parts: ['a', 'b', 'c'] }, ['nonsense']],
    ['job', job as unknown as AnyStateMachine, { name: 'x' }, ['rename', 'nonsense', 'stop']],
    ['reminder', reminder as unknown as AnyStateMachine, {}, ['snooze', 'ring', 'off']],
  ])('%s', (_name, machine, input, events) => {
    fc.assert(
      fc.property(fc.array(fc.nat(60), { maxLength: 40, size: 'max' }), (picks) =>
        walk(machine, input, events, picks),
      ),
      { numRuns: 150 },
    )
  })
})
