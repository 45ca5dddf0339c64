import type { ExecutionStatus } from '../../machines/status.js'
import { type ExecutionRef, imagesOf, visitedBy } from './execution.js'
import { reach, type Within } from './reach.js'

/** What may be expected of an execution. Each of these is a promise: `await expect(…)`. */
export interface ExecutionMatchers<R = unknown> {
  /** It comes to this status; moves a clock that stands still as far as that takes. */
  toReachStatus(status: ExecutionStatus, options?: Within): Promise<R>
  /** It has had exactly these statuses so far, in this order. */
  toHaveVisited(statuses: readonly ExecutionStatus[]): Promise<R>
  /** Every image that it made and that is available is shared with these accounts at least. */
  toBeSharedWith(...accounts: readonly string[]): Promise<R>
  /** The regions with an available image of it are exactly these. */
  toHaveImagesIn(regions: readonly string[]): Promise<R>
}

interface Verdict {
  readonly pass: boolean
  readonly message: () => string
}

function verdict(pass: boolean, expected: string, found: string): Verdict {
  return { pass, message: () => `expected ${expected}; found: ${found}` }
}

export const matchers = {
  async toReachStatus(
    execution: ExecutionRef,
    wanted: ExecutionStatus,
    options: Within = {},
  ): Promise<Verdict> {
    const status = await reach(execution, wanted, options)
    const visited = (await visitedBy(execution)).join(', ')
    return verdict(
      status === wanted,
      `${execution.id} to reach ${wanted}`,
      `${status}, after ${visited === '' ? 'nothing' : visited}`,
    )
  },

  async toHaveVisited(
    execution: ExecutionRef,
    statuses: readonly ExecutionStatus[],
  ): Promise<Verdict> {
    const [wanted, visited] = [statuses.join(', '), (await visitedBy(execution)).join(', ')]
    return verdict(visited === wanted, `${execution.id} to have visited ${wanted}`, visited)
  },

  async toBeSharedWith(execution: ExecutionRef, ...accounts: readonly string[]): Promise<Verdict> {
    const images = (await imagesOf(execution)).filter(({ Status }) => Status === 'Available')
    const pass =
      images.length > 0 &&
      images.every(({ sharedWith }) => accounts.every((account) => sharedWith.includes(account)))
    const found = images.map(
      ({ Region, sharedWith }) => `${Region} with ${sharedWith.join(', ') || 'nobody'}`,
    )
    return verdict(
      pass,
      `the images of ${execution.id} to be shared with ${accounts.join(', ')}`,
      found.join('; ') || 'no image',
    )
  },

  async toHaveImagesIn(execution: ExecutionRef, regions: readonly string[]): Promise<Verdict> {
    const images = (await imagesOf(execution)).filter(({ Status }) => Status === 'Available')
    const found = images
      .map(({ Region }) => Region)
      .sort()
      .join(', ')
    const wanted = [...regions].sort().join(', ')
    return verdict(found === wanted, `${execution.id} to have images in ${wanted}`, found)
  },
}

declare module 'vitest' {
  // The parameter is vitest's own; it says what the matcher is about, which is not checked here.
  interface Matchers<T> extends ExecutionMatchers {}
}
