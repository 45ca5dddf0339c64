import type { ExecutionStatus } from '../../../machines/status.js'

/** What a caller says in the end: all is well, a part of it, nothing, or that it gave up waiting. */
export type Claim = 'success' | 'partly' | 'failure' | 'gave up'

/** An image as DescribeImages tells it. */
export interface ListedImage {
  readonly ImageId: string
  readonly ImageName: string
  readonly Status: string
}

/**
 * The service as a caller sees it, in virtual time. Every call may throw what a client throws: an
 * error with the service's `code`, or `ClientTimeout` when no answer came within three seconds.
 */
export interface PolledService {
  /** StartImagePipelineExecution. @returns the ExecutionId */
  start(clientToken?: string): Promise<string>
  /** The Status of an execution; undefined when the list is empty. */
  status(executionId: string): Promise<ExecutionStatus | undefined>
  /** CancelImagePipelineExecution. */
  cancel(executionId: string): Promise<void>
  /** The account's own images: one page of DescribeImages, which has ten unless more are asked for. */
  images(pageSize?: number): Promise<readonly ListedImage[]>
  /** The prefix of the names of images that the template makes. */
  readonly imageName: string
  /** Lets time pass, in milliseconds. */
  sleep(ms: number): Promise<void>
  /** Milliseconds since the caller began. */
  now(): Promise<number>
}

/** A way in which callers wait, as a small model. */
export interface Poller {
  readonly name: string
  /** In a sentence. */
  readonly about: string
  /** What it wants: an image, or an execution that is cancelled. `bake` when absent. */
  readonly goal?: 'bake' | 'cancel'
  /** Calls the service until it knows, or thinks so. What it throws counts as `failure`. */
  wait(service: PolledService): Promise<Claim>
}

/** A client that waited three seconds for an answer, as the SDKs do, and got none. */
export class ClientTimeout extends Error {
  override readonly name = 'ClientTimeout'
  readonly code = 'ClientTimeout'
}

/** How long clients wait for an answer unless they are told otherwise, in milliseconds. */
export const clientTimeoutMs = 3_000
