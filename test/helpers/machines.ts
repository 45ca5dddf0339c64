import {
  assign,
  cancel,
  emit,
  enqueueActions,
  fromPromise,
  log,
  raise,
  setup,
  stopChild,
} from 'xstate'

/** A piece of outside work that takes a name and gives its length. */
export const measure = fromPromise<number, { name: string }>(async ({ input }) => input.name.length)

/** One task, one end: what most tests need. */
export const job = setup({
  types: {
    context: {} as { name: string; length: number | null; problem: string | null },
    events: {} as { type: 'stop' } | { type: 'rename'; name: string },
    input: {} as { name: string },
    output: {} as { length: number | null },
    tags: {} as 'busy' | 'settled',
  },
  actors: { measure },
}).createMachine({
  id: 'job',
  version: '1',
  context: ({ input }) => ({ name: input.name, length: null, problem: null }),
  initial: 'working',
  on: { rename: { actions: assign({ name: ({ event }) => event.name }) } },
  states: {
    working: {
      tags: ['busy'],
      on: { stop: 'stopped' },
      invoke: {
        src: 'measure',
        id: 'measuring',
        input: ({ context }) => ({ name: context.name }),
        onDone: { target: 'done', actions: assign({ length: ({ event }) => event.output }) },
        onError: {
          target: 'failed',
          actions: assign({ problem: ({ event }) => (event.error as Error).message }),
        },
      },
    },
    stopped: { tags: ['settled'], type: 'final' },
    done: { tags: ['settled'], type: 'final' },
    failed: { tags: ['settled'], type: 'final' },
  },
  output: ({ context }) => ({ length: context.length }),
})

/** Reminds after a minute and again every hour; may be put off. */
export const reminder = setup({
  types: {
    context: {} as { reminded: number; delay: number },
    events: {} as { type: 'snooze' } | { type: 'ring' } | { type: 'off' },
    input: {} as { delay?: number },
  },
  delays: { first: ({ context }) => context.delay },
}).createMachine({
  id: 'reminder',
  version: '1',
  context: ({ input }) => ({ reminded: 0, delay: input.delay ?? 60_000 }),
  initial: 'waiting',
  on: { off: '.over' },
  states: {
    waiting: { after: { first: 'reminding' }, on: { snooze: 'snoozing' } },
    snoozing: {
      entry: raise({ type: 'ring' }, { id: 'snooze', delay: 600_000 }),
      on: { ring: 'reminding' },
    },
    reminding: {
      entry: assign({ reminded: ({ context }) => context.reminded + 1 }),
      after: { 3_600_000: { target: 'reminding', reenter: true } },
    },
    over: { type: 'final' },
  },
})

/** As many tasks at once as it is told, one child each. */
export const fan = setup({
  types: {
    context: {} as { parts: readonly string[]; ended: readonly string[]; failed: number },
    events: {} as { type: 'drop'; part: string },
    input: {} as { parts: readonly string[] },
    output: {} as { ended: readonly string[]; failed: number },
  },
  actors: { measure },
  guards: {
    allEnded: ({ context }) => context.ended.length === context.parts.length,
  },
}).createMachine({
  id: 'fan',
  version: '1',
  context: ({ input }) => ({ parts: input.parts, ended: [], failed: 0 }),
  initial: 'out',
  states: {
    out: {
      entry: enqueueActions(({ enqueue, context }) => {
        for (const part of context.parts) {
          enqueue.spawnChild('measure', { id: `part.${part}`, input: { name: part } })
        }
      }),
      always: { guard: 'allEnded', target: 'done' },
      on: {
        'xstate.done.actor.*': {
          actions: assign(({ context, event }) => ({
            ended: [...context.ended, (event as unknown as { actorId: string }).actorId],
          })),
        },
        'xstate.error.actor.*': {
          actions: assign(({ context, event }) => ({
            ended: [...context.ended, (event as unknown as { actorId: string }).actorId],
            failed: context.failed + 1,
          })),
        },
        drop: {
          actions: [
            stopChild(({ event }) => `part.${event.part}`),
            assign(({ context, event }) => ({ ended: [...context.ended, `part.${event.part}`] })),
          ],
        },
      },
    },
    done: { type: 'final' },
  },
  output: ({ context }) => ({ ended: context.ended, failed: context.failed }),
})

type TripEvent =
  | { type: 'go' }
  | { type: 'pause' }
  | { type: 'resume' }
  | { type: 'resumeDeep' }
  | { type: 'resumeRoad' }
  | { type: 'next' }
  | { type: 'tick' }
  | { type: 'later' }
  | { type: 'sooner' }
  | { type: 'music.on' }
  | { type: 'music.off' }
  | { type: 'arrive' }

/**
 * Something of everything: nested and parallel states, both histories, timers of every kind. No two
 * timers fall due together when what sets them comes at whole hundredths of a second: xstate leaves
 * their order open.
 */
export const trip = setup({
  types: {
    context: {} as { log: readonly string[]; ticks: number; slow: number },
    events: {} as TripEvent,
    input: {} as { slow: number },
    output: {} as { ticks: number },
    emitted: {} as { type: 'passed'; ticks: number },
    tags: {} as 'moving' | 'loud' | 'resting',
  },
  delays: { leg: ({ context }) => 1_001 + context.slow * 500, idle: 90_004 },
  guards: { tired: ({ context }) => context.ticks > 0 && context.ticks % 5 === 0 },
  actions: {
    note: assign(({ context }, what: string) => ({ log: [...context.log, what].slice(-6) })),
  },
}).createMachine({
  id: 'trip',
  version: '1',
  context: ({ input }) => ({ log: [], ticks: 0, slow: input.slow }),
  initial: 'home',
  on: {
    'music.*': { actions: { type: 'note', params: 'music' } },
    later: {
      actions: [
        cancel('later'),
        raise({ type: 'tick' }, { delay: 4_005, id: 'later' }),
        raise({ type: 'tick' }, { delay: 709 }),
      ],
    },
  },
  states: {
    home: { tags: ['resting'], on: { go: 'way' }, after: { idle: 'way' } },
    way: {
      type: 'parallel',
      tags: ['moving'],
      on: { pause: 'rest', arrive: 'there', sooner: { actions: raise({ type: 'tick' }) } },
      states: {
        road: {
          initial: 'street',
          states: {
            street: { after: { leg: 'highway' }, on: { next: 'highway' } },
            highway: {
              initial: 'slow',
              entry: emit(({ context }) => ({ type: 'passed', ticks: context.ticks })),
              on: { next: 'bridge' },
              states: {
                slow: { after: { 2_003: 'fast' }, on: { tick: 'fast' } },
                fast: { on: { tick: 'slow' } },
              },
            },
            bridge: { type: 'final', entry: { type: 'note', params: 'bridge' } },
            last: { type: 'history' },
          },
        },
        engine: {
          initial: 'calm',
          on: {
            tick: {
              target: '.calm',
              actions: assign({ ticks: ({ context }) => context.ticks + 1 }),
            },
          },
          states: {
            calm: {
              always: { guard: 'tired', target: 'hot', actions: { type: 'note', params: 'hot' } },
            },
            hot: { tags: ['loud'], after: { 3_007: 'cold' } },
            cold: { type: 'final' },
          },
        },
        shallow: { type: 'history' },
        deep: { type: 'history', history: 'deep' },
      },
      onDone: 'there',
    },
    rest: {
      tags: ['resting'],
      entry: [{ type: 'note', params: 'rest' }, log('resting')],
      exit: { type: 'note', params: 'up' },
      on: {
        resume: '#trip.way.shallow',
        resumeDeep: '#trip.way.deep',
        resumeRoad: '#trip.way.road.last',
        go: { target: 'rest', reenter: true },
        '*': { actions: { type: 'note', params: 'other' } },
      },
      after: { 5_002: '#trip.way.deep' },
    },
    there: { type: 'final' },
  },
  output: ({ context }) => ({ ticks: context.ticks }),
})

/** What may be sent, the more telling ones more often. */
export const tripEvents: readonly TripEvent['type'][] = [
  'go',
  'go',
  'next',
  'next',
  'pause',
  'pause',
  'resume',
  'resumeDeep',
  'resumeRoad',
  'tick',
  'tick',
  'later',
  'sooner',
  'music.on',
  'music.off',
  'arrive',
]

type VoyageEvent = { type: 'cast' } | { type: 'anchor' } | { type: 'weigh' } | { type: 'look' }

/** What a newcomer writes: tasks beside timers, in parallel states, with a way back. */
export const voyage = setup({
  types: {
    context: {} as { seen: readonly string[]; tries: number },
    events: {} as VoyageEvent,
    input: {} as { crew: number },
    output: {} as { seen: readonly string[] },
    tags: {} as 'at sea',
  },
  actors: { measure },
  actions: { see: assign(({ context }, what: string) => ({ seen: [...context.seen, what] })) },
}).createMachine({
  id: 'voyage',
  version: '1',
  context: { seen: [], tries: 0 },
  initial: 'harbour',
  states: {
    harbour: { on: { cast: 'sea' }, after: { 60_000: 'sea' } },
    sea: {
      type: 'parallel',
      tags: ['at sea'],
      on: { anchor: 'anchored' },
      onDone: 'arrived',
      states: {
        sails: {
          initial: 'hoisting',
          states: {
            hoisting: {
              invoke: {
                src: 'measure',
                id: 'hoist',
                input: { name: 'sail' },
                onDone: 'full',
                onError: 'torn',
              },
            },
            torn: {
              entry: assign({ tries: ({ context }) => context.tries + 1 }),
              after: { 2_500: 'hoisting' },
            },
            full: { type: 'final', entry: { type: 'see', params: 'wind' } },
          },
        },
        lookout: {
          initial: 'watching',
          states: {
            watching: {
              entry: enqueueActions(({ enqueue, context }) => {
                for (const side of ['port', 'starboard']) {
                  const id = `${side}.${context.seen.length}`
                  enqueue.spawnChild('measure', { id, input: { name: side } })
                }
              }),
              on: {
                look: { target: 'watching', reenter: true },
                'xstate.done.actor.*': {
                  actions: { type: 'see', params: 'a side' },
                },
                'xstate.error.actor.*': { actions: { type: 'see', params: 'fog' } },
              },
              after: { 7_000: 'enough' },
            },
            enough: { type: 'final' },
          },
        },
        again: { type: 'history', history: 'deep' },
      },
    },
    anchored: { on: { weigh: '#voyage.sea.again' }, after: { 30_000: 'arrived' } },
    arrived: { type: 'final' },
  },
  output: ({ context }) => ({ seen: context.seen }),
})

export const voyageEvents: readonly VoyageEvent['type'][] = ['cast', 'anchor', 'weigh', 'look']
