import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import * as fc from 'fast-check'
import { openImageBuilder, replayScenario } from '../../compose.js'
import type { ImageBuilder } from '../../imagebuilder/image-builder.js'
import { withTemporaryFile } from '../../replay.js'
import type { Replayed } from '../../simulate/replay/types.js'
import { loadScenario } from '../../simulate/scenario/load.js'
import { writeScenario } from '../../simulate/scenario/write.js'
import { arbitraryScenario, type GeneratedScenario, type ScenarioBounds } from './scenario.js'

/** A generated scenario that was replayed, for a property to look at. */
export interface GeneratedRun {
  readonly scenario: GeneratedScenario
  readonly replayed: Replayed
  /** The Image Builder on the file, as the run left it. Its clock stands still. */
  readonly imageBuilder: ImageBuilder
}

export interface AssertScenariosOptions extends ScenarioBounds {
  /** Scenarios to try; 100 when absent. */
  readonly runs?: number
  /** Of fast-check, as a failure prints them: tries the same scenario again. */
  readonly seed?: number
  readonly path?: string
  /** Where a counterexample is written; `counterexample.yaml` when absent. */
  readonly file?: string
}

/**
 * Replays generated scenarios and asks of each whether a property holds: it does unless the function
 * throws or answers false. A counterexample is shrunk and written as a scenario file.
 *
 * @throws Error that names the file and the command that replays it
 */
export async function assertScenarios(
  property: (run: GeneratedRun) => unknown,
  options: AssertScenariosOptions = {},
): Promise<void> {
  const { runs = 100, seed, path, file = 'counterexample.yaml', ...bounds } = options
  const details = await fc.check(
    fc.asyncProperty(arbitraryScenario(bounds), (scenario) => holds(scenario, property)),
    {
      numRuns: runs,
      ...(seed === undefined ? {} : { seed }),
      ...(path === undefined ? {} : { path }),
    },
  )
  if (!details.failed) return
  const [scenario] = details.counterexample ?? []
  const why = reasonOf(details.errorInstance)
  if (scenario === undefined) throw new Error(why)
  const again = `seed: ${details.seed}, path: '${details.counterexamplePath ?? ''}'`
  const notes = [`Found by fast-check (${again}).`, ...why.split('\n')]
  await writeFile(file, writeScenario(scenario.data, notes))
  const tries = `after ${details.numRuns} runs and ${details.numShrinks} shrinks`
  const message = [
    `${why} (${tries})`,
    '',
    scenario.yaml,
    `written to ${resolve(file)}; replay it with: npx bakeline replay ${file}`,
    `try it again with: { ${again} }`,
  ]
  throw new Error(message.join('\n'), { cause: details.errorInstance })
}

/** Replays a scenario on a file of its own, so that a crash in it is one. */
function holds(
  scenario: GeneratedScenario,
  property: (run: GeneratedRun) => unknown,
): Promise<void> {
  return withTemporaryFile(async (db) => {
    const loaded = loadScenario(scenario.yaml, 'generated.yaml')
    const replayed = await replayScenario(loaded, db, { durability: 'none' })
    const imageBuilder = await openImageBuilder({ db, mustExist: true, worker: false })
    try {
      const answer = await property({ scenario, replayed, imageBuilder })
      if (answer === false) throw new Error('the property does not hold')
    } finally {
      await imageBuilder.engine.close()
    }
  })
}

function reasonOf(error: unknown): string {
  if (error instanceof Error && error.message !== '') return error.message
  return 'the property does not hold'
}
