import {
  type AnyStateMachine,
  assign,
  createMachine,
  enqueueActions,
  fromPromise,
  setup,
} from 'xstate'
import { describe, expect, test } from 'vitest'
import { compile } from '../../../src/core/compiled/stepper.js'
import { TaskLists } from '../../../src/core/compiled/tasks.js'
import { doneEvent } from '../../../src/core/history.js'
import type { Json } from '../../../src/core/json.js'
import { both } from './both.js'

describe('what executions begin with', () => {
  const machine = createMachine({
    context: ({ input }: { input: unknown }) => ({ ...(input as object), own: [] }),
  })
  const list: Json[] = [{ n: 1 }, [2]]
  const input = { list, text: 'a' }
  const contexts = (sharesInput: boolean) => {
    const stepper = compile(machine, { sharesInput })
    const begin = () => stepper.initial(input).state.context as { own: Json; list: Json[] }
    return [begin(), begin()] as const
  }

  test('is each one’s own', () => {
    const [one, two] = contexts(false)
    expect(one).toEqual({ ...input, own: [] })
    expect(one.list).not.toBe(list)
    expect(one.list[0]).not.toBe(list[0])
    expect(one.list).not.toBe(two.list)
  })

  test('is shared where that was asked for, and nothing else is', () => {
    const [one, two] = contexts(true)
    expect(one.list).toBe(list)
    expect(two.list).toBe(list)
    expect(one.own).not.toBe(two.own)
  })
})

describe('lists of tasks', () => {
  test('are one object for all who run the same tasks, whatever ran before', () => {
    const lists = new TaskLists()
    const both = lists.none.with('a', 'x').with('b', 'y')
    expect(lists.none.with('a', 'x').with('b', 'y')).toBe(both)
    expect(lists.none.with('c', 'x').with('a', 'x').without('c').with('b', 'y')).toBe(both)
    expect(both.without('a').with('a', 'x').entries).toEqual(['b', 'y', 'a', 'x'])
    expect(both.without('nobody')).toBe(both)
    expect(lists.of(['a', 'x', 'b', 'y'])).toBe(both)
  })

  test('keep a task in its place when it is started anew, by whatever name', () => {
    const list = new TaskLists().none.with('a', 'x').with('b', 'y')
    expect(list.with('a', 'x').entries).toEqual(['a', 'x', 'b', 'y'])
    expect(list.with('a', 'y').entries).toEqual(['a', 'y', 'b', 'y'])
    expect(list.with('a', 'x').entries).toEqual(['a', 'x', 'b', 'y'])
    expect(list.without('b').with('b', 'x').entries).toEqual(['a', 'x', 'b', 'x'])
    expect(list.with('b', 'x').entries).toEqual(['a', 'x', 'b', 'x'])
    expect(list.with('b', 'y').entries).toEqual(['a', 'x', 'b', 'y'])
  })

  test('may be without number', () => {
    const lists = new TaskLists()
    for (let n = 0; n < 5_000; n += 1) {
      expect(lists.none.with(`t${n}`, 'x').without(`t${n}`).entries).toEqual([])
    }
    expect(lists.none.with('t7', 'x').entries).toEqual(['t7', 'x'])
  })

  test('may be long', () => {
    const work = fromPromise<unknown, unknown>(async () => null)
    const fan = setup({ actors: { work } }).createMachine({
      context: { left: 20 },
      entry: enqueueActions(({ enqueue }) => {
        for (let n = 0; n < 20; n += 1) enqueue.spawnChild('work', { id: `w${n}` })
        enqueue.stopChild('w3')
        enqueue.spawnChild('work', { id: 'w5' })
      }),
      on: {
        'xstate.done.actor.*': { actions: assign({ left: ({ context }) => context.left - 1 }) },
        again: {
          actions: enqueueActions(({ enqueue }) => {
            for (const id of ['w1', 'w9', 'new']) enqueue.spawnChild('work', { id })
          }),
        },
      },
    })
    const ends = [7, 0, 19, 7, 12].map((n) => doneEvent(`w${n}`, null))
    const many = Array.from({ length: 20 }, (_, n) => doneEvent(`w${n}`, null))
    expect(both(fan, [...ends, 'again', ...many, 'again'])).toMatchObject({ repeated: 0 })
  })
})

test('keys that are set may be without number', () => {
  const machine = createMachine({
    context: { n: 0 } as never,
    on: {
      '*': {
        actions: enqueueActions(({ enqueue, event }) => {
          const { type } = event as { type: string }
          enqueue.assign({ n: type.length, [type]: 1, [`${type}!`]: [type] } as never)
          enqueue.assign({ [type]: 2 } as never)
        }),
      },
    },
  })
  const stepper = compile(machine as unknown as AnyStateMachine)
  const { state } = stepper.initial(null)
  for (let n = 0; n < 700; n += 1) {
    const { context } = stepper.next(state, { type: `k${n}` }).state
    const type = `k${n}`
    expect(context).toEqual({ n: type.length, [type]: 2, [`${type}!`]: [type] })
  }
  expect(stepper.report()).toMatchObject({ compiled: true, repeated: 0 })
})
