import { basename } from 'node:path'
import { retell } from '../simulate/record/attempts.js'
import { empiricalPlan } from '../simulate/record/empirical.js'
import type { ObservedAttempt } from '../simulate/record/observed.js'
import { serviceAttempts } from '../simulate/record/service/attempts.js'
import { serviceRuns } from '../simulate/record/service/scenario.js'
import { writePlan } from '../simulate/record/write-plan.js'
import { packageVersion } from '../version.js'
import { observe } from './observe.js'
import { savedAnswers } from './saved.js'

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
  const all: Watched[] = []
  for (const source of sources) all.push(await watch(source))
  const rules = empiricalPlan(all.flatMap(({ attempts }) => attempts))
  const executions = all.reduce((sum, watched) => sum + watched.executions, 0)
  const places = all.map(({ source }) => source).join(', ')
  const head = [
    `${executions === 1 ? '1 execution' : `${executions} executions`} of ${places}, observed by ` +
      `bakeline ${packageVersion()}.`,
  ]
  return { plan: writePlan(rules, head), executions, rules: rules.length }
}

/** What a source tells of attempts. */
interface Watched {
  readonly source: string
  readonly executions: number
  readonly attempts: readonly ObservedAttempt[]
}

async function watch(from: string): Promise<Watched> {
  const answers = await savedAnswers([from])
  if (answers === null) {
    const { source, runs } = await observe(from)
    const attempts = runs.flatMap((run) => retell(run).attempts)
    return { source, executions: runs.length, attempts }
  }
  const source = basename(from)
  const runs = serviceRuns(answers, source)
  return { source, executions: runs.length, attempts: runs.flatMap(serviceAttempts) }
}
