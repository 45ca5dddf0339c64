import { z } from 'zod'
import { endpoint } from '../endpoint.js'
import { closed, wholeNumber } from '../shapes.js'

const time = z.number().int()

const change = z
  .object({
    n: z.number().int(),
    kind: z.enum(['jump', 'pace', 'back']).meta({
      description:
        'jump: virtual time was moved on from `at` to `until`; pace: it goes on otherwise from `at` ' +
        "on; back: the wall's clock was set back and shows `until`, so time stands still at `at`.",
    }),
    at: time.meta({ description: 'Milliseconds since 1970, of the service, as `until`.' }),
    until: time,
    was: z.string().meta({ description: 'The clock before: system, virtual, scale=60.' }),
    clock: z.string().meta({ description: 'The clock from then on.' }),
    wall: time.meta({ description: "When it happened by the wall's clock, in milliseconds." }),
    record: z.number().int().meta({ description: 'The number of the newest record before it.' }),
  })
  .meta({ id: 'clockChange' })

/** A time in a query, in milliseconds since 1970. */
const instantMs = wholeNumber(0, Number.MAX_SAFE_INTEGER)

const list = endpoint({
  method: 'get',
  path: '/clock/changes',
  name: 'listClockChanges',
  summary:
    'What was done to the clock, in order: jumps of virtual time, changes of its pace, and whether ' +
    "the wall's clock was set back. The newest ten thousand are kept.",
  query: closed('a field of this query', {
    from: instantMs.exactOptional().meta({ description: 'That touch the time from here on.' }),
    to: instantMs.exactOptional().meta({ description: 'That began by then.' }),
    after: instantMs.exactOptional().meta({ description: 'Go on after this `n`.' }),
    limit: wholeNumber(1, 1_000).exactOptional().meta({ description: '100 when absent.' }),
  }),
  answer: z.object({
    changes: z.array(change),
    next: z
      .number()
      .int()
      .nullable()
      .meta({ description: 'What to give as `after` for the next page.' }),
  }),
  async run({ running: { builder }, query: { limit = 100, ...query } }) {
    const found = await builder.engine.read((reader) =>
      reader.clockChanges({ ...query, limit: limit + 1 }),
    )
    const changes = found.slice(0, limit)
    return { changes, next: found.length > limit ? (changes.at(-1)?.n ?? null) : null }
  },
})

export const clockChangeEndpoints = [list]
