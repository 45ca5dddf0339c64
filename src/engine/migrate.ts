import { BakelineError } from '../core/errors.js'
import type { MigrationRecord } from '../core/history.js'
import { type Json, viaJson } from '../core/json.js'
import type { ExecutionRow, Reader, WorkRow } from '../core/ports.js'
import type { State } from '../core/stepper.js'
import { unpark } from './commands.js'
import { statusOf } from './step.js'
import { stopTask } from './tasks.js'
import { type Definition, type Migration, machineKey } from './definition.js'
import type { Turn } from './turn.js'

/**
 * Moves a live execution, stuck or not, to the version of a machine that this process has, by the
 * migration registered for the version it leaves. Timers and tasks go on; a task that the migrated
 * snapshot does not name as a child is dropped, and a timer that no state would hear is refused.
 *
 * @returns false when there is nothing to move any more: it has ended or was moved meanwhile.
 * @throws BakelineError `STEP_FAILED` when the migration throws or leads to a state that the new
 *   version does not have.
 */
export function migrateExecution(turn: Turn, id: string, definition: Definition): boolean {
  const row = turn.drafts.row(id)
  const migration = row && row.outcome === null ? migrationOf(row.machine, definition) : undefined
  if (!row || !migration) return false
  const { snapshot, state } = migrated(definition, row, migration)
  const draft = turn.drafts.adopt(row, definition, state)
  const record: MigrationRecord = { from: row.machine, to: definition.key, snapshot }
  turn.record(draft, Math.max(turn.now, row.updatedAt), 'migration', record)
  const status = statusOf(draft, state)
  turn.drafts.update(draft, { machine: definition.key, snapshot, status, stuck: null }, state)
  for (const work of turn.pending.of(row.n)) {
    if (work.kind === 'timer' || state.children.includes(work.id)) {
      turn.pending.put({ ...work, machine: definition.key })
    } else stopTask(turn, draft, work.id)
  }
  const lost = turn.pending.of(row.n).find((work) => isLost(work, definition))
  if (lost) {
    const why = `no state of it has the timer "${lost.id}"; give the state its old name as id`
    throw failed(definition.key, row, why)
  }
  const missing = state.children.find((id) => !turn.pending.get(row.n, 'task', id))
  if (missing !== undefined) throw failed(definition.key, row, `no task "${missing}" is pending`)
  unpark(turn, draft)
  return true
}

/** A timer of an `after` goes by the id of its state: a state of another name would never see it. */
export function isLost({ kind, id }: WorkRow, { machine }: Definition): boolean {
  return kind === 'timer' && id.startsWith('xstate.after.') && !machine.events.includes(id)
}

function migrated(
  { key, stepper }: Definition,
  row: ExecutionRow,
  migration: Migration,
): { snapshot: string; state: State } {
  try {
    const text = JSON.stringify(viaJson(migration(JSON.parse(row.snapshot) as Json)))
    const state = stepper.load(text)
    // To ask for the tags is to look up the state in the machine: it throws where there is none.
    return state.tags && { snapshot: text, state }
  } catch (error) {
    throw failed(key, row, error instanceof Error ? error.message : String(error))
  }
}

function failed(key: string, { id, machine }: ExecutionRow, why: string): BakelineError {
  const message = `the migration of ${id} from ${machine} to ${key} failed: ${why}`
  return new BakelineError('STEP_FAILED', message, { execution: id, machine })
}

/** `order@2` as id and version; an id may hold an @ itself. */
export function splitKey(key: string): [id: string, version: string] {
  const at = key.lastIndexOf('@')
  return [key.slice(0, at), key.slice(at + 1)]
}

/** Ids of the live executions that can be moved to this machine, oldest first. */
export function olderOf(reader: Reader, definition: Definition): readonly string[] {
  const query = { live: true, oldestFirst: true, limit: 500 } as const
  const ids: string[] = []
  let page = reader.executions(query)
  while (page.length > 0) {
    for (const row of page) if (migrationOf(row.machine, definition)) ids.push(row.id)
    page = reader.executions({ ...query, after: (page.at(-1) as ExecutionRow).n })
  }
  return ids
}

/** What leads an execution of `key` to this machine, if anything does. */
export function migrationOf(
  key: string,
  { machine, migrations }: Definition,
): Migration | undefined {
  const [id, version] = splitKey(key)
  return id === machine.id && key !== machineKey(machine) ? migrations[version] : undefined
}

/**
 * Moves executions one after the other, each in a transaction of its own; what fails for one is
 * thrown when the others have been moved.
 *
 * @returns the ids that were moved
 */
export async function migrateAll(
  ids: readonly string[],
  move: (id: string) => Promise<boolean>,
): Promise<readonly string[]> {
  const moved: string[] = []
  const failures: unknown[] = []
  for (const id of ids) {
    try {
      if (await move(id)) moved.push(id)
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw failures[0]
  return moved
}
