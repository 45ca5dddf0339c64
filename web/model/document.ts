import type { MachineModel } from '../chart/machine.js'
import { get } from '../lib/api.js'
import { Watched } from '../lib/watched.js'
import type { Json } from './changes.js'
import { changesBetween, type ClockChange } from './clock-changes.js'
import { namesOf, withReach } from './ecs.js'
import { History, type RecordData } from './history.js'
import { model } from './model.js'
import {
  type Task,
  tasksOf,
  type Timer,
  timersOf,
  type Visit,
  visitsOf,
  type Work,
} from './tasks.js'
import type { KnownTasks } from './words.js'

/** An image that an execution made. */
export interface MadeImage {
  readonly ImageId: string
  readonly Region: string
  readonly Status: string
  readonly SharedWith: readonly string[]
}

/** An execution as `GET /executions/{id}/steps` tells it. */
export interface ExecutionData {
  readonly execution: {
    readonly id: string
    readonly machine: string
    readonly key: string | null
    readonly status: string
    readonly outcome: 'done' | 'failed' | 'cancelled' | null
    readonly startedAt: number
    readonly endedAt: number | null
    readonly seq: number
    readonly stuck: { readonly message: string; readonly event: string } | null
    readonly snapshot: Json
  }
  readonly problem: string | null
  readonly records: readonly RecordData[]
  readonly work: readonly Work[]
  readonly images: readonly MadeImage[]
}

/** Everything that follows from the records, worked out once for all who show it. */
export interface Derived {
  readonly tasks: readonly Task[]
  readonly visits: readonly Visit[]
  readonly timers: readonly Timer[]
  /** The same tasks in words. */
  readonly names: KnownTasks
}

/** Between two reads of the same execution, in milliseconds: a hundred events are one read. */
const readMs = 60

/** One execution, kept in step with the stream for as long as it is open. */
export class Document extends Watched {
  readonly id: string
  data: ExecutionData | null = null
  history = new History([])
  /** What was done to the clock meanwhile, in order. */
  clock: readonly ClockChange[] = []
  derived: Derived = { tasks: [], visits: [], timers: [], names: new Map() }
  /** Null while it is read, and where the server does not have it: `noMachine` says why. */
  machine: MachineModel | null = null
  noMachine: string | null = null
  problem: string | null = null
  #clockKnown = false
  #clockRead: Promise<void> = Promise.resolve()
  #reading = false
  #again = false
  #closed = false
  #unfollow: (() => void)[] = []

  constructor(id: string) {
    super()
    this.id = id
  }

  /** One that changes no more: what an exported file shows. */
  static of(
    data: ExecutionData,
    machine: MachineModel | null,
    clock: readonly ClockChange[] = [],
  ): Document {
    const document = new Document(data.execution.id)
    document.clock = clock
    document.machine = machine
    document.noMachine = machine === null ? data.problem : null
    document.#take(data)
    return document
  }

  open(): () => void {
    let generation = model.generation
    this.#closed = false
    this.#unfollow = [
      model.onRecord(({ execution }) => {
        if (execution === this.id) this.#readSoon()
      }),
      model.watch(() => {
        // Another state runs now: of the execution that was shown, nothing may be left.
        if (model.generation === generation) return
        generation = model.generation
        this.history = new History([])
        this.clock = []
        this.#clockKnown = false
        this.#readSoon()
      }),
      model.onClock(() => this.#readClock()),
    ]
    void this.#read()
    return () => {
      this.#closed = true
      for (const each of this.#unfollow) each()
    }
  }

  #readSoon(): void {
    if (this.#reading) {
      this.#again = true
      return
    }
    this.#reading = true
    setTimeout(() => void this.#read(), readMs)
  }

  async #read(): Promise<void> {
    this.#reading = true
    this.#again = false
    try {
      const after = this.history.records.at(-1)?.seq ?? 0
      const path = `/executions/${encodeURIComponent(this.id)}/steps?after=${after}`
      const data = await get<ExecutionData>(path)
      if (this.#closed) return
      if (this.machine === null && this.noMachine === null) await this.#readMachine(data)
      this.#take(data)
      if (!this.#clockKnown) this.#readClock()
    } catch (error) {
      this.problem = error instanceof Error ? error.message : String(error)
      this.changed()
    } finally {
      this.#reading = false
      if (this.#again && !this.#closed) this.#readSoon()
    }
  }

  /** One read after the other: each goes on from what the one before found. */
  #readClock(): void {
    const { execution } = this.data ?? {}
    if (execution === undefined) return
    this.#clockKnown = true
    this.#clockRead = this.#goOn(this.#clockRead, execution)
  }

  async #goOn(
    before: Promise<void>,
    { startedAt, endedAt }: ExecutionData['execution'],
  ): Promise<void> {
    await before
    const clock = await changesBetween(startedAt, endedAt, this.clock).catch(() => null)
    if (clock === null || this.#closed) return
    this.clock = clock
    this.changed()
  }

  async #readMachine({ execution }: ExecutionData): Promise<void> {
    try {
      const key = encodeURIComponent(execution.machine)
      this.machine = await get<MachineModel>(`/machines/${key}`)
    } catch (error) {
      this.noMachine = error instanceof Error ? error.message : String(error)
    }
  }

  #take(data: ExecutionData): void {
    this.data = data
    this.problem = null
    this.history = this.history.with(data.records)
    const { records } = this.history
    const tasks = tasksOf(records, data.work).map(withReach)
    const [visits, timers] = [visitsOf(records), timersOf(records)]
    this.derived = { tasks, visits, timers, names: namesOf(tasks) }
    this.changed()
  }
}
