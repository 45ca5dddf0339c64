import type { CopyImageInput } from '../../../machines/tasks.js'
import type { StartTask } from '../../core/effects.js'
import type { TaskError } from '../../core/policy.js'
import type { SimulatedAttempt } from '../../engine/simulate.js'
import type { LoopTask } from '../loop/types.js'
import type { Limits } from './types.js'

/** Tasks that make an image, in the region that their input names. */
const makers: ReadonlySet<string> = new Set(['buildImage', 'copyImage'])

interface Making {
  readonly region: string
  readonly template: number
}

/**
 * The images that a fleet makes, as far as a region takes any: one counts from the beginning of the
 * attempt that makes it. Where it does not fit, the attempt fails as the service has it fail.
 */
export class Images {
  readonly #limit: number
  readonly #kept: number
  readonly #error: TaskError
  readonly #makings = new Map<LoopTask, Making>()
  readonly #watched = new Map<LoopTask, LoopTask>()
  readonly #held = new Map<string, number>()
  /** By region and template: how many of them are kept. */
  readonly #of = new Map<string, number>()

  constructor({ imagesPerRegion, imagesKept }: Limits) {
    this.#limit = imagesPerRegion ?? Number.POSITIVE_INFINITY
    this.#kept = imagesKept ?? Number.POSITIVE_INFINITY
    const message = `The number of images exceeds the limit (${this.#limit}).`
    this.#error = { name: 'QuotaExceed.Image', code: 'QuotaExceed.Image', message }
  }

  /** The task, where it makes an image with an eye on whether it fits. */
  watched(task: LoopTask, { src, input }: StartTask, template: number): LoopTask {
    if (!makers.has(src) || this.#limit === Number.POSITIVE_INFINITY) return task
    const known = this.#watched.get(task)
    if (known !== undefined) return known
    const { region } = input as unknown as Pick<CopyImageInput, 'region'>
    const watched = {
      ...task,
      attempt: (...facts: Parameters<LoopTask['attempt']>) =>
        this.#attempt(region, src, task.attempt(...facts)),
    }
    this.#watched.set(task, watched)
    this.#makings.set(watched, { region, template })
    return watched
  }

  /** An attempt has ended; what failed leaves no image, and what is new may replace what is old. */
  ended(task: LoopTask, error: TaskError | null): void {
    const making = this.#makings.get(task)
    if (making === undefined || error === this.#error) return
    const { region, template } = making
    if (error !== null) return this.#add(region, -1)
    const key = `${region} ${template}`
    const kept = (this.#of.get(key) ?? 0) + 1
    if (kept > this.#kept) this.#add(region, -1)
    this.#of.set(key, Math.min(kept, this.#kept))
  }

  #attempt(region: string, src: string, planned: SimulatedAttempt): SimulatedAttempt {
    if ((this.#held.get(region) ?? 0) < this.#limit) {
      this.#add(region, 1)
      return planned
    }
    // A copy is refused when it is asked for, an image of an instance when that has been built on.
    const duration = src === 'copyImage' ? 0 : planned.duration
    return { ...planned, duration, outcome: { error: this.#error } }
  }

  #add(region: string, count: number): void {
    this.#held.set(region, (this.#held.get(region) ?? 0) + count)
  }
}
