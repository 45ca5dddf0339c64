import type { Worker } from 'node:worker_threads'
import { BakelineError, type ErrorCode } from '../../core/errors.js'
import type { Job, JobAnswer } from '../../server/jobs.js'
import { startThread } from '../../threads.js'

/** What a thread says while it does a job, and at its end. */
export type Said =
  | { readonly ready: true }
  | { readonly progress: unknown }
  | JobAnswer
  | { readonly refusal: { readonly code: ErrorCode; readonly message: string } }
  | { readonly fault: string }

/** A thread that does one job at a time, with no more memory than it is given. */
export class JobThread {
  readonly #worker: Worker
  #hear: ((said: Said) => void) | null = null
  #fail: ((error: unknown) => void) | null = null
  /** When it has begun: until then no job's time runs. */
  readonly ready: Promise<void>
  /** No more can be asked of it. */
  over = false

  constructor(mebibytes: number) {
    const resourceLimits = { maxOldGenerationSizeMb: mebibytes }
    this.#worker = startThread(import.meta.url, '../../jobs/thread', { resourceLimits })
    this.#worker.on('message', (said: Said) => this.#hear?.(said))
    this.#worker.on('error', (error) => this.#fail?.(error))
    this.#worker.on('exit', () => {
      this.over = true
      this.#fail?.(new BakelineError('CLOSED', 'the thread has ended'))
    })
    this.ready = new Promise((resolve, reject) => {
      this.#hear = () => resolve()
      this.#fail = reject
    })
  }

  do(job: Job, onProgress: (progress: unknown) => void): Promise<JobAnswer> {
    this.#worker.ref()
    const done = new Promise<JobAnswer>((resolve, reject) => {
      this.#fail = reject
      this.#hear = (said) => {
        if ('progress' in said) onProgress(said.progress)
        else if ('refusal' in said) {
          reject(new BakelineError(said.refusal.code, said.refusal.message))
        } else if ('fault' in said) reject(new Error(said.fault))
        else if (!('ready' in said)) resolve(said)
      }
      this.#worker.postMessage(job, [])
    })
    return done.finally(() => {
      this.#hear = null
      this.#fail = null
      // Between two jobs it keeps nothing alive.
      this.#worker.unref()
    })
  }

  /** Ends what it does, at once. */
  async end(): Promise<void> {
    this.over = true
    await this.#worker.terminate()
  }
}
