import { z } from 'zod'
import type { ClockState } from '../../../core/clock.js'
import type { Moved } from '../../../engine/virtual.js'
import type { Running } from '../../service.js'
import { endpoint } from '../endpoint.js'
import { closed, durationText, instant, instantOf } from '../shapes.js'

const clock = z
  .object({
    mode: z.enum(['system', 'scaled', 'virtual']),
    scale: z.number().nullable().meta({ description: 'How many times as fast as the wall.' }),
    now: instant,
    nextDue: instant.nullable().meta({ description: 'When something is due next.' }),
  })
  .meta({ id: 'clock' })

const moved = z
  .object({
    now: instant,
    done: z.number().int().meta({ description: 'Due items worked off on the way.' }),
    held: z
      .enum(['machine', 'task'])
      .nullable()
      .meta({ description: 'Why it stopped early: work that this process cannot do.' }),
  })
  .meta({ id: 'moved' })

const standsStill = [409, 'CLOCK', 'the clock is not virtual: let it stand still first'] as const

const get = endpoint({
  method: 'get',
  path: '/clock',
  name: 'getClock',
  summary: 'The clock of the service.',
  answer: clock,
  run: ({ running }) => shown(running),
})

const advance = endpoint({
  method: 'post',
  path: '/clock/advance',
  name: 'advanceClock',
  summary: 'Moves a virtual clock on; what falls due on the way is done, each at its own time.',
  body: closed('a field of an advance', { by: durationText }),
  answer: moved,
  refusals: [standsStill],
  run: async ({ running, body }) => movedShown(await running.builder.engine.advance(body.by)),
})

const jump = endpoint({
  method: 'post',
  path: '/clock/jump',
  name: 'jumpClock',
  summary: 'Moves a virtual clock to what is due next; it stays where it is when nothing is.',
  answer: moved,
  refusals: [standsStill],
  async run({ running: { builder } }) {
    const there = await builder.engine.jump()
    return movedShown(there ?? { now: (await builder.engine.clock()).now, done: 0, held: null })
  },
})

const step = endpoint({
  method: 'post',
  path: '/clock/step',
  name: 'stepClock',
  summary:
    'Moves a virtual clock to what is due next and does one thing of that alone: of several that are ' +
    'due at one instant, the first.',
  answer: z.object({
    now: instant,
    did: z
      .object({ execution: z.string(), id: z.string() })
      .nullable()
      .meta({ description: 'The task or timer; null when nothing is due.' }),
  }),
  refusals: [standsStill],
  async run({ running: { builder } }) {
    const did = await builder.engine.doNext()
    return { now: instantOf((await builder.engine.clock()).now), did }
  },
})

const pause = endpoint({
  method: 'post',
  path: '/clock/pause',
  name: 'pauseClock',
  summary: 'Lets the clock stand still where it is: from now on it is virtual.',
  answer: clock,
  run: ({ running }) => pace(running, 0),
})

const scale = endpoint({
  method: 'post',
  path: '/clock/scale',
  name: 'scaleClock',
  summary: 'Lets the clock run on from where it is, so many times as fast as the wall.',
  body: closed('a field of a scale', {
    scale: z
      .number()
      .min(0.000_001)
      .max(1_000_000)
      .meta({ examples: [60], description: '60: an hour a minute.' }),
  }),
  answer: clock,
  run: ({ running, body }) => pace(running, body.scale),
})

async function pace(running: Running, scale: number): Promise<object> {
  await running.builder.engine.transact((tx) => tx.setPace(scale))
  return shown(running)
}

async function shown({ builder: { engine } }: Running): Promise<z.output<typeof clock>> {
  const { state, now } = await engine.clock()
  const due = await engine.read(
    (reader) => reader.due({ axis: 'file', until: Number.MAX_SAFE_INTEGER, limit: 1 })[0]?.due,
  )
  return {
    mode: state.mode,
    scale: scaleOf(state),
    now: instantOf(now),
    nextDue: due == null ? null : instantOf(due),
  }
}

function scaleOf(state: ClockState): number | null {
  if (state.mode === 'virtual') return null
  return state.mode === 'scaled' ? state.scale : 1
}

function movedShown({ now, done, held }: Moved): z.output<typeof moved> {
  return { now: instantOf(now), done, held }
}

export const clockEndpoints = [get, advance, jump, step, pause, scale]
