import { z } from 'zod'
import type { Reader, WorkRow } from '../../../core/ports.js'
import { taskBody } from '../../../engine/tasks.js'
import { endpoint } from '../endpoint.js'
import { closed, wholeNumber } from '../shapes.js'

const item = z
  .object({
    execution: z.string(),
    kind: z.enum(['timer', 'task']),
    id: z.string(),
    src: z.string().nullable().meta({ description: 'The name of the task.' }),
    state: z.string().meta({ description: 'backoff: the next attempt begins when it is due.' }),
    attempt: z.number().int().nullable(),
    due: z.number().int().meta({ description: 'Milliseconds since 1970, of the service.' }),
  })
  .meta({ id: 'dueItem' })

const due = endpoint({
  method: 'get',
  path: '/due',
  name: 'listDue',
  summary: 'The clock with what is due next, in order.',
  query: closed('a field of this query', {
    limit: wholeNumber(1, 200).exactOptional().meta({ description: '20 when absent.' }),
  }),
  answer: z.object({
    mode: z.enum(['system', 'scaled', 'virtual']),
    scale: z.number().nullable(),
    now: z.number().int(),
    due: z.array(item),
    more: z.boolean(),
  }),
  async run({ running: { builder }, query: { limit = 20 } }) {
    const { state, now } = await builder.engine.clock()
    const items = await builder.engine.read((reader) =>
      reader
        .due({ axis: 'file', until: Number.MAX_SAFE_INTEGER, limit: limit + 1 })
        .map((row) => shown(reader, row)),
    )
    const scale = state.mode === 'scaled' ? state.scale : state.mode === 'system' ? 1 : null
    const more = items.length > limit
    return { mode: state.mode, scale, now, due: items.slice(0, limit), more }
  },
})

function shown(reader: Reader, row: WorkRow): z.output<typeof item> {
  const task = row.kind === 'task' ? taskBody(row) : null
  return {
    execution: reader.execution(row.execution)?.id ?? '',
    kind: row.kind,
    id: row.id,
    src: task?.src ?? null,
    state: row.state,
    attempt: task?.attempt ?? null,
    due: row.due ?? 0,
  }
}

export const dueEndpoints = [due]
