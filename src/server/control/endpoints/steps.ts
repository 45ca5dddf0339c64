import { z } from 'zod'
import { executionDefinition } from '../../../imagebuilder/definition.js'
import { BakelineError } from '../../../core/errors.js'
import type { Effect } from '../../../core/effects.js'
import type { ExecutionRow, Reader, RecordRow, WorkRow } from '../../../core/ports.js'
import type { Definition } from '../../../engine/definition.js'
import { machineJson } from '../../../engine/machine-json.js'
import { taskBody } from '../../../engine/tasks.js'
import { unfold, type Unfolded } from '../../../engine/unfold.js'
import { recordsOf } from '../../../engine/verify.js'
import { findRows } from '../../../imagebuilder/rows.js'
import { type Change, changesOf } from '../changes.js'
import { endpoint } from '../endpoint.js'
import { anyObject, closed, wholeNumber } from '../shapes.js'

const missing = [404, 'NOT_FOUND', 'there is no such execution'] as const

const machine = endpoint({
  method: 'get',
  path: '/machines/{key}',
  name: 'getMachine',
  summary: 'The states and transitions of a machine, by its id@version: what a picture needs.',
  answer: z.object({ key: z.string(), root: anyObject }),
  refusals: [[404, 'NOT_FOUND', 'this process does not have the machine']],
  async run({ running, path: { key } }) {
    const definition = running.builder.engine.definition(key)
    if (definition !== undefined) return machineJson(definition.machine)
    const says = `this process does not have the machine "${key.slice(0, 100)}"`
    throw new BakelineError('NOT_FOUND', says, { machine: key.slice(0, 100) })
  },
})

const step = z
  .object({
    n: z.number().int(),
    seq: z.number().int(),
    at: z.number().int().meta({ description: 'Milliseconds since 1970, of the service.' }),
    kind: z.enum(['step', 'attempt', 'migration']),
    body: anyObject.meta({ description: 'The record; what a migration carried is left out.' }),
    status: z.string().optional().meta({ description: 'The status after the step.' }),
    effects: z
      .array(anyObject)
      .optional()
      .meta({ description: 'What it asked the outside to do.' }),
    changes: z
      .array(anyObject)
      .optional()
      .meta({ description: 'What changed in the context: path, before, after.' }),
  })
  .meta({ id: 'unfoldedRecord' })

const steps = endpoint({
  method: 'get',
  path: '/executions/{id}/steps',
  name: 'getSteps',
  summary:
    'The history of an execution, unfolded: what each step changed and asked for. Taken in order, ' +
    'the changes give the context at any step. With what is pending now.',
  query: closed('a field of this query', {
    after: wholeNumber(0, Number.MAX_SAFE_INTEGER)
      .exactOptional()
      .meta({ description: 'Records after this seq.' }),
  }),
  answer: z.object({
    execution: anyObject,
    problem: z
      .string()
      .nullable()
      .meta({ description: 'Why effects and changes are missing from some step on.' }),
    records: z.array(step),
    work: z
      .array(anyObject)
      .meta({ description: 'Pending tasks and timers, with their due times.' }),
    images: z.array(anyObject).meta({ description: 'What it has made.' }),
  }),
  refusals: [missing],
  run: ({ running, path: { id }, query: { after = 0 } }) =>
    running.builder.engine.read((reader) => {
      const row = reader.executionById(id)
      if (row === undefined) throw new BakelineError('NOT_FOUND', `there is no execution "${id}"`)
      const definition = running.builder.engine.definition(row.machine)
      const records = recordsOf(reader, row.n)
      const { unfolded, problem } = unfoldedBy(definition, row.machine, records, after)
      return {
        execution: shownRow(row),
        problem,
        records: records.filter(({ seq }) => seq > after).map((each) => shown(each, unfolded)),
        work: reader.workOf(row.n).map(workShown),
        images: imagesOf(reader, row),
      }
    }),
})

interface Step {
  readonly status: string
  readonly effects: readonly object[]
  readonly changes: readonly Change[]
}

/** What each step after a record comes to; those before it are only taken. */
function unfoldedBy(
  definition: Definition | undefined,
  machine: string,
  records: readonly RecordRow[],
  after: number,
): { readonly unfolded: ReadonlyMap<number, Step>; readonly problem: string | null } {
  const unfolded = new Map<number, Step>()
  if (definition === undefined) return { unfolded, problem: `${machine} is not in this process` }
  const walk = unfold(records, definition.stepper, null)
  for (;;) {
    const next = walk.next()
    if (next.done === true) {
      const broken = next.value
      return { unfolded, problem: broken === null ? null : `step ${broken.seq}: ${broken.problem}` }
    }
    if (next.value.seq > after) unfolded.set(next.value.seq, stepOf(definition, next.value))
  }
}

function stepOf(definition: Definition, { before, state, effects }: Unfolded): Step {
  return {
    status: definition.status(state),
    effects: effects.map(effectShown),
    changes: changesOf(before?.context ?? null, state.context),
  }
}

function effectShown(effect: Effect): object {
  if (effect.kind !== 'action') return effect
  return { kind: effect.kind, type: effect.type }
}

function shown(
  { n, seq, at, kind, body }: RecordRow,
  unfolded: ReadonlyMap<number, Step>,
): z.output<typeof step> {
  const { snapshot: _, ...rest } = JSON.parse(body) as Readonly<Record<string, unknown>>
  return { n, seq, at, kind, body: rest, ...(unfolded.get(seq) as object | undefined) }
}

function shownRow({ id, machine, singletonKey, status, outcome, ...row }: ExecutionRow): object {
  const { startedAt, endedAt, seq, stuck, snapshot } = row
  return {
    id,
    machine,
    key: singletonKey,
    status,
    outcome,
    startedAt,
    endedAt,
    seq,
    stuck: stuck === null ? null : (JSON.parse(stuck) as unknown),
    snapshot: JSON.parse(snapshot) as unknown,
  }
}

function workShown(row: WorkRow): object {
  const { id, kind, state, axis, due, pool } = row
  const task = kind === 'task' ? taskBody(row) : null
  const attempt = task === null ? {} : { src: task.src, attempt: task.attempt, input: task.input }
  return { id, kind, state, axis, due, pool, ...attempt }
}

function imagesOf(reader: Reader, { id, machine }: ExecutionRow): readonly object[] {
  if (!machine.startsWith(`${executionDefinition.machine.id}@`)) return []
  return findRows(reader, 'image', { ExecutionId: id }).map(({ ImageId, Region, Status }) => {
    const shares = findRows(reader, 'share', { ImageId })
    return { ImageId, Region, Status, SharedWith: shares.map(({ Account }) => Account) }
  })
}

export const stepEndpoints = [machine, steps]
