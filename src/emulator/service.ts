import { copyFile, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemWall } from '../clock/system-wall.js'
import { type OpenOptions, openImageBuilder, openStore } from '../compose.js'
import { clockName } from '../core/clock.js'
import type { Wall } from '../core/ports.js'
import { turnLimit } from '../engine/due.js'
import type { Faults } from '../gateway/faults/faults.js'
import { Gateway } from '../gateway/gateway.js'
import type { ImageBuilder } from '../imagebuilder/image-builder.js'
import { Counters } from '../server/counters.js'
import type { Running, Service } from '../server/service.js'
import { gatewayFaults } from '../simulate/plan/faults.js'
import { planSetting, type Rule } from '../simulate/plan/rule.js'
import type { SqliteStore } from '../store/sqlite/sqlite.js'
import { packageVersion } from '../version.js'
import { type Doomed, doomed } from './doomed.js'
import { Gate } from './gate.js'
import { type Allowances, JobLanes } from './jobs/jobs.js'
import { shippedFleets, shippedScenarios } from './shipped.js'
import { SnapshotFolder } from './snapshots.js'

export interface ServiceOptions extends Omit<OpenOptions, 'db' | 'worker' | 'account'> {
  /** A database file; kept in memory and gone at the end when absent. */
  readonly db?: string
  /** The folder of snapshots; beside the file, or a temporary one, when absent. */
  readonly snapshots?: string
  /** What is to be there from the beginning, also after a reset; must be repeatable. */
  readonly prepare?: (builder: ImageBuilder) => Promise<void>
  /** How far replays, explorations, fleets and pollers may go, where it is not as usual. */
  readonly allowances?: Partial<Allowances>
}

/** How long a reset waits for requests that are under way, in milliseconds of wall time. */
const patienceMs = 1_000

interface Live extends Running {
  readonly store: SqliteStore
  /** The store as its process has it. */
  readonly mortal: Doomed
  readonly ending: AbortController
}

/** How a state began, so that it can begin so again. */
interface Beginning {
  readonly clock: string
  readonly settings: Readonly<Record<string, string>>
}

/** One state that is served, and that another may be put in place of. */
export class LiveService implements Service {
  readonly place: string
  readonly version = packageVersion()
  readonly wall: Wall
  readonly log: (...line: unknown[]) => void
  readonly counters = new Counters()
  readonly snapshots: SnapshotFolder

  readonly #options: ServiceOptions
  readonly #gate = new Gate()
  #live: Live | null = null
  #state = 0
  #beginning: Beginning | null = null

  private constructor(options: ServiceOptions) {
    this.#options = options
    this.place = options.db ?? 'memory'
    this.wall = options.wall ?? systemWall
    this.log = options.log ?? ((...line) => console.error(...line))
    this.jobs = new JobLanes(this.wall, options.allowances)
    this.snapshots = new SnapshotFolder({
      folder: options.snapshots ?? (options.db === undefined ? null : `${options.db}.snapshots`),
      wall: this.wall,
      save: (path) => this.#gate.pass(() => this.#running().store.saveTo(path)),
      load: (path) => this.#load(path),
    })
  }

  /** @throws BakelineError as `openImageBuilder` does */
  static async open(options: ServiceOptions): Promise<LiveService> {
    const service = new LiveService(options)
    const { db = ':memory:', prepare, snapshots: _, allowances: __, ...rest } = options
    const live = await service.#open(openStore({ ...rest, db }), rest)
    service.#live = live
    service.#beginning = await beginningOf(live.builder)
    await prepare?.(live.builder)
    return service
  }

  use<T>(work: (running: Running) => Promise<T> | T): Promise<T> {
    return this.#gate.pass(() => work(this.#running()))
  }

  /** What runs at this instant, whether or not it is about to be replaced. */
  get running(): Running {
    return this.#running()
  }

  current(): Promise<Running> {
    return this.#gate.pass(() => this.#running())
  }

  async reset(): Promise<void> {
    const { clock, settings } = this.#beginning as Beginning
    await this.#replace(async () => {
      if (this.#options.db !== undefined) await removeDatabase(this.#options.db)
      const live = await this.#open(openStore({ ...this.#bare(), clock, settings }), {})
      await this.#options.prepare?.(live.builder)
      return live
    })
  }

  crash(): Promise<void> {
    const before = this.#running()
    before.gateway.die()
    return this.#raised(before)
  }

  async scenarioOf(execution: string, step?: number): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'bakeline-record-'))
    try {
      const path = join(folder, 'live.db')
      await this.#gate.pass(() => this.#running().store.saveTo(path))
      const { record } = await import('../record/record.js')
      const up = step === undefined ? {} : { step }
      return (await record(path, { executions: [execution], ...up })).scenario
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }

  readonly jobs: JobLanes
  readonly shipped = shippedScenarios
  readonly shippedFleets = shippedFleets

  /** Lets go of those who wait for news; what is asked is still answered. */
  letGo(): void {
    this.#live?.ending.abort()
  }

  async close(): Promise<void> {
    this.letGo()
    await this.jobs.close()
    await this.#live?.builder.engine.close()
    await this.snapshots.close()
  }

  readonly #raising = new WeakMap<Live, Promise<void>>()

  /** Opens anew what a process left that has died. */
  #raised(dead: Live): Promise<void> {
    const known = this.#raising.get(dead)
    if (known !== undefined) return known
    const raised = this.#gate.alone(
      async () => {
        // A reset may have come first.
        if (this.#live !== dead) return
        const image = this.#options.db === undefined ? await this.#imageOf(dead.store) : null
        await dead.builder.engine.abandon()
        const left = image === null ? { mustExist: true } : { image }
        this.#live = await this.#open(openStore({ ...this.#bare(), ...left }), {}, dead)
        dead.ending.abort()
      },
      // The dead answer nobody.
      () => Promise.resolve(),
    )
    this.#raising.set(dead, raised)
    return raised
  }

  /** What is kept in memory, as the bytes of a file. */
  async #imageOf(store: SqliteStore): Promise<Uint8Array> {
    const folder = await mkdtemp(join(tmpdir(), 'bakeline-crash-'))
    try {
      const path = join(folder, 'left.db')
      await store.saveTo(path)
      return await readFile(path)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }

  #running(): Live {
    return this.#live as Live
  }

  async #load(path: string): Promise<void> {
    const { db } = this.#options
    const image = db === undefined ? await readFile(path) : null
    if (db !== undefined) await copyFile(path, `${db}.loading`)
    await this.#replace(async () => {
      if (image !== null) return this.#open(openStore({ ...this.#bare(), image }), {})
      await removeDatabase(db as string)
      await rename(`${db}.loading`, db as string)
      return this.#open(openStore({ ...this.#bare(), mustExist: true }), {})
    })
  }

  /** Options that are of no particular state. */
  #bare() {
    const { db = ':memory:', wall, durability } = this.#options
    return {
      db,
      ...(wall === undefined ? {} : { wall }),
      ...(durability === undefined ? {} : { durability }),
    }
  }

  /** A file has to be let go before another can take its place; so all wait until it is there. */
  #replace(open: () => Promise<Live>): Promise<void> {
    const patience = (): Promise<void> =>
      new Promise((resolve) => {
        this.wall.after(patienceMs, resolve)
      })
    return this.#gate.alone(async () => {
      const before = this.#running()
      await before.builder.engine.close()
      this.#live = await open()
      before.ending.abort()
    }, patience)
  }

  /** @param dead the process that left what is opened; absent for another state */
  async #open(store: SqliteStore, options: Omit<OpenOptions, 'db'>, dead?: Live): Promise<Live> {
    const { wall, log } = this
    const ending = new AbortController()
    const state = dead?.state ?? ++this.#state
    const faults = (): Faults | undefined => dead?.gateway.faults ?? born.live?.gateway.faults
    const born: { live?: Live } = {}
    const mortal = doomed(store, faults, () => born.live?.gateway.die())
    const crash = (): void => {
      mortal.die()
      if (born.live !== undefined) this.#raised(born.live).catch((error: unknown) => log(error))
    }
    // Where a process may die of the end of an attempt, each end is a commit of its own.
    const duePerCommit = (): number => (faults()?.areOfTasks === true ? 1 : turnLimit)
    const builder = await openImageBuilder({ ...options, db: mortal, wall, log, duePerCommit })
    const observe = this.counters.observed
    const kept = dead === undefined ? {} : { keeping: dead.gateway }
    const gateway = await Gateway.open({ builder, wall, log, observe, crash, ...kept })
    const live: Live = { store, mortal, builder, gateway, state, ending, over: ending.signal }
    born.live = live
    // It may have died again of what was due as it was opened.
    if (mortal.dead) gateway.die()
    if (dead === undefined) {
      const plan = await builder.engine.read((reader) => reader.setting(planSetting) ?? '[]')
      for (const fault of gatewayFaults(JSON.parse(plan) as Rule[])) gateway.faults.add(fault)
    }
    return live
  }
}

function beginningOf({ engine }: ImageBuilder): Promise<Beginning> {
  return engine.read((reader) => {
    const clock = reader.clock()
    const stands = clock.mode === 'virtual' ? `@${new Date(clock.now).toISOString()}` : ''
    const settings = ['seed', 'world', planSetting].flatMap((key) => {
      const value = reader.setting(key)
      return value === undefined ? [] : [[key, value] as const]
    })
    return { clock: `${clockName(clock)}${stands}`, settings: Object.fromEntries(settings) }
  })
}

async function removeDatabase(path: string): Promise<void> {
  for (const end of ['', '-wal', '-shm']) await rm(`${path}${end}`, { force: true })
}
