import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore, replayScenario } from './compose.js'
import { type MachineDefinition, machineKey, register } from './engine/definition.js'
import { executionDefinition } from './imagebuilder/definition.js'
import { imageDefinition } from './imagebuilder/images/definition.js'
import { type Divergence, divergence, type Side } from './simulate/diff/divergence.js'
import { momentsOf } from './simulate/diff/moments.js'
import { loadScenario } from './simulate/scenario/load.js'
import type { Scenario } from './simulate/scenario/types.js'

/** A version of the execution machine, and what it is called. */
export interface Version {
  readonly name: string
  /** The one that ships when absent. */
  readonly machine?: MachineDefinition['machine']
}

/** One scenario on two versions. */
export interface Diff {
  readonly sides: readonly [Side, Side]
  /** Null when both runs are the same: records, states, contexts, effects and answers. */
  readonly divergence: Divergence | null
}

/**
 * Replays a scenario on two versions of the execution machine and finds where the runs part.
 *
 * @throws ScenarioError when the file is no scenario, BakelineError `NOT_DURABLE` or `INVALID_INPUT`
 *   for a machine that cannot stand in for the one that ships
 */
export async function diff(
  file: string,
  { left, right }: { readonly left: Version; readonly right: Version },
): Promise<Diff> {
  const scenario = loadScenario(await readFile(file, 'utf8'), file)
  const sides = [await played(scenario, left), await played(scenario, right)] as const
  return { sides, divergence: divergence(...sides) }
}

async function played(scenario: Scenario, { name, machine }: Version): Promise<Side> {
  const folder = await mkdtemp(join(tmpdir(), 'bakeline-diff-'))
  const db = join(folder, 'replay.db')
  try {
    const other = machine === undefined ? {} : { executionMachine: machine }
    const replayed = await replayScenario(scenario, db, other)
    const store = openStore({ db, mustExist: true })
    const steppers = steppersOf(machine ?? executionDefinition.machine)
    const moments = await store.read((reader) => momentsOf(reader, (key) => steppers.get(key)))
    await store.close()
    return { name, replayed, moments }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The steppers by the keys under which the file has them: a stand-in goes by the shipped name. */
function steppersOf(machine: MachineDefinition['machine']) {
  const [execution, image] = [...register([machine, imageDefinition]).values()]
  return new Map([
    [machineKey(executionDefinition.machine), execution?.stepper],
    [machineKey(imageDefinition.machine), image?.stepper],
  ])
}
