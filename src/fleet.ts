import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import type { ExecutionContext, ExecutionInput } from '../machines/execution-context.js'
import { openImageBuilder } from './compose.js'
import { playRuns } from './fleet-threads.js'
import { EcsError } from './imagebuilder/errors.js'
import type { ImageBuilder } from './imagebuilder/image-builder.js'
import { defaultWorld } from './imagebuilder/world/default.js'
import { editWorld } from './imagebuilder/world/edit.js'
import { loadFleet } from './simulate/fleet/load.js'
import { type FleetProgress, playFleet } from './simulate/fleet/play.js'
import { prepared } from './simulate/fleet/prepared.js'
import type { FleetReport } from './simulate/fleet/report-types.js'
import type { Fleet } from './simulate/fleet/types.js'
import { scenarioError } from './simulate/scenario/messages.js'
import type { Declared } from './simulate/scenario/types.js'
import { memory } from './store/memory/memory.js'

export interface FleetOptions {
  /** Threads that play; as many as the machine has cores when absent. The answer is the same. */
  readonly cores?: number
  /** In place of the file's. */
  readonly seed?: number
  /** Runs at most, in place of the file's. */
  readonly runs?: number
  readonly onProgress?: (progress: FleetProgress) => void
  /** Ends it early: the call rejects with the signal's reason. */
  readonly signal?: AbortSignal
}

/**
 * Plays a fleet file in virtual time, many runs of it, and returns its figures with their bounds.
 *
 * @throws ScenarioError when the file is no fleet, or the service would refuse one of its templates:
 *   file, line, column and what is allowed
 */
export async function fleet(file: string, options: FleetOptions = {}): Promise<FleetReport> {
  const text = await readFile(file, 'utf8')
  return playText(text, file, options)
}

/** Plays a fleet that is given as text; `file` is for messages. */
export async function playText(
  text: string,
  file: string,
  { cores = availableParallelism(), seed, runs, onProgress, signal }: FleetOptions = {},
): Promise<FleetReport> {
  const read = loadFleet(text, file)
  const stop =
    runs === undefined
      ? read.stop
      : { ...read.stop, least: Math.min(read.stop.least, runs), most: runs }
  const chosen = { ...read, stop, seed: seed ?? read.seed }
  const world = editWorld(defaultWorld, chosen.world)
  const inputs = await inputsOf(chosen, text)
  const threads = playRuns(cores)
  const giveUp = (): void => void threads.close()
  signal?.addEventListener('abort', giveUp, { once: true })
  try {
    return await playFleet(chosen, prepared(chosen, { world, inputs }), {
      run: threads.run,
      ...(onProgress === undefined ? {} : { onProgress }),
      ...(signal === undefined ? {} : { signal }),
    })
  } catch (error) {
    signal?.throwIfAborted()
    throw error
  } finally {
    signal?.removeEventListener('abort', giveUp)
    await threads.close()
  }
}

/**
 * What an execution of each template begins with, as the service makes it: every template is created
 * and started once, so that what it would refuse is refused here.
 */
async function inputsOf(fleet: Fleet, text: string): Promise<ReadonlyMap<string, ExecutionInput>> {
  const builder = await openImageBuilder({
    db: memory({
      clock: { mode: 'virtual', now: fleet.at },
      settings: {
        seed: String(fleet.seed),
        world: JSON.stringify(editWorld(defaultWorld, fleet.world)),
      },
    }),
    worker: false,
  })
  const attempt = async <T>({ line, column }: Declared, call: () => Promise<T>): Promise<T> => {
    try {
      return await call()
    } catch (error) {
      if (!(error instanceof EcsError)) throw error
      const message = `the service refuses it: ${error.code}: ${error.message}`
      throw scenarioError(fleet.file, text, [{ line, column, message }])
    }
  }
  try {
    for (const component of fleet.components.values()) {
      await attempt(component, () => builder.createComponent(component.parameters))
    }
    const inputs = new Map<string, ExecutionInput>()
    for (const [name, template] of fleet.templates) {
      inputs.set(name, await attempt(template, () => inputOf(builder, template)))
    }
    return inputs
  } finally {
    await builder.engine.close()
  }
}

async function inputOf(builder: ImageBuilder, { parameters }: Declared): Promise<ExecutionInput> {
  const { ImagePipelineId } = await builder.createTemplate(parameters)
  const RegionId = parameters['RegionId']
  const { ExecutionId } = await builder.startExecution({ RegionId, ImagePipelineId })
  const execution = await builder.engine.get(ExecutionId)
  const context = execution?.context as unknown as ExecutionContext
  const { image: _1, outstanding: _2, copied: _3, problems: _4, fatal: _5, ...input } = context
  // Ends it, so that its image counts toward no quota of those that come.
  await builder.endExecution(ExecutionId)
  return input
}
