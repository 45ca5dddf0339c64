import { BakelineError } from '../core/errors.js'
import type { Effect } from '../core/effects.js'
import type { ExecutionRow, Reader, RecordRow, WorkRow } from '../core/ports.js'
import { type Change, changesOf } from '../engine/changes.js'
import type { Definition } from '../engine/definition.js'
import type { Engine } from '../engine/engine.js'
import { taskBody } from '../engine/tasks.js'
import { unfold, type Unfolded } from '../engine/unfold.js'
import { recordsOf } from '../engine/verify.js'
import { executionDefinition } from './definition.js'
import { findRows } from './rows.js'

/** A history, unfolded: what each step changed and asked for, and what is pending now. */
export interface Steps {
  readonly execution: object
  /** Why effects and changes are missing from some step on; null when none are. */
  readonly problem: string | null
  readonly records: readonly UnfoldedRecord[]
  readonly work: readonly object[]
  readonly images: readonly object[]
}

export interface UnfoldedRecord extends Partial<Step> {
  readonly n: number
  readonly seq: number
  readonly at: number
  readonly kind: RecordRow['kind']
  /** The record; the snapshot of a migration is left out. */
  readonly body: Readonly<Record<string, unknown>>
}

/**
 * The history of an execution of any machine as a picture of it needs it. Reads all of it.
 *
 * @param after records after this seq
 * @throws BakelineError `NOT_FOUND`
 */
export function stepsOf(engine: Engine, id: string, after = 0): Promise<Steps> {
  return engine.read((reader) => {
    const row = reader.executionById(id)
    if (row === undefined) throw new BakelineError('NOT_FOUND', `there is no execution "${id}"`)
    const definition = engine.definition(row.machine)
    const records = recordsOf(reader, row.n)
    const { unfolded, problem } = unfoldedBy(definition, row.machine, records, after)
    return {
      execution: shownRow(row),
      problem,
      records: records.filter(({ seq }) => seq > after).map((each) => shown(each, unfolded)),
      work: reader.workOf(row.n).map(workShown),
      images: imagesOf(reader, row),
    }
  })
}

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
): UnfoldedRecord {
  const { snapshot: _, ...rest } = JSON.parse(body) as Readonly<Record<string, unknown>>
  return { n, seq, at, kind, body: rest, ...unfolded.get(seq) }
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
  if (task === null) return { id, kind, state, axis, due, pool }
  const { src, attempt, input } = task
  const since = state === 'running' && task.since !== undefined ? { since: task.since } : {}
  return { id, kind, state, axis, due, pool, src, attempt, input, ...since }
}

function imagesOf(reader: Reader, { id, machine }: ExecutionRow): readonly object[] {
  if (!machine.startsWith(`${executionDefinition.machine.id}@`)) return []
  return findRows(reader, 'image', { ExecutionId: id }).map(({ ImageId, Region, Status }) => {
    const shares = findRows(reader, 'share', { ImageId })
    return { ImageId, Region, Status, SharedWith: shares.map(({ Account }) => Account) }
  })
}
