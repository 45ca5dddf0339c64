import {
  and,
  assign,
  createMachine,
  enqueueActions,
  fromPromise,
  not,
  raise,
  sendParent,
  sendTo,
  setup,
  spawnChild,
  stopChild,
} from 'xstate'
import { describe, expect, test } from 'vitest'
import { compile, stepperOf } from '../../../src/core/compiled/stepper.js'
import { doneEvent } from '../../../src/core/history.js'
import { job } from '../../helpers/machines.js'
import { both } from './both.js'

const work = fromPromise<unknown, unknown>(async () => null)

/** What another copy of xstate makes: it looks the same, and its work is done by another function. */
function foreign<T extends object>(builtin: T, work: 'resolve' | 'check'): T {
  return Object.assign(() => undefined, builtin, { [work]: () => [] })
}

function on(go: unknown, more: object = {}): unknown {
  return setup({ actors: { work } }).createMachine({
    context: { n: 1 },
    on: { go: { actions: go as never } },
    ...more,
  } as never)
}

describe('a machine is left to xstate altogether, with the place and the reason, when it has', () => {
  test.each<[string, object, RegExp]>([
    [
      'an action of another xstate',
      { entry: foreign(assign({}), 'resolve') },
      /^m: entry: an action that another xstate has made$/,
    ],
    [
      'a guard of another xstate',
      { on: { go: { guard: foreign(not('a'), 'check') } } },
      /^m: on "go": a guard that another xstate has made$/,
    ],
    [
      'a guard of another xstate within its own',
      { initial: 'a', states: { a: { always: { guard: and([foreign(not('a'), 'check')]) } } } },
      /^m\.a: always: a guard that another xstate has made$/,
    ],
    ['an action that is a number', { exit: 5 }, /^m: exit: an action that is no function/],
    ['an action that is null', { exit: [null] }, /^m: exit: an action that is no function/],
    ['an action without a type', { exit: [{}] }, /^m: exit: an action that is no function/],
    ['a guard that is a number', { on: { go: { guard: 5 } } }, /a guard that is a number$/],
    ['a guard that is null', { on: { go: { guard: null } } }, /a guard that is a null$/],
    ['a guard that is empty', { on: { go: { guard: '' } } }, /a guard that is an empty text$/],
    ['a guard that means itself', { on: { go: { guard: 'loop' } } }, /guard "loop" means itself$/],
    ['an action that is named text', { entry: 'text' }, /^m: entry: action "text" is no function/],
    ['a list for a context', { context: [] }, /^m: context is no plain object$/],
    ['a state with an id for a name', odd('#a'), /^m: a state is named "#a"$/],
    ['a state without a name', odd(''), /^m: a state is named ""$/],
    [
      'an event that JSON cannot say',
      { entry: raise({ type: 'a', n: 1n } as never, { delay: 1 }) },
      /^m: entry: .*BigInt/,
    ],
  ])('%s', (_what, config, reason) => {
    const guards = { loop: 'loop' }
    const machine = createMachine(
      { id: 'm', ...config } as never,
      { guards, actions: { text: 'a' } } as never,
    )
    const report = compile(machine).report()
    expect(report).toMatchObject({ compiled: false, repeated: 0 })
    expect(report.reasons[0]).toMatch(reason)
  })

  test('first states that go round in a circle', () => {
    const machine = createMachine({
      id: 'm',
      initial: 'h',
      states: { h: { type: 'history' }, a: {} },
    })
    expect(compile(machine).report()).toMatchObject({
      compiled: false,
      reasons: [expect.stringMatching(/^m: its first states: /) as string],
    })
  })

  test('and takes the very same steps', () => {
    const machine = on(assign({ n: 2 }), { exit: foreign(assign({ n: 5 }), 'resolve') })
    const { compiled, last } = both(machine, ['go', 'nonsense'])
    expect(compiled).toBe(false)
    expect(last.state.context).toEqual({ n: 2 })
  })
})

function odd(name: string): object {
  return {
    type: 'parallel',
    states: Object.fromEntries([
      ['a', {}],
      [name, {}],
    ]),
  }
}

describe('a machine is left to xstate from the step on in which it', () => {
  test.each<[string, { go: unknown }]>([
    ['reads self in an action', { go: ({ self }: { self: unknown }) => ({ n: typeof self }) }],
    ['reads system', { go: ({ system }: { system: unknown }) => ({ n: typeof system }) }],
    ['reads spawn', { go: ({ spawn }: { spawn: unknown }) => ({ n: typeof spawn }) }],
  ])('%s', (_what, { go }) => {
    const { compiled, reasons, last } = both(on(assign(go as never), { id: 'm' }), [
      'other',
      'go',
      'go',
    ])
    expect(compiled).toBe(false)
    expect(reasons).toEqual([expect.stringMatching(/^m: a function of the machine uses "\w+"$/)])
    expect(last.changed).toBe(true)
  })

  test.each(['self', 'spawn'])('reads %s in its context function', (name) => {
    const context = (args: Record<string, unknown>) => ({ n: typeof args[name] })
    expect(both(createMachine({ context: context as never })).compiled).toBe(false)
  })

  test('reads self, even if its own code catches what that throws', () => {
    const machine = on(
      assign((args) => {
        try {
          return { n: typeof args.self }
        } catch {
          return { n: 0 }
        }
      }),
    )
    const { compiled, last } = both(machine, ['go'])
    expect(compiled).toBe(false)
    expect(last.state.context).toEqual({ n: 'object' })
  })

  test('checks a guard of another xstate, even if its own code catches that', () => {
    const checks = (guard: unknown) =>
      on(
        enqueueActions(({ check, enqueue }) => {
          let n = 0
          try {
            n = Number(check(guard as never))
          } catch {
            n = 7
          }
          enqueue.assign({ n } as never)
        }),
      )
    expect(both(checks(foreign(not('a'), 'check')), ['go']).compiled).toBe(false)
    // A guard that throws is the machine's own affair.
    const throwing = checks(() => {
      throw new Error('no')
    })
    expect(both(throwing, ['go'])).toMatchObject({
      compiled: true,
      last: { state: { context: { n: 7 } } },
    })
  })

  test('collects what is no action', () => {
    const machine = on(enqueueActions(({ enqueue }) => enqueue(5 as never)))
    expect(both(machine, ['go', 'other']).compiled).toBe(false)
  })

  test.each(['0', '17', '__proto__'])('starts a task with the id %s', (id) => {
    const { compiled } = both(on(spawnChild('work', { id })), ['other', 'go', 'go'])
    expect(compiled).toBe(false)
  })
})

describe('a step is left to xstate, and the next one is not, when it', () => {
  test.each<[string, unknown]>([
    ['sends to an actor', sendTo('a', { type: 'a' })],
    [
      'sends to an actor that it collects',
      enqueueActions(({ enqueue }) => enqueue.sendTo('a', {} as never)),
    ],
    ['sends to its parent', enqueueActions(({ enqueue }) => enqueue.sendParent({ type: 'a' }))],
    ['sends to its parent at once', sendParent({ type: 'a' })],
    ['spawns inline logic', spawnChild(work as never, { id: 'w' } as never)],
    ['spawns with a systemId', spawnChild('work', { id: 'w', systemId: 's' } as never)],
    ['spawns without logic', spawnChild('nothing' as never, { id: 'w' } as never)],
    ['spawns without an id', spawnChild('work')],
    ['stops what is not named', stopChild(() => ({ id: 'w' }) as never)],
    ['stops a thing', stopChild({ id: 'w' } as never)],
    ['raises what is only a name', raise('a' as never)],
    [
      'raises after a delay that is no number',
      raise({ type: 'a' }, { delay: () => null as never }),
    ],
    ['raises what is no event', raise((() => ({ kind: 'a' })) as never)],
    ['raises after three thousand years', raise({ type: 'a' }, { delay: 1e15 })],
    ['raises after forever', raise({ type: 'a' }, { delay: () => Number.NaN })],
    [
      'collects what JSON cannot say',
      enqueueActions(({ enqueue }) => enqueue.raise({ type: 'a', n: 1n } as never, { delay: 1 })),
    ],
    [
      'collects an event that JSON cannot say',
      enqueueActions(({ enqueue }) =>
        enqueue(raise({ type: 'a', n: 1n } as never, { delay: 1 }) as never),
      ),
    ],
    [
      'throws',
      assign(() => {
        throw new Error('bang')
      }),
    ],
  ])('%s', (_what, action) => {
    const { compiled, repeated, last } = both(on(action), ['go', 'nonsense'])
    expect(compiled).toBe(true)
    // From the text, and from the state in hand.
    expect(repeated).toBeGreaterThan(0)
    expect(last.changed).toBe(false)
  })

  test.each<[string, unknown]>([
    ['undefined', undefined],
    ['a Date', new Date(0)],
    ['-0', -0],
    ['a Map', new Map()],
    ['a function', () => 1],
    ['an object without a prototype', Object.assign(Object.create(null), { a: 1 })],
    ['an object with a symbol', { [Symbol('a')]: 1 }],
    ['an object with toJSON', { toJSON: 1 }],
    ['what a pattern matched', 'abc'.match(/b/)],
    ['a list with a hole', [1, undefined]],
    ['what contains itself', circle()],
  ])('keeps %s', (_what, kept) => {
    expect(both(on(assign({ n: () => kept as never })), ['go', 'other']).compiled).toBe(true)
    expect(both(on(assign({ n: 5, kept } as never)), ['go', 'other']).compiled).toBe(true)
    expect(both(on(assign(() => ({ kept, n: 4 }) as never)), ['go']).compiled).toBe(true)
    expect(both(createMachine({ context: { kept } })).compiled).toBe(true)
    expect(both(createMachine({ context: () => ({ kept }) })).compiled).toBe(true)
    expect(
      both(createMachine({ initial: 'a', states: { a: { type: 'final' } }, output: () => kept }))
        .compiled,
    ).toBe(true)
  })

  test('tells JSON of what is more than JSON in an effect', () => {
    const event = {
      type: 'told',
      at: new Date(0),
      gone: undefined,
      list: [-0, undefined],
      one: 'abc'.match(/b/),
    }
    const machine = on(enqueueActions(({ enqueue }) => enqueue.emit(event as never)))
    expect(both(machine, ['go']).last.effects).toEqual([
      {
        kind: 'emit',
        event: { type: 'told', at: '1970-01-01T00:00:00.000Z', list: [0, null], one: ['b'] },
      },
    ])
    const list = on(enqueueActions(({ enqueue }) => enqueue.emit([-0] as never)))
    expect(both(list, ['go']).last.effects).toEqual([{ kind: 'emit', event: [0] }])
    const round = on(enqueueActions(({ enqueue }) => enqueue.emit(circle() as never)))
    expect(both(round, ['go']).steps).toHaveLength(1)
  })

  test('sets a key of the context in no ordinary way', () => {
    const proto = JSON.parse('{"__proto__":{"a":1},"n":3}') as { n: number }
    expect(both(on(assign(proto)), ['go']).compiled).toBe(true)
    expect(both(on(assign(() => proto)), ['go']).compiled).toBe(true)
    expect(both(on(enqueueActions(({ enqueue }) => enqueue.assign(proto))), ['go']).compiled).toBe(
      true,
    )
    expect(both(createMachine({ context: proto })).compiled).toBe(true)
    const symbol = { [Symbol('s')]: 1, n: 2 }
    expect(both(on(assign(() => symbol)), ['go']).compiled).toBe(true)
    expect(both(createMachine({ context: () => symbol })).compiled).toBe(true)
  })

  test('goes round in a circle', () => {
    const circle = { a: { always: 'b' }, b: { always: 'a' }, c: { on: { go: 'a' } } }
    const machine = createMachine({
      initial: 'c',
      states: circle,
      options: { maxIterations: 5 },
    } as never)
    expect(both(machine, ['go', 'other'])).toMatchObject({
      compiled: true,
      last: { changed: false },
    })
  })

  test('begins where no compiled step leads to', () => {
    const stepper = compile(job)
    const { state } = stepper.initial({ name: 'abc' })
    for (const [from, to] of [
      ['"context":{', '"context":[{'],
      ['"measuring":', '"0":'],
    ] as const) {
      const text = state.text
        .replace(from, to)
        .replace('null},', to.includes('[') ? 'null}],' : 'null},')
      const strange = stepper.load(text)
      expect(strange.text).toBe(text)
      expect(stepper.next(strange, { type: 'nonsense' }).changed).toBe(false)
    }
    expect(stepper.report().compiled).toBe(true)
  })

  test('does not know a state that the machine does not have', () => {
    const stepper = compile(job)
    const { state } = stepper.initial({ name: 'abc' })
    const strange = stepper.load(state.text.replace('working', 'playing'))
    expect(() => stepper.next(strange, { type: 'stop' })).toThrow(/playing/)
  })

  test('is in a state in which the machine would be done, if it were reopened', () => {
    const empty = { type: 'parallel', states: {} }
    const machine = createMachine({ type: 'parallel', states: { a: empty, b: empty } } as never)
    expect(both(machine, ['go']).repeated).toBeGreaterThan(0)
  })

  test('begins in a state in which the machine would be done', () => {
    const stepper = compile(job)
    const { state } = stepper.initial({ name: 'abc' })
    const done = stepper.load(state.text.replace('working', 'stopped'))
    expect(done.status).toBe('active')
    expect(stepper.next(done, { type: 'rename', name: 'x' }).state.status).toBe('done')
  })
})

function circle(): object {
  const round: Record<string, unknown> = { type: 'round' }
  round['itself'] = round
  return round
}

test('a state of another stepper is taken over', () => {
  const [one, other] = [compile(job), compile(job)]
  const { state } = one.initial({ name: 'abc' })
  expect(other.next(state, doneEvent('measuring', 3)).state.output).toEqual({ length: 3 })
})

test('a machine is compiled once for those who share its stepper', () => {
  expect(stepperOf(job)).toBe(stepperOf(job))
})
