import { formatDuration } from '../../core/duration.js'
import { BakelineError } from '../../core/errors.js'
import type { Wall } from '../../core/ports.js'
import type { Allowance, Job, JobAnswer, JobKind, JobOptions } from '../../server/jobs.js'
import { JobThread } from './thread.js'

/** So many may wait for the one that is done. */
const mostWaiting = 8

/** What a job is called, and where there is no such limit. */
const words: Readonly<Record<JobKind, readonly [name: string, command: string]>> = {
  replay: ['replay', 'bakeline replay FILE'],
  explore: ['exploration', 'bakeline explore FILE'],
  fleet: ['fleet', 'bakeline fleet FILE'],
  pollers: ['play of the pollers', 'bakeline pollers'],
}

/** Does jobs one after the other, in one thread that is kept from one to the next. */
export class Lane {
  readonly #allowances: Readonly<Record<JobKind, Allowance>>
  readonly #wall: Wall
  readonly #closing = new AbortController()
  #thread: { readonly mebibytes: number; readonly thread: JobThread } | null = null
  #last: Promise<unknown> = Promise.resolve()
  #waiting = 0

  constructor(allowances: Readonly<Record<JobKind, Allowance>>, wall: Wall) {
    this.#allowances = allowances
    this.#wall = wall
  }

  /** @throws BakelineError `OVERLOADED` when too many wait already, `CLOSED` */
  admit(kind: JobKind): void {
    if (this.#closing.signal.aborted) throw new BakelineError('CLOSED', 'the server is closing')
    if (this.#waiting < mostWaiting) return
    const says = `${this.#waiting} wait for their turn already: ask again when one is done`
    throw new BakelineError('OVERLOADED', `No ${words[kind][0]} is begun: ${says}.`)
  }

  async run(job: Job, options: JobOptions): Promise<JobAnswer> {
    this.admit(job.kind)
    this.#waiting++
    const next = this.#last.then(() => this.#do(job, options))
    this.#last = next.catch(() => undefined)
    try {
      return await next
    } finally {
      this.#waiting--
    }
  }

  async close(): Promise<void> {
    this.#closing.abort(new BakelineError('CLOSED', 'the server is closing'))
    await this.#last
    await this.#thread?.thread.end()
  }

  async #do(job: Job, { onProgress = () => undefined, signal }: JobOptions): Promise<JobAnswer> {
    const allowance = this.#allowances[job.kind]
    const given = [this.#closing.signal, ...(signal === undefined ? [] : [signal])]
    for (const each of given) each.throwIfAborted()
    const thread = this.#threadFor(allowance)
    const { stopped, begin, release } = this.#stopFor(job, allowance, given)
    try {
      await Promise.race([thread.ready, stopped])
      begin()
      return await Promise.race([thread.do(job, onProgress), stopped])
    } catch (error) {
      // What it was at goes on in the thread, so the thread goes.
      this.#thread = null
      await thread.end()
      throw isOutOfMemory(error) ? tooLarge(job.kind, allowance) : error
    } finally {
      release()
    }
  }

  /** The thread of the job before, where it has as much memory as this one may use. */
  #threadFor({ mebibytes }: Allowance): JobThread {
    const kept = this.#thread
    if (kept !== null && !kept.thread.over && kept.mebibytes === mebibytes) return kept.thread
    if (kept !== null) void kept.thread.end()
    const thread = new JobThread(mebibytes)
    this.#thread = { mebibytes, thread }
    return thread
  }

  /** Rejects when the time is over, or when somebody has it stopped. */
  #stopFor(job: Job, { ms }: Allowance, signals: readonly AbortSignal[]) {
    const { promise, reject } = deferred()
    let takeBack = (): void => undefined
    const begin = (): void => {
      takeBack = this.#wall.after(ms, () => reject(tooSlow(job.kind, ms)))
    }
    const abort = (event: Event): void => reject((event.target as AbortSignal).reason)
    for (const each of signals) each.addEventListener('abort', abort)
    const release = (): void => {
      takeBack()
      for (const each of signals) each.removeEventListener('abort', abort)
    }
    return { stopped: promise, begin, release }
  }
}

function deferred() {
  let reject: (reason: unknown) => void = () => undefined
  const promise = new Promise<never>((_, refuse) => {
    reject = refuse
  })
  // Nobody may be listening any more.
  promise.catch(() => undefined)
  return { promise, reject }
}

function isOutOfMemory(error: unknown): boolean {
  return (error as { readonly code?: unknown } | null)?.code === 'ERR_WORKER_OUT_OF_MEMORY'
}

function tooSlow(kind: JobKind, ms: number): BakelineError {
  return new BakelineError('TIMEOUT', tooMuch(kind, 'takes longer', formatDuration(ms)))
}

function tooLarge(kind: JobKind, { mebibytes }: Allowance): BakelineError {
  return new BakelineError('INVALID_INPUT', tooMuch(kind, 'needs more', `${mebibytes} MiB`))
}

function tooMuch(kind: JobKind, how: string, allowed: string): string {
  const [name, command] = words[kind]
  return (
    `The ${name} ${how} than ${allowed}, which is what the server allows, and was stopped: ` +
    `make it smaller, or run \`${command}\`, which has no such limit.`
  )
}
