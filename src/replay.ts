import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { replayScenario } from './compose.js'
import type { Replayed } from './simulate/replay/types.js'
import { loadScenario } from './simulate/scenario/load.js'

export interface ReplayOptions {
  /** Keeps the database: a path where no file is yet. A temporary one is used otherwise. */
  readonly db?: string
}

/**
 * Replays a scenario file in virtual time and returns its trace.
 *
 * @throws ScenarioError when the file is no scenario: file, line, column and what is allowed.
 * @throws ExpectationError when something in the run was not as the scenario expects; `replayed` is
 *   the run.
 */
export async function replay(file: string, options: ReplayOptions = {}): Promise<Replayed> {
  const replayed = await play(file, options)
  if (!replayed.ok) throw new ExpectationError(replayed)
  return replayed
}

/** Replays a scenario file; what is not as expected stands in the result. */
export async function play(file: string, { db }: ReplayOptions = {}): Promise<Replayed> {
  const scenario = loadScenario(await readFile(file, 'utf8'), file)
  if (db !== undefined) return replayScenario(scenario, db)
  return withTemporaryFile((path) => replayScenario(scenario, path, { durability: 'none' }))
}

/** Hands out the path of a database that is not there yet, and deletes it afterwards. */
export async function withTemporaryFile<T>(body: (path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'bakeline-'))
  try {
    return await body(join(folder, 'replay.db'))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** A run that was not as its scenario expects. */
export class ExpectationError extends Error {
  override readonly name = 'ExpectationError'
  readonly replayed: Replayed

  constructor(replayed: Replayed) {
    const failures = replayed.beats.flatMap(({ line, column, title, failures }) =>
      failures.map((failure) => `${replayed.file}:${line}:${column}: ${title}: ${failure}`),
    )
    super(`${replayed.name}\n  ${failures.join('\n  ')}`)
    this.replayed = replayed
  }
}
