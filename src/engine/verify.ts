import { fold } from '../core/fold.js'
import type { ExecutionRow, Reader, RecordRow } from '../core/ports.js'
import type { Registry } from './definition.js'

/** One thing that is wrong with an execution in the store. */
export interface Finding {
  readonly executionId: string
  readonly problem: string
}

const pageSize = 500

/**
 * Checks one execution: its history folds to its snapshot byte for byte, records are in order and in
 * time, and its pending tasks are the snapshot's. An execution whose machine is not here is skipped.
 */
export function verifyExecution(reader: Reader, row: ExecutionRow, registry: Registry): Finding[] {
  const definition = registry.get(row.machine)
  if (!definition) return []
  const records = recordsOf(reader, row.n)
  const problems = [...orderProblems(row, records)]
  const folded = fold(records, definition.stepper)
  if ('divergence' in folded) {
    problems.push(`record ${folded.divergence.seq}: ${folded.divergence.problem}`)
  } else {
    if (folded.state.text !== row.snapshot) problems.push('the history folds to another snapshot')
    problems.push(...taskProblems(reader, row, folded.state.children))
  }
  return problems.map((problem) => ({ executionId: row.id, problem }))
}

const executionsAtOnce = 200

/** Checks every execution, some at a time: each page is one consistent state. */
export async function verifyAll(
  read: <T>(query: (reader: Reader) => T) => Promise<T>,
  registry: Registry,
): Promise<readonly Finding[]> {
  const findings: Finding[] = []
  let last: ExecutionRow | undefined
  do {
    const after = last === undefined ? {} : { after: last.n }
    const rows = await read((reader) => {
      const page = reader.executions({ oldestFirst: true, limit: executionsAtOnce, ...after })
      for (const row of page) findings.push(...verifyExecution(reader, row, registry))
      return page
    })
    last = rows.at(-1)
  } while (last !== undefined)
  return findings
}

/** All records of an execution, ascending. */
export function recordsOf(reader: Reader, execution: number): RecordRow[] {
  const all: RecordRow[] = []
  for (;;) {
    const page = reader.records(execution, all.at(-1)?.seq ?? 0, pageSize)
    all.push(...page)
    if (page.length < pageSize) return all
  }
}

function* orderProblems(row: ExecutionRow, records: readonly RecordRow[]): Generator<string> {
  let [seq, at] = [0, row.startedAt]
  for (const record of records) {
    if (record.seq !== seq + 1) yield `record ${record.seq} follows record ${seq}`
    if (record.at < at) yield `record ${record.seq} is before its predecessor`
    ;[seq, at] = [record.seq, record.at]
  }
  if (seq !== row.seq) yield `the newest record is ${seq}, the execution says ${row.seq}`
}

function* taskProblems(
  reader: Reader,
  row: ExecutionRow,
  children: readonly string[],
): Generator<string> {
  const work = reader.workOf(row.n)
  const tasks = work.filter(({ kind }) => kind === 'task').map(({ id }) => id)
  const [pending, named] = [[...tasks].sort().join(' '), [...children].sort().join(' ')]
  if (pending !== named) yield `pending tasks are [${pending}], the snapshot names [${named}]`
  if (row.outcome !== null && work.length > 0) yield 'it has ended, yet work is pending'
}
