import type { Wall } from '../../core/ports.js'
import type { Allowance, Job, JobAnswer, JobKind, JobOptions, Jobs } from '../../server/jobs.js'
import { Lane } from './lane.js'

export type Allowances = Readonly<Record<JobKind, Allowance>>

const standard: Allowances = {
  replay: { ms: 10_000, mebibytes: 256 },
  explore: { ms: 90_000, mebibytes: 768 },
  fleet: { ms: 180_000, mebibytes: 512 },
  pollers: { ms: 180_000, mebibytes: 512 },
}

/** Does what is short and what is long each one after the other, in threads of their own. */
export class JobLanes implements Jobs {
  readonly allowances: Allowances
  readonly #short: Lane
  readonly #long: Lane
  /** The pollers that ship never change, so they are played once. */
  #pollers: JobAnswer | null = null

  constructor(wall: Wall, given: Partial<Allowances> = {}) {
    this.allowances = { ...standard, ...given }
    this.#short = new Lane(this.allowances, wall)
    this.#long = new Lane(this.allowances, wall)
  }

  admit(kind: JobKind): void {
    this.#laneOf(kind).admit(kind)
  }

  async run(job: Job, options: JobOptions = {}): Promise<JobAnswer> {
    if (job.kind === 'pollers' && this.#pollers !== null) return this.#pollers
    const answer = await this.#laneOf(job.kind).run(job, options)
    if (job.kind === 'pollers') this.#pollers = answer
    return answer
  }

  async close(): Promise<void> {
    await Promise.all([this.#short.close(), this.#long.close()])
  }

  #laneOf(kind: JobKind): Lane {
    return kind === 'replay' ? this.#short : this.#long
  }
}
