import { fold } from '../core/fold.js'
import type { ExecutionRow, Reader, RecordRow, Store } from '../core/ports.js'
import { type Definition, register } from './definition.js'
import { isLost, migrateExecution, migrationOf, splitKey } from './migrate.js'
import { Memory } from './memory.js'
import { Turn } from './turn.js'
import type { MachineEntry } from './types.js'
import { recordsOf } from './verify.js'

/**
 * What would become of an execution under another version of its machine:
 *
 * | verdict | meaning |
 * |---|---|
 * | `goes on` | its whole history leads to the same state and effects, and what is pending is heard |
 * | `migrates` | a registered migration carries it over |
 * | `breaks` | the machine in place of the old one, or its migration, fails it: see `problem` |
 * | `waits` | it is pinned to another version, from which no migration leads: it is left alone |
 */
export interface Compatibility {
  readonly executionId: string
  readonly machine: string
  /** Null while it lives. */
  readonly outcome: ExecutionRow['outcome']
  readonly verdict: 'goes on' | 'migrates' | 'breaks' | 'waits'
  /** The record at which the history goes another way; null when it does not. */
  readonly record: number | null
  /** What is wrong, for people; null when nothing is. */
  readonly problem: string | null
}

/**
 * Says what would become of an execution under a machine of the same id. Reads only: a migration is
 * tried on a copy.
 */
function compatibility(reader: Reader, row: ExecutionRow, definition: Definition): Compatibility {
  const { id: executionId, machine, outcome } = row
  const about = { executionId, machine, outcome }
  if (outcome === null && migrationOf(machine, definition) !== undefined) {
    const problem = migrationProblem(reader, row, definition)
    return { ...about, verdict: problem === null ? 'migrates' : 'breaks', record: null, problem }
  }
  const found = differenceOf(reader, row, definition)
  if (machine === definition.key) {
    if (found === null) return { ...about, verdict: 'goes on', record: null, problem: null }
    return { ...about, verdict: 'breaks', ...found }
  }
  const instead = `no migration leads from ${machine} to ${definition.key}`
  const problem = found === null ? instead : `${instead}; in its place, ${found.problem}`
  return { ...about, verdict: 'waits', record: found?.record ?? null, problem }
}

const pageSize = 500

/**
 * Goes through the executions of a store and says what would become of each under a machine of the
 * same id. Reads only; the live ones, unless all are asked for.
 *
 * @throws BakelineError `NOT_DURABLE` for a machine that cannot be made durable
 */
export async function* checkVersion(
  store: Pick<Store, 'read'>,
  entry: MachineEntry,
  { all = false }: { readonly all?: boolean } = {},
): AsyncGenerator<Compatibility> {
  const [definition] = register([entry]).values()
  if (definition === undefined) return
  let after: number | undefined
  for (;;) {
    const page = await store.read((reader) => {
      const rows = reader.executions({
        oldestFirst: true,
        limit: pageSize,
        ...(all ? {} : { live: true }),
        ...(after === undefined ? {} : { after }),
      })
      const ours = rows.filter((row) => isOf(row, definition))
      const verdicts = ours.map((row) => compatibility(reader, row, definition))
      return { last: rows.at(-1)?.n, verdicts }
    })
    yield* page.verdicts
    if (page.last === undefined) return
    after = page.last
  }
}

/** Whether an execution is of this machine, in whatever version. */
function isOf({ machine }: ExecutionRow, definition: Definition): boolean {
  return splitKey(machine)[0] === definition.machine.id
}

interface Difference {
  readonly record: number | null
  readonly problem: string
}

/** The first way in which the machine, put in the place of the old one, does not carry on. */
function differenceOf(
  reader: Reader,
  row: ExecutionRow,
  definition: Definition,
): Difference | null {
  const records = recordsOf(reader, row.n)
  const gone = missingState(row, definition)
  const folded = fold(records, definition.stepper)
  if ('divergence' in folded) {
    const { seq, problem } = folded.divergence
    return { record: seq, problem: [gone, problem].filter((part) => part !== null).join('; ') }
  }
  if (folded.state.text !== row.snapshot) {
    const { seq } = records.at(-1) as RecordRow
    return { record: seq, problem: 'its history leads to another context now' }
  }
  const lost = reader.workOf(row.n).find((work) => isLost(work, definition))
  return lost === undefined ? null : { record: null, problem: `nothing hears its timer ${lost.id}` }
}

/** The state that an execution sits in, when the machine does not have it. */
function missingState({ snapshot }: ExecutionRow, { stepper }: Definition): string | null {
  try {
    // Tags are looked up in the machine, so that a state which is not there throws.
    return stepper.load(snapshot).tags && null
  } catch {
    const { value } = JSON.parse(snapshot) as { readonly value: unknown }
    return `the state ${JSON.stringify(value)}, in which it is, does not exist any more`
  }
}

function migrationProblem(
  reader: Reader,
  row: ExecutionRow,
  definition: Definition,
): string | null {
  const context = {
    registry: new Map([[definition.key, definition]]),
    simulate: () => null,
    wall: 0,
    newId: (kind: string, n: number) => `${kind}-${n}`,
  }
  try {
    // Nothing of this turn is written.
    migrateExecution(new Turn(reader, context, new Memory()), row.id, definition)
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
