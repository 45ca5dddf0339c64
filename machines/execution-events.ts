/** The events that move an execution, and the domain events that it tells the world. */
import type { Fault } from './fault.js'
import type { Ended, ShareImageOutput } from './tasks.js'

/**
 * What the machine is sent. The ends of the invoked tasks are typed by their invokes; those of the
 * spawned ones, whose ids are known at run time only, stand here. Errors are plain JSON,
 * `{ name?, code?, message }`.
 */
export type ExecutionEvent =
  | { type: 'CANCEL' }
  | { type: `xstate.done.actor.copy.${string}`; output: Ended; actorId: string }
  | { type: `xstate.error.actor.copy.${string}`; error: unknown; actorId: string }
  | { type: `xstate.done.actor.share.${string}`; output: ShareImageOutput; actorId: string }
  | { type: `xstate.error.actor.share.${string}`; error: unknown; actorId: string }

interface OfImage {
  readonly executionId: string
  readonly templateId: string
  readonly region: string
  readonly imageId: string
}

/** What is known of an image from its beginning. */
export interface NewImage {
  readonly account: string
  readonly imageName: string
  readonly imageFamily: string
  readonly osType: 'linux' | 'windows'
}

/** What becomes of the images, for the catalog to follow. */
export type ExecutionEmitted = OfImage &
  (
    | (NewImage & { readonly type: 'image.creating' })
    | { readonly type: 'image.available' }
    | { readonly type: 'image.removed' }
    | (NewImage & { readonly type: 'image.copying'; readonly sourceImageId: string })
    | { readonly type: 'image.copied' }
    | { readonly type: 'image.copyFailed'; readonly error: Fault }
    | { readonly type: 'image.shared'; readonly accounts: readonly string[] }
  )
