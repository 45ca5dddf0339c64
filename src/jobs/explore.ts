import { machineJson } from '../engine/machine-json.js'
import { exploreText } from '../explore.js'
import { executionDefinition } from '../imagebuilder/definition.js'
import type { Job, JobAnswer } from '../server/jobs.js'
import { boundsOf } from '../simulate/explore/explore.js'
import { loadScenario } from '../simulate/scenario/load.js'

/** What an exploration beside a server may take; a scenario may ask for less. */
const most = { states: 100_000, seconds: 60 }

/** Explores a scenario in this one thread: the server has the other cores. */
export async function exploreJob(
  { text, file, always }: Job & { kind: 'explore' },
  onProgress: (progress: unknown) => void,
): Promise<JobAnswer> {
  const own = boundsOf(loadScenario(text, file))
  const bounds = {
    states: Math.min(own.states, most.states),
    seconds: Math.min(own.seconds, most.seconds),
  }
  const value = await exploreText(text, file, { threads: 1, bounds, always, onProgress })
  return { value: { ...value, machine: machineJson(executionDefinition.machine) } }
}
