import { z } from 'zod'
import { executionMachine } from '../../../../machines/execution.js'
import { executionStatuses } from '../../../../machines/status.js'
import { BakelineError } from '../../../core/errors.js'
import type { ExecutionRow, Reader, RecordRow } from '../../../core/ports.js'
import { machineKey } from '../../../engine/definition.js'
import { taskBody } from '../../../engine/tasks.js'
import type { Execution } from '../../../engine/types.js'
import { describeExecution } from '../../../imagebuilder/describe.js'
import { findRows, type Image } from '../../../imagebuilder/rows.js'
import { endpoint } from '../endpoint.js'
import { anyObject, closed, instant, instantOf, wholeNumber } from '../shapes.js'
import type { Running } from '../../service.js'

const ours = machineKey(executionMachine)

const page = {
  limit: wholeNumber(1, 1_000).exactOptional().meta({ description: '100 when absent.' }),
}
const missing = [404, 'NOT_FOUND', 'there is no such execution'] as const

const execution = anyObject.meta({
  id: 'execution',
  description: 'As DescribeImagePipelineExecutions has it, with times of the service.',
})

const templates = endpoint({
  method: 'get',
  path: '/templates',
  name: 'listTemplates',
  summary: 'Every template of every account, with its parameters.',
  answer: z.object({ templates: z.array(anyObject) }),
  run: async ({ running }) => ({
    templates: await running.builder.engine.read((reader) => findRows(reader, 'template', {})),
  }),
})

const components = endpoint({
  method: 'get',
  path: '/components',
  name: 'listComponents',
  summary: 'Every component that was created, of every account, with its content.',
  answer: z.object({ components: z.array(anyObject) }),
  run: async ({ running }) => ({
    components: await running.builder.engine.read((reader) => findRows(reader, 'component', {})),
  }),
})

const list = endpoint({
  method: 'get',
  path: '/executions',
  name: 'listExecutions',
  summary: 'Executions of every account, newest first.',
  query: closed('a field of this query', {
    ...page,
    template: z.string().exactOptional().meta({ description: 'Of this template only.' }),
    status: z.enum(executionStatuses).exactOptional(),
    after: z.string().exactOptional().meta({ description: 'Go on after this execution.' }),
  }),
  answer: z.object({
    executions: z.array(execution),
    next: z.string().nullable().meta({ description: 'What to give as `after` for the next page.' }),
  }),
  async run({ running: { builder }, query: { limit = 100, template, status, after } }) {
    const from = after === undefined ? undefined : (await rowOf(builder.engine, after)).n
    const found = await builder.engine.list({
      machine: ours,
      limit: limit + 1,
      ...(template === undefined ? {} : { singletonKey: template }),
      ...(status === undefined ? {} : { statuses: [status] }),
      ...(from === undefined ? {} : { after: from }),
    })
    const rows = found.slice(0, limit) as readonly Execution<typeof executionMachine>[]
    const next = found.length > limit ? (rows.at(-1)?.id ?? null) : null
    return { executions: rows.map(describeExecution), next }
  },
})

const show = endpoint({
  method: 'get',
  path: '/executions/{id}',
  name: 'getExecution',
  summary: 'One execution: as the service tells it, its state, what it waits for, its images.',
  answer: z.object({
    execution,
    state: z.unknown().meta({ description: 'The value of its state machine.' }),
    stuck: anyObject.nullable(),
    work: z.array(anyObject).meta({ description: 'Pending tasks and timers.' }),
    images: z
      .array(anyObject)
      .meta({ description: 'What it has made, and whom it is shared with.' }),
  }),
  refusals: [missing],
  async run({ running: { builder }, path: { id } }) {
    const { n } = await rowOf(builder.engine, id)
    const found = (await builder.engine.get(id)) as Execution<typeof executionMachine>
    const rest = await builder.engine.read((reader) => ({
      work: workOf(reader, n),
      images: findRows(reader, 'image', { ExecutionId: id }).map((image) => shared(reader, image)),
    }))
    const known = found.machine === ours
    return {
      execution: known ? describeExecution(found) : { ExecutionId: id, Status: found.status },
      state: found.value,
      stuck: found.stuck,
      ...rest,
    }
  },
})

const history = endpoint({
  method: 'get',
  path: '/executions/{id}/history',
  name: 'getHistory',
  summary: 'What happened to an execution, record by record.',
  query: closed('a field of this query', {
    ...page,
    after: wholeNumber(0, Number.MAX_SAFE_INTEGER)
      .exactOptional()
      .meta({ description: 'Records after this seq.' }),
  }),
  answer: z.object({
    records: z.array(
      z.object({
        n: z.number().int().meta({ description: 'Its place among all records of the state.' }),
        seq: z.number().int(),
        at: instant,
        kind: z.enum(['step', 'attempt', 'migration']),
        body: anyObject,
      }),
    ),
  }),
  refusals: [missing],
  async run({ running: { builder }, path: { id }, query: { after = 0, limit = 100 } }) {
    const { n } = await rowOf(builder.engine, id)
    const records = await builder.engine.read((reader) => reader.records(n, after, limit))
    return { records: records.map(recordShown) }
  },
})

async function rowOf(engine: Running['builder']['engine'], id: string): Promise<ExecutionRow> {
  const row = await engine.read((reader) => reader.executionById(id))
  if (row !== undefined) return row
  throw new BakelineError('NOT_FOUND', `there is no execution "${id}"`, { execution: id })
}

function workOf(reader: Reader, n: number): readonly object[] {
  return reader.workOf(n).map((row) => ({
    id: row.id,
    kind: row.kind,
    state: row.state,
    due: row.due === null ? null : instantOf(row.due),
    attempt: row.kind === 'task' ? taskBody(row).attempt : null,
  }))
}

function shared(reader: Reader, image: Image): object {
  const shares = findRows(reader, 'share', { ImageId: image.ImageId })
  return { ...image, SharedWith: shares.map(({ Account }) => Account) }
}

function recordShown({ n, seq, at, kind, body }: RecordRow): object {
  return { n, seq, at: instantOf(at), kind, body: JSON.parse(body) as object }
}

export const executionEndpoints = [templates, components, list, show, history]
