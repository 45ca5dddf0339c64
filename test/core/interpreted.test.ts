import {
  assign,
  createMachine,
  enqueueActions,
  fromPromise,
  raise,
  setup,
  spawnChild,
} from 'xstate'
import { describe, expect, test, vi } from 'vitest'
import { doneEvent, errorEvent, stopEvent } from '../../src/core/history.js'
import { interpret } from '../../src/core/interpreted.js'
import type { Step } from '../../src/core/stepper.js'
import { fan, job, reminder } from '../helpers/machines.js'

const work = fromPromise<unknown, unknown>(async () => null)

function kinds({ effects }: Step): string[] {
  return effects.map(({ kind }) => kind)
}

describe('a step', () => {
  const stepper = interpret(job)
  const first = stepper.initial({ name: 'abc' })

  test('starts the tasks of the states that it enters', () => {
    expect(first.effects).toEqual([
      { kind: 'startTask', id: 'measuring', src: 'measure', input: { name: 'abc' } },
    ])
    expect(first.state).toMatchObject({
      value: 'working',
      status: 'active',
      children: ['measuring'],
      tags: ['busy'],
    })
  })

  test('keeps the snapshot as text that loads to the same state', () => {
    expect(first.state.text).toBe(
      '{"value":"working","context":{"name":"abc","length":null,"problem":null},' +
        '"status":"active","children":{"measuring":"measure"}}',
    )
    const loaded = stepper.load(first.state.text)
    expect(loaded).toEqual(first.state)
    expect(loaded.tags).toBe(loaded.tags)
  })

  test('ends the machine with its output', () => {
    const done = stepper.next(first.state, doneEvent('measuring', 3))
    expect(done.effects).toEqual([{ kind: 'complete', outcome: 'done' }])
    expect(done.state).toMatchObject({ status: 'done', output: { length: 3 }, children: [] })
  })

  test('gives the machine the error of a task', () => {
    const failed = stepper.next(first.state, errorEvent('measuring', { name: 'E', message: 'no' }))
    expect(failed.state).toMatchObject({ value: 'failed', context: { problem: 'no' } })
  })

  test('changes nothing on an event that nobody has a use for, or after the end', () => {
    const ignored = stepper.next(first.state, { type: 'nonsense' })
    expect(ignored).toEqual({ state: first.state, effects: [], changed: false })
    const { state } = stepper.next(first.state, { type: 'stop' })
    expect(stepper.next(state, { type: 'rename', name: 'x' }).changed).toBe(false)
  })

  test('changes nothing on the end of a task that does not run', () => {
    expect(stepper.next(first.state, doneEvent('another', 3)).changed).toBe(false)
  })

  test('is the same from the state in hand and from the state that was loaded', () => {
    const live = stepper.next(first.state, { type: 'rename', name: 'x' })
    const loaded = stepper.next(stepper.load(first.state.text), { type: 'rename', name: 'x' })
    expect(loaded).toEqual(live)
  })

  test('ends an execution that is cancelled, and asks its tasks for nothing more', () => {
    const cancelled = stepper.next(first.state, { type: stopEvent })
    expect(cancelled.effects).toEqual([{ kind: 'complete', outcome: 'cancelled' }])
    expect(cancelled.state).toMatchObject({ status: 'stopped', children: [] })
  })

  test('says that it is xstate’s own', () => {
    expect(stepper.report()).toEqual({ compiled: false, reasons: [], repeated: 0 })
  })

  test('does not know a state that the machine does not have', () => {
    const strange = stepper.load(first.state.text.replace('working', 'playing'))
    expect(() => stepper.next(strange, { type: 'stop' })).toThrow(/playing/)
    expect(() => strange.tags).toThrow(/playing/)
  })
})

describe('the tasks that run', () => {
  test('are forgotten when their end was consumed, though xstate keeps them', () => {
    const stepper = interpret(fan)
    const { state } = stepper.initial({ parts: ['a', 'b'] })
    expect(state.children).toEqual(['part.a', 'part.b'])
    const next = stepper.next(state, doneEvent('part.a', 1))
    expect(next.state.children).toEqual(['part.b'])
    expect(next.effects).toEqual([])
  })

  test('are forgotten too when the machine does nothing with their end', () => {
    const stepper = interpret(
      setup({ actors: { work } }).createMachine({ invoke: { src: 'work', id: 'w' } }),
    )
    const { state } = stepper.initial(null)
    const next = stepper.next(state, doneEvent('w', 1))
    expect(next).toMatchObject({ changed: true, state: { children: [] } })
  })

  test('may be started anew by the step that consumes their end', () => {
    const machine = setup({ actors: { work } }).createMachine({
      initial: 'a',
      states: { a: { invoke: { src: 'work', id: 'w', onDone: { target: 'a', reenter: true } } } },
    })
    const stepper = interpret(machine)
    const next = stepper.next(stepper.initial(null).state, doneEvent('w', 1))
    expect(kinds(next)).toEqual(['startTask'])
    expect(next.state.children).toEqual(['w'])
  })

  test('are stopped when their state is left', () => {
    const machine = setup({ actors: { work } }).createMachine({
      initial: 'a',
      states: { a: { invoke: { src: 'work', id: 'w' }, on: { go: 'b' } }, b: {} },
    })
    const stepper = interpret(machine)
    const next = stepper.next(stepper.initial(null).state, { type: 'go' })
    expect(next.effects).toEqual([{ kind: 'stopTask', id: 'w' }])
  })

  test('are replaced by another of the same id', () => {
    const machine = setup({ actors: { work } }).createMachine({
      on: { again: { actions: spawnChild('work', { id: 'w' }) } },
    })
    const stepper = interpret(machine)
    const once = stepper.next(stepper.initial(null).state, { type: 'again' })
    const twice = stepper.next(once.state, { type: 'again' })
    expect(kinds(twice)).toEqual(['startTask'])
    expect(twice.state.children).toEqual(['w'])
  })
})

describe('timers', () => {
  test('are set on entering, cancelled on leaving, and named as xstate names them', () => {
    const stepper = interpret(reminder)
    const { state, effects } = stepper.initial({})
    const id = 'xstate.after.first.reminder.waiting'
    expect(effects).toEqual([{ kind: 'setTimer', id, delay: 60_000, event: { type: id } }])
    const snoozed = stepper.next(state, { type: 'snooze' })
    expect(snoozed.effects).toEqual([
      { kind: 'cancelTimer', id },
      { kind: 'setTimer', id: 'snooze', delay: 600_000, event: { type: 'ring' } },
    ])
  })
})

describe('an end in error', () => {
  test('is an end as failed, whether the first step or an unhandled error brings it', () => {
    const broken = createMachine({
      context: () => {
        throw new Error('no context')
      },
    })
    expect(interpret(broken).initial(null)).toMatchObject({
      effects: [{ kind: 'complete', outcome: 'failed' }],
      state: { status: 'error', error: { name: 'Error', message: 'no context' } },
    })
    const unhandled = setup({ actors: { work } }).createMachine({
      invoke: { src: 'work', id: 'w' },
    })
    const stepper = interpret(unhandled)
    const { state } = stepper.initial(null)
    const failed = stepper.next(state, errorEvent('w', { name: 'E', message: 'lost' }))
    expect(failed).toMatchObject({
      effects: [{ kind: 'complete', outcome: 'failed' }],
      state: { status: 'error', error: { name: 'E', message: 'lost' } },
    })
  })

  test('is none when a later step throws: the step throws', () => {
    const machine = createMachine({
      on: {
        go: {
          actions: assign(() => {
            throw new Error('bang')
          }),
        },
      },
    })
    const stepper = interpret(machine)
    expect(() => stepper.next(stepper.initial(null).state, { type: 'go' })).toThrow('bang')
    // What the step had asked for until then is not the next one's.
    expect(stepper.next(stepper.initial(null).state, { type: 'stay' }).effects).toEqual([])
  })

  test('keeps what the last step emits, and drops its timers and tasks', () => {
    const shout = vi.fn()
    const machine = setup({ actors: { work } }).createMachine({
      initial: 'a',
      states: {
        a: {
          on: {
            go: {
              target: 'b',
              actions: enqueueActions(({ enqueue }) => {
                enqueue.raise({ type: 'x' }, { delay: 5 })
                enqueue.emit({ type: 'left' })
                enqueue.spawnChild('work', { id: 'w' })
                enqueue(shout)
              }),
            },
          },
        },
        b: { type: 'final' },
      },
    })
    const stepper = interpret(machine)
    const ended = stepper.next(stepper.initial(null).state, { type: 'go' })
    expect(kinds(ended)).toEqual(['emit', 'action', 'complete'])
    expect(shout).not.toHaveBeenCalled()
  })
})

describe('a step is refused before anything is written when it', () => {
  test.each([
    ['keeps a date', () => new Date(0), 'context.kept is a Date: JSON does not give it back'],
    ['keeps undefined', () => undefined, 'context.kept is undefined: JSON does not'],
    ['keeps a function', () => () => 1, 'context.kept is a function: JSON does not'],
  ])('%s in its context', (_what, kept, message) => {
    const machine = createMachine({
      context: { kept: 0 } as object,
      on: { go: { actions: assign({ kept }) } },
    })
    const stepper = interpret(machine)
    expect(() => stepper.next(stepper.initial(null).state, { type: 'go' })).toThrow(
      expect.objectContaining({
        code: 'NOT_DURABLE',
        message: expect.stringContaining(message) as string,
      }),
    )
  })

  test('keeps an actor reference', () => {
    const machine = createMachine({
      context: { me: null as unknown },
      entry: assign({ me: ({ self }) => self }),
    })
    expect(() => interpret(machine).initial(null)).toThrow(/context\.me is a Actor/)
  })

  test('puts out what JSON does not give back', () => {
    const machine = createMachine({
      initial: 'a',
      states: { a: { type: 'final' } },
      output: () => new Map(),
    })
    expect(() => interpret(machine).initial(null)).toThrow(/output is a Map/)
  })

  test('spawns inside assign, which leaves no trace', () => {
    const machine = setup({ actors: { work } }).createMachine({
      context: {},
      entry: assign(({ spawn }) => {
        spawn('work', { id: 'w' })
        return {}
      }),
    })
    expect(() => interpret(machine).initial(null)).toThrow(
      expect.objectContaining({
        code: 'NOT_DURABLE',
        message:
          'a child "w" was spawned inside assign, which leaves no trace: use spawnChild("…", { id })',
      }),
    )
  })
})

test('an event that is only raised on counts as a use for it', () => {
  const stepper = interpret(createMachine({ on: { a: { actions: raise({ type: 'b' }) } } }))
  const { state } = stepper.initial(null)
  expect(stepper.next(state, { type: 'a' })).toMatchObject({ changed: true, effects: [] })
})

test('a machine may say itself how many microsteps a step may have', () => {
  const machine = createMachine({
    initial: 'a',
    options: { maxIterations: 2 },
    states: { a: { on: { go: 'b' } }, b: { always: 'c' }, c: { always: 'd' }, d: {} },
  })
  const stepper = interpret(machine)
  expect(() => stepper.next(stepper.initial(null).state, { type: 'go' })).toThrow(/more than 2/)
})
