import {
  type AnyStateMachine,
  assign,
  createMachine,
  emit,
  enqueueActions,
  fromPromise,
  log,
  setup,
  spawnChild,
  stateIn,
  stopChild,
} from 'xstate'
import { describe, expect, test, vi } from 'vitest'
import { compile } from '../../../src/core/compiled/stepper.js'
import { doneEvent, initEvent } from '../../../src/core/history.js'
import type { Step } from '../../../src/core/stepper.js'
import { both } from './both.js'

const work = fromPromise<unknown, unknown>(async () => null)

function run({ effects }: Step, print: (...line: unknown[]) => void): unknown[] {
  return effects.map((effect) => (effect.kind === 'action' ? effect.run(print) : effect.kind))
}

describe('what runs after the commit', () => {
  test('is a log with its label, or without', () => {
    const machine = createMachine({
      context: { n: 3 },
      on: { go: { actions: [log(({ context }) => context, 'now'), log('plain')] } },
    })
    const print = vi.fn()
    run(both(machine, ['go']).last, print)
    expect(print.mock.calls).toEqual([['now', { n: 3 }], ['plain']])
  })

  test('is an action of the machine’s own, with what it knew and its parameters', () => {
    const own = vi.fn((_args: object, _params: unknown) => 'promised')
    const machine = setup({ actions: { own } }).createMachine({
      context: { n: 3 },
      on: { go: { actions: [{ type: 'own', params: { a: 1 } }, { type: 'nobody' } as never] } },
    })
    const { last } = both(machine, [{ type: 'go', by: 'me' }])
    expect(run(last, () => undefined)).toEqual(['promised', undefined])
    const self = expect.objectContaining({ send: expect.any(Function) as unknown }) as unknown
    expect(own).toHaveBeenCalledExactlyOnceWith(
      {
        context: { n: 3 },
        event: { type: 'go', by: 'me' },
        self,
        system: expect.anything() as unknown,
      },
      { a: 1 },
    )
  })
})

describe('what is shared', () => {
  test('by a config is never an execution’s own to change', () => {
    const list: number[] = []
    const empty: number[] = []
    const add = assign(({ context }: { context: { list: number[] } }) => {
      context.list.push(1)
      return {}
    })
    const machine = createMachine({
      context: { list },
      on: { add: { actions: add as never }, clear: { actions: assign({ list: empty } as never) } },
    })
    const stepper = compile(machine)
    for (let count = 0; count < 2; count += 1) {
      const { state } = stepper.initial(null)
      expect(stepper.next(state, { type: 'add' }).state.context).toEqual({ list: [1] })
      const cleared = stepper.next(state, { type: 'clear' })
      expect(stepper.next(cleared.state, { type: 'add' }).state.context).toEqual({ list: [1] })
    }
    expect([list, empty]).toEqual([[], []])
  })

  test('with a caller is taken over as it was', () => {
    const input = { list: [{ n: 1 }] }
    const stepper = compile(
      createMachine({ context: ({ input }: { input: unknown }) => input as object }),
    )
    const { state } = stepper.initial(input)
    input.list.push({ n: 2 })
    expect(state.context).toEqual({ list: [{ n: 1 }] })
    expect(state.text).toBe('{"value":{},"context":{"list":[{"n":1}]},"status":"active"}')
  })

  test('between one context and the next stays the same object, though its place changes', () => {
    const config: unknown = {
      context: { list: [{ n: 1 }, { n: 2 }, { n: 3 }], one: { deep: { n: 1 } } } as never,
      on: {
        shift: {
          actions: assign({
            list: ({ context }: { context: { list: object[] } }) => [
              ...context.list.slice(1),
              { n: 4 },
            ],
            one: ({ context }: { context: { one: object } }) => ({ ...context.one, more: 1 }),
          } as never),
        },
        many: { actions: assign({ list: Array.from({ length: 20 }, (_, n) => ({ n })) } as never) },
      },
    }
    const machine = createMachine(config as never) as AnyStateMachine
    const stepper = compile(machine)
    const first = stepper.initial(null).state
    const { state } = stepper.next(first, { type: 'shift' })
    const [before, after] = [first, state].map(({ context }) => context) as never as [
      { list: object[]; one: { deep: object } },
      { list: object[]; one: { deep: object } },
    ]
    expect(after.list[0]).toBe(before.list[1])
    expect(after.one.deep).toBe(before.one.deep)
    both(machine, ['shift', 'many', 'shift'])
  })
})

describe('contexts', () => {
  const shapes = createMachine({
    context: { n: 0 } as never,
    on: {
      grow: {
        actions: assign(({ context }: { context: { n: number } }) => ({
          n: context.n + 1,
          [`key${context.n}`]: context.n,
        })) as never,
      },
      set: { actions: assign({ n: 5, last: 'set' } as never) },
      number: { actions: assign({ 7: 'seven', '02': 'text' } as never) },
      none: { actions: assign(() => null as never) },
      list: { actions: assign(() => ['a'] as never) },
    },
  })

  test.each([true, false])(
    'are copied with their keys in order, code being made: %s',
    (generateCode) => {
      const events = ['set', 'number', 'none', 'grow', 'list', 'set', 'grow', 'number', 'set']
      const { compiled, repeated } = both(shapes, events, { generateCode })
      expect({ compiled, repeated }).toEqual({ compiled: true, repeated: 0 })
    },
  )

  test('may have more shapes than anyone would remember', () => {
    const events = Array.from({ length: 70 }, () => 'grow')
    expect(both(shapes, ['none', ...events, 'set', 'number', 'grow']).repeated).toBe(0)
  })

  test('may hold what is nested deeply, but not endlessly', () => {
    const deep = (depth: number): unknown => (depth === 0 ? 1 : { in: deep(depth - 1) })
    const machine = createMachine({ context: { at: deep(400) } as never })
    expect(both(machine).repeated).toBe(0)
    both(createMachine({ context: { at: deep(600) } as never }))
    const told = createMachine({ entry: emit({ type: 'deep', at: deep(600) } as never) } as never)
    expect(both(told).repeated).toBe(0)
  })
})

describe('places of their own', () => {
  test('an event of the name that begins a machine selects nothing', () => {
    const machine = createMachine({ on: { '*': { actions: emit({ type: 'a' }) } } })
    expect(both(machine, [initEvent]).last.changed).toBe(false)
  })

  test('a machine that is one final state is done at once', () => {
    const machine = createMachine({ type: 'final', output: { over: true } } as never)
    expect(both(machine).last.state).toMatchObject({ status: 'done', output: { over: true } })
  })

  test('a root that is entered again leaves itself', () => {
    const machine = createMachine({
      id: 'm',
      initial: 'a',
      entry: emit({ type: 'in' }),
      exit: emit({ type: 'out' }),
      on: { again: { target: '#m', reenter: true }, in: { target: '.b', reenter: true } },
      states: { a: { on: { go: 'b' } }, b: {} },
    } as never)
    both(machine, ['go', 'again', 'in', 'again'])
  })

  test('a transition from deeper takes the place of one from above that leaves the same', () => {
    const machine = createMachine({
      type: 'parallel',
      states: {
        l: { initial: 'a', states: { a: { always: { guard: stateIn('#in'), target: '#out' } } } },
        r: {
          initial: 'a',
          states: { a: { on: { go: 'b' } }, b: { id: 'in' } },
        },
        o: { id: 'out' },
      },
    } as never)
    both(machine, ['go'])
    const rivals = createMachine({
      initial: 'p',
      states: {
        p: {
          type: 'parallel',
          always: { guard: stateIn('#in'), target: 'left' },
          states: {
            q: { initial: 'a', states: { a: {} } },
            r: {
              initial: 'a',
              states: { a: { on: { go: 'b' } }, b: { id: 'in', always: { target: '#far' } } },
            },
          },
        },
        left: {},
        far: { id: 'far' },
      },
    } as never)
    expect(both(rivals, ['go']).last.state.value).toBe('far')
  })

  test.each([
    ['by id', '#b'],
    ['by name', 'b'],
    ['by a path', 'b.c'],
    ['by nothing', '.b'],
    ['by a name with a dot', 'd\\.d'],
    ['by a name that nobody has', 'z'],
    ['by several', ['b']],
  ])('a history state leads %s before it has anything to remember', (_how, target) => {
    const inner = {
      initial: 'a',
      states: {
        a: {},
        b: { id: 'b', initial: 'c', states: { c: {} } },
        'd.d': {},
        h: { type: 'history', target },
      },
    }
    const machine = createMachine({
      initial: 'out',
      states: { out: { on: { in: 'in.h' } }, in: { ...inner, on: { out: 'out' } } },
    } as never)
    both(machine, ['in', 'out', 'in'])
  })

  test('a history state stands for the first states of its parent, with their actions', () => {
    const machine = createMachine({
      initial: 'out',
      states: {
        out: { on: { in: 'in.h' } },
        in: {
          initial: { target: 'a', actions: emit({ type: 'first' }) },
          states: { a: { on: { go: 'b' } }, b: {}, h: { type: 'history' } },
          on: { out: 'out' },
        },
        begin: { initial: 'h', states: { h: { type: 'history', target: 'x' }, x: {} } },
      },
      on: { begin: '.begin' },
    } as never)
    both(machine, ['in', 'go', 'out', 'in', 'begin'])
  })

  test('a history state of a parallel parent, entered from within, leads where it should not', () => {
    const machine = createMachine({
      initial: 'p',
      states: {
        p: {
          type: 'parallel',
          states: {
            a: { initial: 'x', states: { x: { on: { go: '#h' } }, y: {} } },
            b: { initial: 'x', states: { x: { on: { next: 'y' } }, y: {} } },
            h: { id: 'h', type: 'history' },
          },
        },
      },
    } as never)
    both(machine, ['next', 'go', 'next', 'go'])
  })

  test('event types may be without number', () => {
    const machine = createMachine({ on: { 'a.*': { actions: emit({ type: 'a' }) } } })
    const stepper = compile(machine)
    const { state } = stepper.initial(null)
    for (let n = 0; n < 4_200; n += 1) {
      expect(stepper.next(state, { type: `a.${n}` }).effects).toHaveLength(1)
    }
  })

  test('states may be without number', () => {
    // Thirteen switches have more settings than are remembered.
    const regions = Object.fromEntries(
      Array.from({ length: 13 }, (_, n) => [
        `r${n}`,
        { initial: 'a', states: { a: { on: { [`e${n}`]: 'b' } }, b: { on: { [`e${n}`]: 'a' } } } },
      ]),
    )
    const stepper = compile(createMachine({ type: 'parallel', states: regions } as never))
    let { state } = stepper.initial(null)
    for (let n = 1; n < 4_200; n += 1) {
      // The settings of a Gray code: one switch a step, none twice.
      const flip = 31 - Math.clz32(n & -n)
      state = stepper.next(state, { type: `e${flip}` }).state
    }
    expect(state.text.length).toBeGreaterThan(0)
  })
})

describe('tasks', () => {
  const machine = setup({ actors: { work } }).createMachine({
    context: { id: 'w' } as never,
    invoke: [{ src: work as never }, { src: 'work', id: 'i', input: 3 as never }],
    on: {
      stop: { actions: stopChild('w') },
      stopNone: { actions: stopChild(() => 'nobody') },
      'xstate.done.actor.w': {
        actions: [stopChild('w'), spawnChild('work', { id: 'w' }), stopChild('w')],
      },
      start: { actions: spawnChild('work', { id: () => 'w', input: { a: 1 } } as never) },
      collect: {
        actions: enqueueActions(({ enqueue }) => {
          enqueue.stopChild('w')
          enqueue.spawnChild('work', { id: 'v' })
          enqueue.cancel('t')
        }),
      },
    },
  })

  test('are started, stopped, replaced and forgotten as xstate has it', () => {
    const ends = ['w', 'v', 'i'].map((id) => doneEvent(id, null))
    const events = ['start', 'start', 'stop', 'stop', 'stopNone', 'start', 'collect']
    expect(both(machine, [...events, 'start', ...ends, ...ends])).toMatchObject({ repeated: 0 })
  })

  test('of a machine that was cancelled are none', () => {
    const { last } = both(machine, ['start', 'xstate.stop', 'start'])
    expect(last).toMatchObject({ changed: false, state: { status: 'stopped', children: [] } })
  })
})
