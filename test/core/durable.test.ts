import {
  type AnyStateMachine,
  createMachine,
  enqueueActions,
  fromCallback,
  fromEventObservable,
  fromObservable,
  fromPromise,
  fromTransition,
  setup,
  spawnChild,
} from 'xstate'
import { describe, expect, test } from 'vitest'
import { assertDurable, ownFunction, taskNames } from '../../src/core/durable.js'

const work = fromPromise<number, unknown>(async () => 7)
const child = createMachine({ id: 'child' })
const nothing = { subscribe: () => ({ unsubscribe: () => undefined }) }

function withActors(actors: Record<string, unknown>, config: object): AnyStateMachine {
  const machine = setup({ actors: actors as never }).createMachine({ id: 'm', ...config } as never)
  return machine as unknown as AnyStateMachine
}

/** The lines of the refusal, without its head. */
function flaws(machine: AnyStateMachine): string[] {
  try {
    assertDurable(machine)
    return []
  } catch (error) {
    expect(error).toMatchObject({ code: 'NOT_DURABLE', details: { machine: machine.id } })
    const [head, ...lines] = (error as Error).message.split('\n  ')
    expect(head).toBe(`machine "${machine.id}" cannot be made durable:`)
    return lines
  }
}

const invoking = (src: unknown, more: object = {}): object => ({
  initial: 'a',
  states: { a: { initial: 'b', states: { b: { invoke: { src, ...more } } } } },
})

describe('a machine is refused for', () => {
  test.each([
    ['fromCallback', fromCallback(() => undefined)],
    ['fromObservable', fromObservable(() => nothing as never)],
    ['fromEventObservable', fromEventObservable(() => nothing as never)],
    ['fromTransition', fromTransition((state: number) => state, 0)],
    ['an object that is no logic', { start: 1 }],
    [
      'logic of somebody’s own',
      { config: (): number => 1, transition: (): number => 1, getInitialSnapshot: (): number => 1 },
    ],
    [
      'logic that fails when asked',
      { config: (): number => 1, transition: (): unknown => JSON.parse('no') as unknown },
    ],
  ])('%s, named by the path of its node', (_name, logic) => {
    expect(flaws(withActors({ odd: logic }, invoking('odd')))).toEqual([
      'm.a.b: invoke "odd" is not a fromPromise; only fromPromise survives a restart',
    ])
  })

  test('a child machine, named or inline', () => {
    expect(flaws(withActors({ child }, invoking('child')))).toEqual([
      'm.a.b: invoke "child" is a child machine; only fromPromise survives a restart',
    ])
    expect(flaws(createMachine({ id: 'm', ...invoking(child) } as never))).toEqual([
      'm.a.b: invoke "xstate.invoke.0.m.a.b" is a child machine; only fromPromise survives a restart',
    ])
  })

  test('the second of two inline invokes', () => {
    const invoke = [{ src: work }, { src: fromCallback(() => undefined) }]
    expect(flaws(createMachine({ id: 'm', invoke } as never))).toEqual([
      'm: invoke "xstate.invoke.1.m" is not a fromPromise; only fromPromise survives a restart',
    ])
  })

  test('logic that no node names: a dynamic spawn may', () => {
    const machine = withActors(
      { child, work },
      { entry: enqueueActions(({ enqueue }) => enqueue.spawnChild('child' as never)) },
    )
    expect(flaws(machine)).toEqual([
      'setup({ actors }): "child" is a child machine; only fromPromise survives a restart',
    ])
  })

  test('an invoke without logic, whose input xstate would drop', () => {
    expect(flaws(createMachine({ id: 'm', ...invoking('later') } as never))).toEqual([
      'm.a.b: invoke "later" has no logic; name it in setup({ actors }), a fromPromise',
    ])
  })

  test('a systemId, and onSnapshot, of an invoke', () => {
    const machine = withActors({ work }, invoking('work', { systemId: 's', onSnapshot: {} }))
    expect(flaws(machine)).toEqual([
      'm.a.b: invoke "work" has a systemId; leave it out',
      'm.a.b: invoke "work" has onSnapshot, which never comes; use onDone',
    ])
  })

  const places: [string, (action: unknown) => object, string][] = [
    ['an entry', (action) => ({ entry: action }), 'm'],
    ['an exit', (action) => ({ exit: action }), 'm'],
    ['a transition', (action) => ({ on: { x: { actions: action } } }), 'm'],
    ['an always', (action) => ({ always: { guard: () => false, actions: action } }), 'm'],
    ['an after', (action) => ({ after: { 5: { actions: action } } }), 'm'],
    [
      'an initial transition',
      (action) => ({ initial: { target: 'a', actions: action }, states: { a: {} } }),
      'm',
    ],
    [
      'the onDone of an invoke',
      (action) => ({
        initial: 'a',
        states: { a: { invoke: { src: 'work', onDone: { actions: action } } } },
      }),
      'm.a',
    ],
  ]

  test.each(places)('spawnChild without an id in %s', (_place, config, node) => {
    expect(flaws(withActors({ work }, config(spawnChild('work'))))).toEqual([
      `${node}: spawnChild "work" has no id; give it one: spawnChild("work", { id })`,
    ])
  })

  test('spawnChild of inline logic, of another kind, and with a systemId', () => {
    const entry = [
      spawnChild(work, { id: 'w' }),
      spawnChild('child', { id: 'c' }),
      spawnChild('work', { id: 'w', systemId: 's' } as never),
    ]
    expect(flaws(withActors({ work, child }, { entry }))).toEqual([
      'm: spawnChild of inline logic; name the logic in setup({ actors })',
      'm: spawnChild "child" is a child machine; only fromPromise survives a restart',
      'm: spawnChild "work" has a systemId; leave it out',
    ])
  })

  test('an action of setup that spawns, where it is used by name or with parameters', () => {
    const machine = setup({
      actors: { work },
      actions: { begin: spawnChild('work') as never },
    }).createMachine({ id: 'm', entry: 'begin', exit: { type: 'begin' } })
    expect(flaws(machine)).toHaveLength(2)
  })
})

describe('a machine is accepted with', () => {
  test('promises invoked and spawned, custom actions, and every kind of state', () => {
    const machine = setup({
      actors: { work },
      actions: { begin: spawnChild('work', { id: 'w' }), shout: () => undefined },
    }).createMachine({
      id: 'm',
      type: 'parallel',
      states: {
        a: {
          entry: ['begin', 'shout', () => undefined],
          initial: 'one',
          states: { one: { invoke: { src: 'work' } }, back: { type: 'history' } },
        },
        b: { invoke: { src: work }, always: { guard: () => false, actions: 'shout' } },
      },
    })
    expect(flaws(machine)).toEqual([])
  })
})

describe('the tasks of a machine', () => {
  const machine = withActors({ work, other: work }, { invoke: [{ src: 'work' }, { src: work }] })

  test('are those it names and those it invokes', () => {
    expect(taskNames(machine)).toEqual(['work', 'other', 'xstate.invoke.1.m'])
  })

  test('have the functions that fromPromise was given', async () => {
    const run = ownFunction(machine, 'xstate.invoke.1.m')
    expect(await run?.({} as never)).toBe(7)
    expect(ownFunction(machine, 'work')).toBe(run)
    expect(ownFunction(machine, 'nobody')).toBeNull()
  })
})
