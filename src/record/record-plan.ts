import { empiricalPlan } from '../simulate/record/empirical.js'
import { writePlan } from '../simulate/record/write-plan.js'
import { packageVersion } from '../version.js'
import { observe } from './observe.js'

/** A plan that was made of executions. */
export interface RecordedPlan {
  /** The plan file, in YAML: each rule with the number of observations behind it. */
  readonly plan: string
  readonly executions: number
  readonly rules: number
}

/**
 * Makes a plan of executions that ran, in one place or several: durations as they were observed, and
 * how often which failure came.
 *
 * @param sources as `record` takes them
 * @throws BakelineError as `record`; `INVALID_INPUT` when no attempt has ended
 */
export async function recordPlan(sources: readonly string[]): Promise<RecordedPlan> {
  const all = []
  for (const source of sources) all.push(await observe(source))
  const rules = empiricalPlan(all)
  const executions = all.reduce((sum, { runs }) => sum + runs.length, 0)
  const places = all.map(({ source }) => source).join(', ')
  const head = [
    `${executions === 1 ? '1 execution' : `${executions} executions`} of ${places}, observed by ` +
      `bakeline ${packageVersion()}.`,
  ]
  return { plan: writePlan(rules, head), executions, rules: rules.length }
}
