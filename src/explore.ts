import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { portsFor } from './explore-ports.js'
import { threadsFor } from './explore-threads.js'
import {
  boundsOf,
  type Exploration,
  type ExploreOptions,
  exploreScenario,
} from './simulate/explore/explore.js'
import { loadScenario } from './simulate/scenario/load.js'

/** What {@link explore} takes beside the bounds. */
export interface ExploreFileOptions extends ExploreOptions {
  /** Threads; as many as there are cores when absent. The answer does not depend on it. */
  readonly threads?: number
}

/**
 * Explores a scenario file: every outcome of every task, every order of what falls due together, every
 * call and every crash at every moment, as far as the bounds go.
 *
 * @throws ScenarioError when the file is no scenario
 */
export async function explore(
  file: string,
  options: ExploreFileOptions = {},
): Promise<Exploration> {
  return exploreText(await readFile(file, 'utf8'), file, options)
}

/** Explores the text of a scenario; `file` is for messages only. */
export async function exploreText(
  text: string,
  file: string,
  { threads = availableParallelism(), ...options }: ExploreFileOptions = {},
): Promise<Exploration> {
  const scenario = loadScenario(text, file)
  const bounds = boundsOf(scenario, options.bounds)
  // A function cannot go to another thread.
  const helpers = options.invariants === undefined ? Math.max(0, threads - 1) : 0
  const always = options.always ?? []
  const crew = threadsFor({ text, file, bounds, always }, helpers)
  try {
    return await exploreScenario(scenario, portsFor(scenario), { ...options, crew })
  } finally {
    await crew.close()
  }
}
