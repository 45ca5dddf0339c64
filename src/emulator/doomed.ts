import { BakelineError } from '../core/errors.js'
import { type AttemptRecord, endedTask, type StepRecord } from '../core/history.js'
import type { Batch, Decide, Reader, RecordRow, Store } from '../core/ports.js'
import { taskBody } from '../engine/task-body.js'
import type { EndedAttempt, Faults } from '../gateway/faults/faults.js'

/** A store as a process has it that may die at a commit. */
export interface Doomed extends Store {
  /** From now on nothing is written any more. */
  die(): void
  readonly dead: boolean
}

/**
 * Lets the process die at the commit that faults name: what that would write is written or is not,
 * and nothing is after it.
 *
 * @param died called once, within the commit
 */
export function doomed(store: Store, faults: () => Faults | undefined, died: () => void): Doomed {
  let dead = false
  const die = (): void => {
    if (dead) return
    dead = true
    died()
  }
  const transact = <T>(decide: Decide<T>): Promise<T> =>
    store.transact((reader) => {
      if (dead) throw gone()
      const decision = decide(reader)
      const known = faults()
      if (decision.batch === null || known?.areOfTasks !== true) return decision
      const end = endIn(reader, decision.batch, known)
      if (end === null) return decision
      die()
      if (end === 'before') throw gone()
      return decision
    })
  return {
    transact,
    gathered: () => store.gathered(),
    read: <T>(query: (reader: Reader) => T) => store.read(query),
    foreignVersion: () => store.foreignVersion(),
    close: () => store.close(),
    die,
    get dead() {
      return dead
    },
  }
}

function gone(): BakelineError {
  return new BakelineError('CLOSED', 'the process died, as a fault asks; the file is opened anew')
}

/** Whether the process dies with a batch, and on which side of it. */
function endIn(reader: Reader, { records }: Batch, faults: Faults): 'before' | 'after' | null {
  for (const record of records) {
    const ended = endedIn(reader, record)
    const end = ended === null ? null : faults.strikeEnd(ended)
    if (end !== null) return end
  }
  return null
}

/** The attempt whose end a record tells; null for any other. */
function endedIn(reader: Reader, { execution, kind, body }: RecordRow): EndedAttempt | null {
  const id = kind === 'step' ? stepEnds(body) : kind === 'attempt' ? attemptEnds(body) : null
  const row = id === null ? undefined : taskRow(reader, execution, id)
  if (row === undefined) return null
  const { src, attempt, input } = taskBody(row)
  const pipeline = reader.execution(execution)?.singletonKey ?? ''
  return {
    id: `${row.n} ${attempt}`,
    task: src,
    attempt,
    region: String((input as { readonly region?: unknown } | null)?.region ?? ''),
    template: () => {
      const name = reader.catalogGet('template', pipeline)?.body['Name']
      return typeof name === 'string' ? name : undefined
    },
  }
}

function stepEnds(body: string): string | null {
  return endedTask((JSON.parse(body) as StepRecord).event.type)
}

function attemptEnds(body: string): string | null {
  const { phase, task } = JSON.parse(body) as AttemptRecord
  return phase === 'failed' ? task : null
}

function taskRow(reader: Reader, execution: number, id: string) {
  return reader.workOf(execution).find((row) => row.kind === 'task' && row.id === id)
}
