import { z } from 'zod'
import { executionMachine } from '../../../../machines/execution.js'
import type { ExecutionContext } from '../../../../machines/execution-context.js'
import type { ShareImageInput } from '../../../../machines/tasks.js'
import type { ExecutionRow, Reader, WorkRow } from '../../../core/ports.js'
import { machineKey } from '../../../engine/definition.js'
import { type TaskBody, taskBody } from '../../../engine/tasks.js'
import { endpoint } from '../endpoint.js'
import { closed, wholeNumber } from '../shapes.js'

const ours = machineKey(executionMachine)

const share = z
  .object({
    region: z.string(),
    accounts: z.array(z.string()),
    first: z.number().int().meta({ description: 'Accounts of the image that come before these.' }),
    of: z.number().int().meta({ description: 'Accounts that the image is shared with in all.' }),
  })
  .meta({ id: 'dueShare' })

const item = z
  .object({
    execution: z.string(),
    kind: z.enum(['timer', 'task']),
    id: z.string(),
    src: z.string().nullable().meta({ description: 'The name of the task.' }),
    state: z.string().meta({ description: 'backoff: the next attempt begins when it is due.' }),
    attempt: z.number().int().nullable(),
    due: z.number().int().meta({ description: 'Milliseconds since 1970, of the service.' }),
    share: share.nullable().meta({ description: 'What it shares; null for any other work.' }),
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
  const execution = reader.execution(row.execution)
  return {
    execution: execution?.id ?? '',
    kind: row.kind,
    id: row.id,
    src: task?.src ?? null,
    state: row.state,
    attempt: task?.attempt ?? null,
    due: row.due ?? 0,
    share: execution === undefined || task === null ? null : shareOf(execution, task),
  }
}

/** Callers know a share by its region and accounts: its id says neither which nor how many. */
function shareOf(
  { machine, snapshot }: ExecutionRow,
  { src, input }: TaskBody,
): z.output<typeof share> | null {
  if (machine !== ours || src !== 'shareImage') return null
  const { context } = JSON.parse(snapshot) as { readonly context: ExecutionContext }
  const { region, accounts } = input as unknown as ShareImageInput
  const first = context.accounts.indexOf(accounts[0] ?? '')
  return { region, accounts: [...accounts], first, of: context.accounts.length }
}

export const dueEndpoints = [due]
