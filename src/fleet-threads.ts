import { setImmediate } from 'node:timers/promises'
import type { Worker } from 'node:worker_threads'
import type { Sample } from './simulate/fleet/measures.js'
import type { PlayRun } from './simulate/fleet/play.js'
import type { Prepared } from './simulate/fleet/prepared.js'
import { replicate } from './simulate/fleet/replication.js'
import { startThread } from './threads.js'

/** What a thread is asked. The fleet comes once; later runs of it name it by its number. */
export interface RunRequest {
  readonly fleet: number
  readonly prepared: Prepared | null
  readonly run: number
}

/** What a thread answers. */
export type RunAnswer = { readonly sample: Sample } | { readonly error: unknown }

/** Where runs are played. */
export interface Threads {
  readonly run: PlayRun
  close(): Promise<void>
}

/** So many threads at most. */
const mostThreads = 64

/** Plays runs on so many cores: in this thread for one, else in threads of their own. */
export function playRuns(cores: number): Threads {
  return cores <= 1 ? here() : new Pool(Math.min(mostThreads, cores))
}

/** What a run ends with that was given up. */
const givenUp = 'the fleet was given up'

function here(): Threads {
  let closed = false
  const run = inTurn(async (fleet, number) => {
    // Between two runs the process hears of Ctrl-C.
    await setImmediate()
    if (closed) throw new Error(givenUp)
    return replicate(fleet, number)
  })
  return {
    run,
    async close() {
      closed = true
    },
  }
}

/** One after the other, in the order of the calls. */
function inTurn(play: PlayRun): PlayRun {
  let last: Promise<unknown> = Promise.resolve()
  return (fleet, run) => {
    const next = last.then(() => play(fleet, run))
    last = next.catch(() => undefined)
    return next
  }
}

interface Job {
  readonly fleet: Prepared
  readonly run: number
  readonly resolve: (sample: Sample) => void
  readonly reject: (error: unknown) => void
}

interface Seat {
  readonly worker: Worker
  /** The fleet that the thread was told last. */
  known: Prepared | null
  job: Job | null
}

/** Threads that take runs from one queue, so that none is idle while there is work. */
class Pool implements Threads {
  readonly #seats: Seat[]
  readonly #queue: Job[] = []
  readonly #numbers = new Map<Prepared, number>()

  constructor(size: number) {
    this.#seats = Array.from({ length: size }, () => this.#seat())
  }

  readonly run: PlayRun = (fleet, run) =>
    new Promise((resolve, reject) => {
      this.#queue.push({ fleet, run, resolve, reject })
      this.#next()
    })

  async close(): Promise<void> {
    const jobs = [...this.#queue.splice(0), ...this.#seats.flatMap(({ job }) => job ?? [])]
    for (const { reject } of jobs) reject(new Error(givenUp))
    await Promise.all(this.#seats.map(({ worker }) => worker.terminate()))
  }

  #seat(): Seat {
    const worker = startThread(import.meta.url, './fleet-worker')
    const seat: Seat = { worker, known: null, job: null }
    worker.on('message', (answer: RunAnswer) => this.#answered(seat, answer))
    worker.on('error', (error) => this.#answered(seat, { error }))
    return seat
  }

  #answered(seat: Seat, answer: RunAnswer): void {
    const { job } = seat
    seat.job = null
    if ('sample' in answer) job?.resolve(answer.sample)
    else job?.reject(answer.error)
    this.#next()
  }

  #next(): void {
    for (const seat of this.#seats) {
      if (seat.job !== null) continue
      const job = this.#queue.shift()
      if (job === undefined) return
      seat.job = job
      const request: RunRequest = {
        fleet: this.#numberOf(job.fleet),
        prepared: seat.known === job.fleet ? null : job.fleet,
        run: job.run,
      }
      seat.known = job.fleet
      seat.worker.postMessage(request, [])
    }
  }

  #numberOf(fleet: Prepared): number {
    const known = this.#numbers.get(fleet) ?? this.#numbers.size
    this.#numbers.set(fleet, known)
    return known
  }
}
