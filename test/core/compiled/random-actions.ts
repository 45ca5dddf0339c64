/** Actions and guards for machines made at random: one of everything that a config may say. */
import {
  and,
  assign,
  cancel,
  emit,
  enqueueActions,
  fromPromise,
  log,
  not,
  or,
  raise,
  sendTo,
  spawnChild,
  stateIn,
  stopChild,
} from 'xstate'
import type { EventData } from '../../../src/core/effects.js'
import type { Chance } from './chance.js'

export interface Memory {
  readonly n: number
  readonly list: readonly number[]
  readonly last: string
  readonly [more: string]: unknown
}

interface Args {
  readonly context: Memory
  readonly event: EventData
}

const eventTypes = ['e0', 'e1', 'e2', 'x', 'x.a', 'x.a.b', 'y.b'] as const
export const sent: readonly EventData[] = [...eventTypes, 'xstate.error.nobody'].map((type, n) => ({
  type,
  n,
}))
export const descriptors = [...eventTypes, '*', 'x.*', 'x.a.*', 'xstate.done.actor.*', 'y.*']

const work = fromPromise<unknown, unknown>(async () => null)

/** What the names in the configs stand for. */
export const implementations = {
  actors: { work, other: work },
  delays: { short: 5, long: ({ context }: Args) => context.n * 10 + 1 },
  guards: {
    even: ({ context }: Args) => context.n % 2 === 0,
    atLeast: ({ context }: Args, params: unknown) => context.n >= (params as number),
    isType: ({ event }: Args, params: unknown) => event.type === params,
    oddly: not('even'),
    alias: 'even',
    throwing: ({ context }: Args) => {
      if (context.n % 5 === 4) throw new Error('no guard today')
      return true
    },
  },
  actions: {
    count: assign({ n: ({ context }: { context: Memory }) => context.n + 1 }),
    note: assign(({ context }: { context: Memory }, params: unknown) => ({
      list: [...context.list, Number(params)].slice(-4),
    })),
    tell: emit(({ context }: { context: Memory }) => ({ type: 'told', n: context.n })),
    many: enqueueActions(({ enqueue, check, context }) => {
      enqueue.assign({ n: (context as Memory).n + 2 })
      if (check('even' as never)) enqueue('count' as never)
      else enqueue.raise({ type: 'x.a', n: (context as Memory).n } as never)
      enqueue({ type: 'note', params: 7 } as never)
    }),
    custom: () => undefined,
  },
}

export function randomGuard(chance: Chance, stateIds: readonly string[], depth = 0): unknown {
  const inner = () => randomGuard(chance, stateIds, depth + 1) as never
  const id = chance.pick(stateIds)
  const makers: (() => unknown)[] = [
    () => 'even',
    () => 'oddly',
    () => 'alias',
    () => ({ type: 'atLeast', params: chance.below(4) }),
    () => ({ type: 'isType', params: ({ event }: Args) => event.type.slice(0, 2) }),
    () =>
      ({ context }: Args) =>
        context.list.length < 3,
    () =>
      ({ event }: Args) =>
        !event.type.startsWith('xstate.done.state'),
    () => stateIn(`#${id}`),
    () => stateIn(id.slice(id.lastIndexOf('.') + 1)),
    () => (chance.once(4) ? 'throwing' : 'even'),
    () => (chance.once(12) ? 'unknown' : 'oddly'),
  ]
  const combined: (() => unknown)[] = [
    () => and([inner(), inner()]),
    () => or([inner(), inner()]),
    () => not(inner()),
  ]
  return chance.pick(depth > 1 ? makers : [...makers, ...combined])()
}

export function randomAction(chance: Chance): unknown {
  const n = chance.below(9)
  const type = chance.pick(eventTypes)
  const makers: (() => unknown)[] = [
    () => chance.pick(['count', 'tell', 'many', 'custom', 'nobody']),
    () => ({ type: 'note', params: n }),
    () => ({ type: 'note', params: ({ context }: Args) => context.n }),
    () => ({ type: 'count', params: undefined }),
    () => assign({ n, last: ({ event }: { event: EventData }) => event.type }),
    () => assign({ last: 'three', n, extra: ({ event }: { event: EventData }) => [event.type] }),
    () => assign({ [chance.pick(['added', '3', 'more'])]: [{ n }] }),
    () => assign(({ context }: { context: Memory }) => ({ n: context.n % 7, extra: { n } })),
    () => assign({ n: ({ context }: { context: Memory }) => context.n + 1 }),
    () => raise({ type, n } as never),
    () => raise((({ context }: Args) => ({ type, n: context.n })) as never),
    () => raise({ type, n } as never, { delay: n, id: `t${n % 3}` }),
    () => raise({ type, n } as never, { delay: 'long' as never }),
    () => raise({ type, n } as never, { delay: chance.pick(['missing', 'short']) as never }),
    () => raise({ type } as never, { delay: ({ context }: { context: Memory }) => context.n / 2 }),
    () => cancel(`t${n % 3}`),
    () => cancel((({ context }: Args) => `t${context.n % 3}`) as never),
    () => emit({ type: 'plain', n } as never),
    () => emit((({ event }: Args) => ({ type: 'from', event })) as never),
    () => log(({ context }) => context, 'seen'),
    () => spawnChild('work' as never, { id: `c${n % 3}`, input: { n } } as never),
    () =>
      spawnChild(
        'other' as never,
        {
          id: ({ context }: Args) => `c${context.n % 3}`,
          input: ({ context, event }: Args) => ({
            n: context.n,
            type: event.type,
            gone: undefined,
          }),
        } as never,
      ),
    () => stopChild(`c${n % 3}`),
    () => stopChild((({ context }: Args) => `c${context.n % 3}`) as never),
    () =>
      ({ context }: Args) =>
        context,
    () => collecting(chance),
    () => (chance.once(2) ? rarely(chance) : 'count'),
  ]
  return chance.pick(makers)()
}

function collecting(chance: Chance): unknown {
  const [first, second] = [randomAction(chance), randomAction(chance)]
  const stop = chance.once(2)
  const guard = chance.once(2) ? 'even' : not('even' as never)
  return enqueueActions(({ enqueue, check, context }) => {
    const { n, list } = context as Memory
    enqueue(first as never)
    if (check(guard as never)) enqueue(second as never)
    enqueue.assign(({ context: now }) => ({ list: [...list, (now as Memory).n].slice(-3) }))
    const n1 = ({ context: now }: { context: unknown }) => (now as Memory).n + 1
    enqueue.assign({ n: n1, last: 'collected' })
    enqueue.spawnChild('work' as never, { id: `d${n % 4}`, input: [n, { n }] } as never)
    enqueue.emit((() => ({ type: 'deep', n })) as never)
    enqueue.raise({ type: 'y.b', n } as never, { delay: n, id: 'later' })
    enqueue.cancel('t1')
    if (stop) enqueue.stopChild(`d${(n + 1) % 4}`)
  })
}

/** What steps are refused for, or throw. */
function rarely(chance: Chance): unknown {
  const makers: (() => unknown)[] = [
    () => assign({ n: undefined }),
    () => assign({ extra: ({ context }) => (context.n % 2 === 0 ? new Date(0) : -0) }),
    () =>
      assign(({ context }: { context: Memory }) => {
        if (context.n % 3 === 0) throw new Error('no assign today')
        return { extra: context.list }
      }),
    () => sendTo('c1', { type: 'hello' }),
    () => spawnChild('work' as never),
    () => raise('e0' as never),
    () => assign(() => null as never),
    () => assign({ extra: ({ self }) => (self.id === '' ? 0 : 1) }),
    () => assign({ extra: 'abc'.match(/b/) }),
  ]
  return chance.pick(makers)()
}
