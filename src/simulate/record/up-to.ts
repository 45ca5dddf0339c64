import { BakelineError } from '../../core/errors.js'
import type { Observed, ObservedRecord } from './observed.js'

/**
 * What had happened when a record of an execution was written, and nothing later; how the runs went
 * on stays with them, for the plan.
 *
 * @param step the number of the record
 * @throws BakelineError `INVALID_INPUT` for a record that it does not have
 */
export function upTo(observed: Observed, execution: string, step: number): Observed {
  const records = observed.runs.find(({ id }) => id === execution)?.records ?? []
  const last = records[step - 1]
  if (last === undefined) throw noStep(execution, step, records)
  const runs = observed.runs.flatMap((whole) => {
    const before = whole.records.filter(({ n }) => n <= last.n)
    return before.length === 0 ? [] : [{ ...whole, records: before, whole }]
  })
  return { ...observed, now: last.at, runs }
}

function noStep(
  execution: string,
  step: number,
  { length }: readonly ObservedRecord[],
): BakelineError {
  const message = `${execution} has ${length} steps: ask for one from 1 to ${length}`
  return new BakelineError('INVALID_INPUT', message, { execution, step: String(step) })
}
