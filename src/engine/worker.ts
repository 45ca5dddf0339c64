import { wallDelay } from '../core/clock.js'
import type { Reader, Store, Wall, WorkRow } from '../core/ports.js'
import { type Claim, claim, type ClaimOptions } from './claims.js'
import type { Registry } from './definition.js'
import type { Runner } from './runner.js'
import { taskBody } from './tasks.js'
import type { Turns } from './turns.js'

export interface WorkerOptions {
  readonly store: Store
  readonly turns: Turns
  readonly runner: Runner
  readonly registry: Registry
  readonly wall: Wall
  readonly claims: Omit<ClaimOptions, 'limit' | 'runs'>
  /** Real tasks that run at once in this process. */
  readonly maxTasks: number
  /** How often to look for what other processes have written, in milliseconds. */
  readonly pollMs: number
  readonly failed: (error: unknown) => void
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}

/** What is next, as far as this process can work on it. */
interface Outlook {
  readonly fileDue: boolean
  readonly wallDue: boolean
  /** Milliseconds of wall time until more is due; null when nothing is in sight. */
  readonly waitMs: number | null
}

const pageSize = 64

/** Does what is due: one pass at a time, then sleeps until the next item or a poll. */
export class Worker {
  readonly #options: WorkerOptions
  #cancel: (() => void) | null = null
  #last: Promise<unknown> = Promise.resolve()
  #passing: Promise<void> | null = null
  #again = false
  #on = false

  constructor(options: WorkerOptions) {
    this.#options = options
  }

  start(): void {
    this.#on = true
    this.kick()
  }

  /** Looks again now: something was written or has ended. */
  kick(): void {
    if (!this.#on) return
    this.#cancel?.()
    this.#cancel = null
    if (this.#passing) this.#again = true
    else this.#passing = this.#cycle()
  }

  async stop(): Promise<void> {
    this.#on = false
    this.#cancel?.()
    this.#cancel = null
    await this.#passing
  }

  async #cycle(): Promise<void> {
    let waitMs = this.#options.pollMs
    try {
      do {
        // A group of commits kicks as often as it has commands: one look after the last is enough.
        await nextTurn()
        this.#again = false
        const next = await this.pass()
        waitMs = Math.min(next ?? Number.POSITIVE_INFINITY, this.#options.pollMs)
      } while (this.#again && this.#on)
    } catch (error) {
      this.#options.failed(error)
    }
    this.#passing = null
    if (this.#on) this.#cancel = this.#options.wall.after(waitMs, () => this.kick())
  }

  /** Works off what is due now; returns how long until more is, in wall milliseconds. */
  pass(): Promise<number | null> {
    // One after the other: two at once would claim more tasks than may run here.
    const pass = this.#last.then(() => this.#pass())
    this.#last = pass.catch(() => undefined)
    return pass
  }

  async #pass(): Promise<number | null> {
    for (;;) {
      const outlook = await this.#options.store.read((reader) => this.#look(reader))
      let done = 0
      if (outlook.fileDue) {
        done += (await this.#options.turns.due((turn) => ({ until: turn.now }))).done
      }
      if (outlook.wallDue) done += await this.#claim()
      // What looked due and is not will be looked at again with the next poll.
      if (done === 0) return outlook.waitMs
    }
  }

  async #claim(): Promise<number> {
    const { turns, runner, maxTasks, claims } = this.#options
    const limit = maxTasks - runner.size
    const runs = (n: number): boolean => runner.has(n)
    // A claim is a record: what fell due since the look comes first, or it would be stamped too late.
    const taken: Claim[] = await turns.command((turn) => claim(turn, { ...claims, limit, runs }))
    for (const each of taken) runner.start(each)
    return taken.length
  }

  #look(reader: Reader): Outlook {
    const { turns, wall, runner, maxTasks } = this.#options
    const [now, wallNow] = [turns.now(reader), wall.now()]
    const file = this.#first(reader, 'file', (row) => this.#options.registry.has(row.machine))
    const task = this.#first(reader, 'wall', (row) => this.canRun(row) && !runner.has(row.n))
    const waits: number[] = []
    if (file !== null && file > now) {
      const delay = wallDelay(reader.clock(), file, wallNow)
      if (delay !== null) waits.push(delay)
    }
    if (task !== null && task > wallNow) waits.push(task - wallNow)
    return {
      fileDue: file !== null && file <= now,
      wallDue: task !== null && task <= wallNow && runner.size < maxTasks,
      waitMs: waits.length === 0 ? null : Math.min(...waits),
    }
  }

  /** Whether this process can take up a task of the wall axis. */
  canRun(row: WorkRow): boolean {
    return (
      this.#options.registry.has(row.machine) &&
      this.#options.claims.can(row.machine, taskBody(row).src)
    )
  }

  #first(reader: Reader, axis: WorkRow['axis'], usable: (row: WorkRow) => boolean): number | null {
    const until = Number.MAX_SAFE_INTEGER
    let after: { due: number; n: number } | undefined
    // The first is nearly always the one, and this is asked after every commit.
    for (let limit = 1; ; limit = pageSize) {
      const rows = reader.due({ axis, until, limit, ...(after ? { after } : {}) })
      const found = rows.find(usable)
      if (found) return found.due
      const last = rows.at(-1)
      if (!last || rows.length < limit) return null
      after = { due: last.due as number, n: last.n }
    }
  }
}
