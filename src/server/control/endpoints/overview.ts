import { z } from 'zod'
import { executionDefinition } from '../../../imagebuilder/definition.js'
import type { StepRecord } from '../../../core/history.js'
import { initEvent } from '../../../core/history.js'
import type { Json } from '../../../core/json.js'
import type { ExecutionRow, Reader } from '../../../core/ports.js'
import { recordsOf } from '../../../engine/verify.js'
import { endpoint } from '../endpoint.js'
import { closed, wholeNumber } from '../shapes.js'

const ms = z.number().int().meta({ description: 'Milliseconds since 1970, of the service.' })

const overviewRow = z
  .object({
    n: z.number().int(),
    id: z.string(),
    machine: z.string(),
    key: z.string().nullable().meta({ description: 'Its singleton key: the ImagePipelineId.' }),
    status: z.string(),
    outcome: z.enum(['done', 'failed', 'cancelled']).nullable(),
    stuck: z.boolean(),
    startedAt: ms,
    endedAt: ms.nullable(),
    seq: z.number().int(),
    moves: z
      .array(z.tuple([z.string(), ms]))
      .meta({ description: 'The states it entered, and when: `create.building`.' }),
    retries: z.number().int(),
    images: z
      .tuple([z.number().int(), z.number().int()])
      .nullable()
      .meta({ description: 'How many are there, of how many; null for other machines.' }),
  })
  .meta({ id: 'overviewRow' })

type Row = z.output<typeof overviewRow>

const overview = endpoint({
  method: 'get',
  path: '/overview',
  name: 'getOverview',
  summary:
    'Executions of every machine, newest first, with the states that each went through: what a ' +
    'picture of many needs. `newest` is where the stream of events goes on.',
  query: closed('a field of this query', {
    limit: wholeNumber(1, 500).exactOptional().meta({ description: '100 when absent.' }),
    after: wholeNumber(1, Number.MAX_SAFE_INTEGER)
      .exactOptional()
      .meta({ description: 'Go on after the execution of this n.' }),
  }),
  answer: z.object({
    newest: z.number().int(),
    total: z.number().int(),
    rows: z.array(overviewRow),
    next: z.number().int().nullable().meta({ description: '`after` of the next page.' }),
  }),
  run: ({ running, query: { limit = 100, after } }) =>
    running.builder.engine.read((reader) => {
      const page = { limit: limit + 1, ...(after === undefined ? {} : { after }) }
      const found = reader.executions(page)
      const rows = found.slice(0, limit).map((row) => rowOf(reader, row))
      return {
        newest: reader.counter('record'),
        total: reader.executionCount({}),
        rows,
        next: found.length > limit ? (rows.at(-1)?.n ?? null) : null,
      }
    }),
})

const ours = `${executionDefinition.machine.id}@`

function rowOf(reader: Reader, row: ExecutionRow): Row {
  const moves: [string, number][] = []
  let [retries, made, wanted] = [0, 0, 1]
  for (const { kind, at, body } of recordsOf(reader, row.n)) {
    if (kind === 'attempt' && body.includes('"failed"')) retries += 1
    if (kind !== 'step') continue
    const { event, value } = JSON.parse(body) as StepRecord
    const path = pathOf(value)
    if (moves.at(-1)?.[0] !== path) moves.push([path, at])
    if (event.type === initEvent) wanted += copiesIn(event.input)
    if (/^xstate\.done\.actor\.(?:buildImage$|copy\.)/.test(event.type)) made += 1
  }
  const { n, id, machine, singletonKey: key, status, outcome, startedAt, endedAt, seq } = row
  const images: Row['images'] = machine.startsWith(ours) ? [made, wanted] : null
  const facts = { n, id, machine, key, status, outcome, startedAt, endedAt, seq }
  return { ...facts, stuck: row.stuck !== null, moves, retries, images }
}

function copiesIn(input: Json | undefined): number {
  const copies = (input as { readonly copies?: unknown } | null | undefined)?.copies
  return Array.isArray(copies) ? copies.length : 0
}

/** A state value in one word: `create.building`; parallel states as JSON. */
function pathOf(value: Json): string {
  if (typeof value === 'string') return value
  const entries = Object.entries(value as { readonly [key: string]: Json })
  const [only] = entries
  if (only === undefined || entries.length > 1) return JSON.stringify(value)
  return `${only[0]}.${pathOf(only[1])}`
}

export const overviewEndpoints = [overview]
