import { replayScenario } from '../compose.js'
import { withTemporaryFile } from '../replay.js'
import type { Job, JobAnswer } from '../server/jobs.js'
import { loadScenario } from '../simulate/scenario/load.js'

/** Who asks over HTTP waits for it. */
const mostSteps = 500

/** Replays a scenario, and keeps the histories of its executions for whoever looks at them. */
export async function replayJob({ text, file }: Job & { kind: 'replay' }): Promise<JobAnswer> {
  const scenario = loadScenario(text, file)
  const { length } = scenario.steps
  if (length > mostSteps) {
    const message = `it has ${length} steps; ${mostSteps} at most are played here`
    return { mistakes: [{ line: 1, column: 1, message }] }
  }
  const value = await withTemporaryFile((path) =>
    replayScenario(scenario, path, { durability: 'none', lives: true }),
  )
  return { value }
}
