/**
 * The seven tasks of an execution: what each one is given and gives back, and the actors that stand
 * for them. An actor here has no work of its own to do: the engine runs the function that the
 * embedder names under `tasks`, or plays a plan. Everything passes through JSON on the way.
 */
import { fromPromise } from 'xstate'
import { withoutFunction } from './without-function.js'

/** Output of a task whose end says it all. */
export type Ended = null

export interface PrepareInstanceInput {
  readonly executionId: string
  readonly templateId: string
  readonly region: string
  readonly account: string
  readonly baseImage: string
  readonly instanceType: string
}

export interface RepairImageInput {
  readonly executionId: string
  readonly templateId: string
  readonly region: string
  readonly baseImage: string
  /** `Standard`, `All` or `Customized`; never null here, as nothing is repaired without a mode. */
  readonly repairMode: string | null
}

export interface BuildImageInput {
  readonly executionId: string
  readonly templateId: string
  readonly region: string
  readonly imageId: string
  readonly imageName: string
  readonly baseImage: string
}

export interface TestImageInput {
  readonly executionId: string
  readonly templateId: string
  readonly region: string
  readonly imageId: string
}

export interface CopyImageInput {
  readonly executionId: string
  readonly sourceRegion: string
  readonly sourceImageId: string
  /** Where the copy goes, and the id that it has there. */
  readonly region: string
  readonly imageId: string
  readonly imageName: string
}

/** One image and at most ten accounts, the limit of one ModifyImageSharePermission call. */
export interface ShareImageInput {
  readonly imageId: string
  readonly region: string
  readonly accounts: readonly string[]
}

/** An account that an image could not be shared with, and the service's reason. */
export interface FailedAccount {
  readonly account: string
  readonly code: string
  readonly message: string
}

/** Leaving `failed` out, or the whole output null, means that every account has the image. */
export type ShareImageOutput = { readonly failed?: readonly FailedAccount[] } | null

export interface ReleaseResourcesInput {
  readonly executionId: string
  readonly region: string
  /** The template's own wish, as it was given. */
  readonly deleteInstanceOnFailure: boolean
  /**
   * What follows from it for this run: the instance stays only if the run failed after the instance
   * had started. One that never started is always released, and so is that of a cancelled run.
   */
  readonly keepInstance: boolean
}

export const prepareInstance = fromPromise<Ended, PrepareInstanceInput>(() =>
  withoutFunction('prepareInstance'),
)
export const repairImage = fromPromise<Ended, RepairImageInput>(() =>
  withoutFunction('repairImage'),
)
export const buildImage = fromPromise<Ended, BuildImageInput>(() => withoutFunction('buildImage'))
export const testImage = fromPromise<Ended, TestImageInput>(() => withoutFunction('testImage'))
export const copyImage = fromPromise<Ended, CopyImageInput>(() => withoutFunction('copyImage'))
export const shareImage = fromPromise<ShareImageOutput, ShareImageInput>(() =>
  withoutFunction('shareImage'),
)
export const releaseResources = fromPromise<Ended, ReleaseResourcesInput>(() =>
  withoutFunction('releaseResources'),
)
