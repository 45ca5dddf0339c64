/** The task of a CreateImage call; that of a CopyImage call is the `copyImage` of an execution. */
import { fromPromise } from 'xstate'
import type { Ended } from './tasks.js'

export interface CreateImageInput {
  readonly executionId: string
  readonly region: string
  readonly imageId: string
  readonly imageName: string
  /** The instance that it is made from, or null: it is made from snapshots. */
  readonly instanceId: string | null
  readonly snapshotIds: readonly string[]
}

export const createImage = fromPromise<Ended, CreateImageInput>(() =>
  Promise.reject(
    new Error('createImage has no function here: give one in "tasks", or simulate it'),
  ),
)
