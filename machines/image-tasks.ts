/** The task of a CreateImage call; that of a CopyImage call is the `copyImage` of an execution. */
import { fromPromise } from 'xstate'
import type { Ended } from './tasks.js'
import { withoutFunction } from './without-function.js'

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
  withoutFunction('createImage'),
)
