import { wallDelay } from '../core/clock.js'
import type { DueQuery, Reader, Store, Wall, WorkRow } from '../core/ports.js'
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
  /** What was due first on the file's clock at the last look; infinite when nothing was. */
  #awaited = Number.POSITIVE_INFINITY

  constructor(options: WorkerOptions) {
    this.#options = options
  }

  start(): void {
    this.#on = true
    this.kick()
  }

  /**
   * Looks again now when what this process wrote falls due sooner than what is waited for anyway.
   *
   * @param soonest on the file's clock
   */
  committed(soonest: number): void {
    if (this.#cancel === null || soonest < this.#awaited) this.kick()
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
    const known = (row: WorkRow): boolean => this.#options.registry.has(row.machine)
    const file = first(reader, { axis: 'file', until: Number.MAX_SAFE_INTEGER }, known)
    this.#awaited = file ?? Number.POSITIVE_INFINITY
    const free = runner.size < maxTasks
    const task = free ? this.#firstTask(reader, wallNow) : null
    const waits: number[] = []
    if (file !== null && file > now) {
      const delay = wallDelay(reader.clock(), file, wallNow)
      if (delay !== null) waits.push(delay)
    }
    if (task !== null && task > wallNow) waits.push(task - wallNow)
    return {
      fileDue: file !== null && file <= now,
      wallDue: task !== null && task <= wallNow,
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

  /**
   * When there is a real task for this process. One that runs here counts as well, from the end of
   * its lease, unless that is near: all of them would have to be passed over at every look.
   */
  #firstTask(reader: Reader, now: number): number | null {
    const { runner, pollMs } = this.#options
    const soon = now + pollMs
    const idle = (row: WorkRow): boolean => this.canRun(row) && !runner.has(row.n)
    const next = first(reader, { axis: 'wall', until: soon }, idle)
    if (next !== null) return next
    const after = { due: soon, n: Number.MAX_SAFE_INTEGER }
    const later = { axis: 'wall', until: Number.MAX_SAFE_INTEGER, after } as const
    return first(reader, later, (row) => this.canRun(row))
  }
}

/** When the first usable work of a query is due; null when none is. */
function first(
  reader: Reader,
  { axis, until, after: from }: Omit<DueQuery, 'limit'>,
  usable: (row: WorkRow) => boolean,
): number | null {
  let after = from
  // The very first is nearly always usable.
  for (let limit = 1; ; limit = pageSize) {
    const rows = reader.due({ axis, until, limit, ...(after ? { after } : {}) })
    const found = rows.find(usable)
    if (found) return found.due
    const last = rows.at(-1)
    if (!last || rows.length < limit) return null
    after = { due: last.due as number, n: last.n }
  }
}
