import { randomUUID } from 'node:crypto'
import { systemWall } from './clock/system-wall.js'
import { clockName, parseClock, sameClock } from './core/clock.js'
import { BakelineError } from './core/errors.js'
import type { Store, Wall } from './core/ports.js'
import { buildEngine, type EngineOptions } from './engine/create.js'
import type { Engine } from './engine/engine.js'
import type { MachineDefinition } from './engine/definition.js'
import type { MachineEntry } from './engine/types.js'
import { withProgression } from './gateway/progression/simulate.js'
import { type GivenIds, type IdFormats, ids } from './ids/ids.js'
import { executionDefinition } from './imagebuilder/definition.js'
import { ecsIdFormat } from './imagebuilder/ids.js'
import { ImageBuilder } from './imagebuilder/image-builder.js'
import { imageDefinition } from './imagebuilder/images/definition.js'
import { withAccounts } from './imagebuilder/sharing.js'
import { defaultWorld } from './imagebuilder/world/default.js'
import { editWorld } from './imagebuilder/world/edit.js'
import type { WorldPatch } from './imagebuilder/world/types.js'
import { planSetting, type Rule } from './simulate/plan/rule.js'
import { simulatePlan } from './simulate/plan/simulate.js'
import type { OpenFile, Replayed } from './simulate/replay/types.js'
import type { Scenario } from './simulate/scenario/types.js'
import { sqlite, type SqliteOptions, type SqliteStore } from './store/sqlite/sqlite.js'

/** What `createEngine` takes beside an engine's own options. */
export interface CreateEngineOptions<E extends readonly MachineEntry[]> extends EngineOptions<E> {
  /** False: nothing runs in the background until `engine.run()`. */
  readonly worker?: boolean
  /** The wall clock; the system's when absent. Tests give one that they move. */
  readonly wall?: Wall
}

/**
 * Makes machines durable in a store. The engine does what is due in the background until it is
 * closed.
 *
 * @throws BakelineError `NOT_DURABLE` for a machine that could not survive a restart: the message
 *   names the nodes and what to write instead.
 */
export async function createEngine<const E extends readonly MachineEntry[]>(
  options: CreateEngineOptions<E>,
): Promise<Engine> {
  return engineOn(options, undefined)
}

async function engineOn<const E extends readonly MachineEntry[]>(
  options: CreateEngineOptions<E>,
  formats: IdFormats | undefined,
): Promise<Engine> {
  const [seed, given] = await options.store.read((reader) => [
    reader.setting('seed') ?? null,
    JSON.parse(reader.setting(idsSetting) ?? '{}') as GivenIds,
  ])
  const engine = buildEngine(options, {
    wall: options.wall ?? systemWall,
    ids: ids(seed, formats, given),
    owner: randomUUID(),
  })
  if (options.worker !== false) engine.run()
  return engine
}

/** The key of the setting that holds the ids that a file's things are to have. */
const idsSetting = 'ids'

/** How a file of the Image Builder is opened. What a new file is made with, an old one must have. */
export interface OpenOptions {
  /** The database file, or a store; a file is made when it is missing. */
  readonly db: string | Store
  /** `system`, `scale=60` (the default of a new file), `virtual` or `virtual@<UTC time>`. */
  readonly clock?: string
  /** Makes ids and everything drawn by chance repeatable; random when a file is made without. */
  readonly seed?: number
  /** Changes to the default world. */
  readonly world?: WorldPatch
  /** Rules after those of the default plan. */
  readonly plan?: readonly Rule[]
  /** Ids that its things are to have, by `<kind> <number>`: those of a recorded run. */
  readonly ids?: GivenIds
  /** Refuse to make a file. */
  readonly mustExist?: boolean
  /** `normal` survives a crash of the process, `full` a power cut; `normal` when absent. */
  readonly durability?: NonNullable<SqliteOptions['durability']>
  /** The account that calls; the world's own when absent. */
  readonly account?: string
  readonly worker?: boolean
  readonly wall?: Wall
  /** `interpreted` lets xstate itself take every step; `compiled` when absent. */
  readonly stepper?: 'compiled' | 'interpreted'
  /** Where background troubles go; `console.error` when absent. */
  readonly log?: (...line: unknown[]) => void
  /** How many due things one commit may do, asked before each; 1 000 when absent. */
  readonly duePerCommit?: () => number
  /** Stands in for the execution machine that ships, under its name: to try another version. */
  readonly executionMachine?: MachineDefinition['machine']
}

/**
 * Opens the Image Builder on a file. With its worker it bakes in the background, in the file's time.
 *
 * @throws BakelineError `INVALID_INPUT` when the file was made with another clock, seed, world or
 *   plan; `STORE` when the file cannot be used.
 */
export async function openImageBuilder(options: OpenOptions): Promise<ImageBuilder> {
  const wanted = settingsOf(options)
  const wall = options.wall ?? systemWall
  const store =
    typeof options.db === 'string' ? openStore({ ...options, db: options.db }) : options.db
  try {
    await refuseOther(store, options, wanted)
    const engine = await engineOn(
      {
        store,
        machines: [executionDefinitionOf(options), imageDefinition],
        simulate: withAccounts(withProgression(simulatePlan())),
        wall,
        ...(options.worker === undefined ? {} : { worker: options.worker }),
        ...(options.stepper === undefined ? {} : { stepper: options.stepper }),
        ...(options.log === undefined ? {} : { log: options.log }),
        ...(options.duePerCommit === undefined ? {} : { duePerCommit: options.duePerCommit }),
      },
      ecsIdFormat,
    )
    return new ImageBuilder(engine, options.account)
  } catch (error) {
    await store.close()
    throw error
  }
}

function executionDefinitionOf({ executionMachine: other }: OpenOptions): MachineDefinition {
  if (other === undefined) return executionDefinition
  const { id, version } = executionDefinition.machine
  if (other.id !== id) {
    const problem = `"${other.id}" is no execution machine: its id must be "${id}"`
    throw new BakelineError('INVALID_INPUT', problem, { machine: other.id })
  }
  const machine = Object.assign(other.provide({}), { version })
  return { ...executionDefinition, machine }
}

/** What a store is opened with. */
export interface StoreOptions extends Omit<OpenOptions, 'db'> {
  /** A file, or `:memory:`. */
  readonly db: string
  /** For `:memory:`: the bytes of a file that it begins as a copy of. */
  readonly image?: Uint8Array
  /** Settings of a new one as they are stored, beside those that follow from the other options. */
  readonly settings?: Readonly<Record<string, string>>
}

/**
 * The store of a file or of memory, made with the clock, seed, world and plan where it is new.
 *
 * @throws BakelineError `STORE` when the file cannot be used
 */
export function openStore(options: StoreOptions): SqliteStore {
  const { db, clock = 'scale=60', wall = systemWall, mustExist, durability, image } = options
  return sqlite(db, {
    clock: parseClock(clock, wall.now()),
    settings: { ...settingsOf(options), ...options.settings },
    ...(mustExist === undefined ? {} : { mustExist }),
    ...(durability === undefined ? {} : { durability }),
    ...(image === undefined ? {} : { image }),
  })
}

/** What is asked for, as the file's settings. */
function settingsOf({
  seed,
  world,
  plan,
  ids: given,
}: Pick<OpenOptions, 'seed' | 'world' | 'plan' | 'ids'>): Record<string, string> {
  return {
    ...(seed === undefined ? {} : { seed: String(seed) }),
    ...(world === undefined ? {} : { world: JSON.stringify(editWorld(defaultWorld, world)) }),
    ...(plan === undefined ? {} : { [planSetting]: JSON.stringify(plan) }),
    ...(given === undefined ? {} : { [idsSetting]: JSON.stringify(given) }),
  }
}

/** The file owns its clock, seed, world and plan: who opens it with others is told so. */
async function refuseOther(
  store: Store,
  { clock }: OpenOptions,
  wanted: Readonly<Record<string, string>>,
): Promise<void> {
  const [has, settings] = await store.read((reader) => [
    reader.clock(),
    Object.fromEntries(Object.keys(wanted).map((key) => [key, reader.setting(key)])),
  ])
  if (clock !== undefined && !sameClock(has, parseClock(clock, 0))) {
    throw disagrees('clock', `runs on the clock ${clockName(has)}, not ${clock}`)
  }
  for (const [key, value] of Object.entries(wanted)) {
    if (settings[key] !== value) throw disagrees(key, `was made with another ${key}`)
  }
}

function disagrees(what: string, how: string): BakelineError {
  return new BakelineError(
    'INVALID_INPUT',
    `this file ${how}: its ${what} was fixed when it was made; leave the option out, ` +
      'or make a new file with it',
    { setting: what },
  )
}

/**
 * Replays a scenario in virtual time on a database file, which must not hold another run already.
 *
 * @param db where the file is made
 */
export async function replayScenario(
  scenario: Scenario,
  db: string | Store,
  {
    executionMachine,
    durability,
    lives = false,
  }: Pick<OpenOptions, 'executionMachine' | 'durability'> & {
    /** Whether the histories of its executions are to be in the answer. */
    readonly lives?: boolean
  } = {},
): Promise<Replayed> {
  // Most who open a file play no scenario, and need not wait until what plays one is loaded.
  const [{ Player }, { Lives }, { givenIds }, { mortal }] = await Promise.all([
    import('./simulate/replay/player.js'),
    import('./simulate/replay/lives.js'),
    import('./simulate/scenario/given-ids.js'),
    import('./simulate/mortal.js'),
  ])
  const start = new Date(scenario.at).toISOString()
  const given = givenIds(scenario)
  let opened = false
  const open: OpenFile = (fate) => {
    const made = opened
      ? { mustExist: true }
      : {
          clock: `virtual@${start}`,
          seed: scenario.seed,
          world: scenario.world,
          plan: scenario.plan,
          ...(Object.keys(given).length === 0 ? {} : { ids: given }),
        }
    opened = true
    const machine = executionMachine === undefined ? {} : { executionMachine }
    const level = durability === undefined ? {} : { durability }
    if (fate === undefined) {
      return openImageBuilder({ db, worker: false, ...made, ...machine, ...level })
    }
    const store = typeof db === 'string' ? openStore({ db, mustExist: true, ...level }) : db
    return openImageBuilder({ db: mortal(store, fate), worker: false, ...machine })
  }
  return Player.play(scenario, open, lives ? new Lives() : null)
}
