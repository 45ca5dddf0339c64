/**
 * One image that a CreateImage or a CopyImage call asked for: `creating` or `copying`, then
 * `available`, `failed`, or, for a copy, `cancelled`. A copy queues for a slot of its region like
 * those of an execution; whether it does is not this machine's knowledge.
 */
import { emit, enqueueActions, setup } from 'xstate'
import { type Fault, faultOf } from './fault.js'
import { createImage, type CreateImageInput } from './image-tasks.js'
import { copyImage, type CopyImageInput } from './tasks.js'

/** What the call wants: the input of the task that does it. */
export type ImageRunInput =
  | { readonly kind: 'create'; readonly task: CreateImageInput }
  | { readonly kind: 'copy'; readonly task: CopyImageInput }

export interface ImageRunContext {
  readonly run: ImageRunInput
  /** Why there is no image. */
  readonly error: Fault | null
}

export type ImageRunEvent = { type: 'CANCEL' }

/** What becomes of the image, for the catalog to follow. */
export type ImageRunEmitted =
  | { readonly type: 'image.available'; readonly imageId: string; readonly region: string }
  | { readonly type: 'image.removed'; readonly imageId: string; readonly region: string }
  | {
      readonly type: 'image.failed'
      readonly imageId: string
      readonly region: string
      readonly error: Fault
    }

/** `Cancelled`: the image is gone. */
export type ImageRunStatus = 'Creating' | 'Available' | 'CreateFailed' | 'Cancelled'

export interface ImageRunOutput {
  readonly imageId: string
  readonly error: Fault | null
}

const own = ({ run }: ImageRunContext) => ({ imageId: run.task.imageId, region: run.task.region })

export const imageMachine = setup({
  types: {} as {
    context: ImageRunContext
    events: ImageRunEvent
    input: ImageRunInput
    output: ImageRunOutput
    emitted: ImageRunEmitted
  },
  actors: { createImage, copyImage },
  guards: { isCopy: ({ context }) => context.run.kind === 'copy' },
  actions: {
    tellAvailable: emit(({ context }) => ({ type: 'image.available', ...own(context) })),
    tellRemoved: emit(({ context }) => ({ type: 'image.removed', ...own(context) })),
    fail: enqueueActions(({ context, enqueue }, params: { error: unknown }) => {
      const error = faultOf(params.error)
      enqueue.assign({ error })
      enqueue.emit({ type: 'image.failed', ...own(context), error })
    }),
  },
}).createMachine({
  id: 'image',
  version: '1',
  context: ({ input }) => ({ run: input, error: null }),
  output: ({ context }) => ({ imageId: context.run.task.imageId, error: context.error }),
  initial: 'begin',
  states: {
    begin: { always: [{ guard: 'isCopy', target: 'copying' }, { target: 'creating' }] },
    creating: {
      invoke: {
        id: 'createImage',
        src: 'createImage',
        input: ({ context }) => context.run.task as CreateImageInput,
        onDone: { target: 'available', actions: 'tellAvailable' },
        onError: {
          target: 'failed',
          actions: { type: 'fail', params: ({ event }) => ({ error: event.error }) },
        },
      },
    },
    copying: {
      invoke: {
        id: 'copyImage',
        src: 'copyImage',
        input: ({ context }) => context.run.task as CopyImageInput,
        onDone: { target: 'available', actions: 'tellAvailable' },
        onError: {
          target: 'failed',
          actions: { type: 'fail', params: ({ event }) => ({ error: event.error }) },
        },
      },
      on: { CANCEL: { target: 'cancelled', actions: 'tellRemoved' } },
    },
    available: { type: 'final' },
    failed: { type: 'final' },
    cancelled: { type: 'final' },
  },
})

const statuses = {
  begin: 'Creating',
  creating: 'Creating',
  copying: 'Creating',
  available: 'Available',
  failed: 'CreateFailed',
  cancelled: 'Cancelled',
} as const satisfies Record<string, ImageRunStatus>

/** The status of the image, but for its wait for a slot, which only the engine knows of. */
export function imageRunStatus(value: keyof typeof statuses): ImageRunStatus {
  return statuses[value]
}
