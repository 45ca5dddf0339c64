/**
 * One run of a template: `create → copy → share → release → done | failed`, with
 * `cancel → cancelled` beside it. Retry, backoff and time-out belong to the task policies; this
 * machine sees the last end of a task only. What callers see of it is `view` in view.ts.
 *
 * Repairing and testing are skipped by a guard on the way in, not by an `always` of their own: an
 * invoke starts as its state is entered, so an `always` would leave a task started and stopped.
 */
import { assign, emit, enqueueActions, setup } from 'xstate'
import type { Copy } from './distribution.js'
import {
  type ExecutionContext,
  type ExecutionInput,
  type Fatal,
  fatalOf,
  initialContext,
  type Problem,
  releaseProblem,
  withAll,
  without,
} from './execution-context.js'
import type { ExecutionEmitted, ExecutionEvent } from './execution-events.js'
import {
  copyOf,
  copyTasks,
  imageOfShare,
  type ShareEnd,
  shareDone,
  shareFailed,
  shareTasks,
} from './fanout.js'
import { type Fault, faultOf } from './fault.js'
import { type ExecutionOutput, outputOf } from './status.js'
import { buildInput, prepareInput, releaseInput, repairInput, testInput } from './task-inputs.js'
import {
  buildImage,
  copyImage,
  type CopyImageInput,
  prepareInstance,
  releaseResources,
  repairImage,
  shareImage,
  testImage,
} from './tasks.js'

/**
 * What the world is told of an image: the own one, or a copy. Events are written out, here and below,
 * as spreading costs more than all the rest of a step.
 */
const told = <T extends ExecutionEmitted['type']>(
  type: T,
  { executionId, templateId }: ExecutionContext,
  { region, imageId }: Copy,
) => ({ type, executionId, templateId, region, imageId })

const creating = (context: ExecutionContext) => ({
  type: 'image.creating' as const,
  executionId: context.executionId,
  templateId: context.templateId,
  region: context.region,
  imageId: context.imageId,
  account: context.account,
  imageName: context.imageName,
  imageFamily: context.imageFamily,
  osType: context.osType,
})

const copying = (context: ExecutionContext, copy: CopyImageInput) => ({
  type: 'image.copying' as const,
  executionId: context.executionId,
  templateId: context.templateId,
  region: copy.region,
  imageId: copy.imageId,
  account: context.account,
  imageName: context.imageName,
  imageFamily: context.imageFamily,
  osType: context.osType,
  sourceImageId: copy.sourceImageId,
})

const copyFailed = (context: ExecutionContext, { region, imageId }: Copy, error: Fault) => ({
  type: 'image.copyFailed' as const,
  executionId: context.executionId,
  templateId: context.templateId,
  region,
  imageId,
  error,
})

const shared = (
  context: ExecutionContext,
  { region, imageId }: Copy,
  accounts: ShareEnd['shared'],
) => ({
  type: 'image.shared' as const,
  executionId: context.executionId,
  templateId: context.templateId,
  region,
  imageId,
  accounts,
})

export const executionMachine = setup({
  types: {} as {
    context: ExecutionContext
    events: ExecutionEvent
    input: ExecutionInput
    output: ExecutionOutput
    emitted: ExecutionEmitted
  },
  actors: {
    prepareInstance,
    repairImage,
    buildImage,
    testImage,
    copyImage,
    shareImage,
    releaseResources,
  },
  guards: {
    repairIsAsked: ({ context }) => context.repairMode !== null,
    hasTests: ({ context }) => context.hasTests,
    allHaveEnded: ({ context }) => context.outstanding.length === 0,
    hasFailed: ({ context }) => context.fatal !== null,
  },
  actions: {
    imageIsCreating: assign({ image: 'creating' }),
    imageIsAvailable: assign({ image: 'available' }),
    imageIsGone: assign({ image: 'gone' }),
    tellCreating: emit(({ context }) => creating(context)),
    tellAvailable: emit(({ context }) => told('image.available', context, context)),
    tellRemoved: emit(({ context }) => told('image.removed', context, context)),
    fail: assign({ fatal: (_, params: Fatal) => params }),
    note: assign({ problems: ({ context }, params: Problem) => [...context.problems, params] }),

    startCopies: enqueueActions(({ context, enqueue }) => {
      const tasks = copyTasks(context)
      enqueue.assign({ outstanding: tasks.map(({ id }) => id) })
      for (const { id, input } of tasks) {
        enqueue.emit(copying(context, input))
        enqueue.spawnChild('copyImage', { id, input })
      }
    }),
    copyIsDone: enqueueActions(({ context, enqueue }, params: { id: string }) => {
      const copy = copyOf(context, params.id)
      enqueue.assign({
        outstanding: without(context, params.id),
        copied: [...context.copied, copy.region],
      })
      enqueue.emit(told('image.copied', context, copy))
    }),
    copyHasFailed: enqueueActions(
      ({ context, enqueue }, params: { id: string; error: unknown }) => {
        const copy = copyOf(context, params.id)
        const error = faultOf(params.error)
        enqueue.assign({
          outstanding: without(context, params.id),
          problems: [...context.problems, { stage: 'copy', region: copy.region, ...error }],
        })
        enqueue.emit(copyFailed(context, copy, error))
      },
    ),

    startShares: enqueueActions(({ context, enqueue }) => {
      const tasks = shareTasks(context)
      enqueue.assign({ outstanding: tasks.map(({ id }) => id) })
      for (const { id, input } of tasks) enqueue.spawnChild('shareImage', { id, input })
    }),
    shareHasEnded: enqueueActions(({ context, enqueue }, params: ShareEnd) => {
      enqueue.assign({
        outstanding: without(context, params.id),
        problems: withAll(context.problems, params.problems),
      })
      if (params.shared.length === 0) return
      enqueue.emit(shared(context, imageOfShare(context, params.id), params.shared))
    }),
  },
}).createMachine({
  id: 'execution',
  version: '1',
  context: ({ input }) => initialContext(input),
  output: ({ context }) => outputOf(context),
  initial: 'create',
  states: {
    create: {
      initial: 'preparing',
      states: {
        preparing: {
          invoke: {
            id: 'prepareInstance',
            src: 'prepareInstance',
            input: ({ context }) => prepareInput(context),
            onDone: [{ guard: 'repairIsAsked', target: 'repairing' }, { target: 'building' }],
            onError: {
              target: '#execution.release',
              actions: {
                type: 'fail',
                params: ({ event }) => fatalOf('prepareInstance', event.error),
              },
            },
          },
          on: { CANCEL: { target: '#execution.cancel' } },
        },
        repairing: {
          invoke: {
            id: 'repairImage',
            src: 'repairImage',
            input: ({ context }) => repairInput(context),
            onDone: { target: 'building' },
            onError: {
              target: '#execution.release',
              actions: { type: 'fail', params: ({ event }) => fatalOf('repairImage', event.error) },
            },
          },
          on: { CANCEL: { target: '#execution.cancel' } },
        },
        building: {
          entry: ['imageIsCreating', 'tellCreating'],
          invoke: {
            id: 'buildImage',
            src: 'buildImage',
            input: ({ context }) => buildInput(context),
            onDone: [
              {
                guard: 'hasTests',
                target: 'testing',
                actions: ['imageIsAvailable', 'tellAvailable'],
              },
              { target: '#execution.copy', actions: ['imageIsAvailable', 'tellAvailable'] },
            ],
            onError: {
              target: '#execution.release',
              actions: [
                { type: 'fail', params: ({ event }) => fatalOf('buildImage', event.error) },
                'imageIsGone',
                'tellRemoved',
              ],
            },
          },
          on: {
            CANCEL: { target: '#execution.cancel', actions: ['imageIsGone', 'tellRemoved'] },
          },
        },
        testing: {
          invoke: {
            id: 'testImage',
            src: 'testImage',
            input: ({ context }) => testInput(context),
            onDone: { target: '#execution.copy' },
            onError: {
              target: '#execution.release',
              actions: { type: 'fail', params: ({ event }) => fatalOf('testImage', event.error) },
            },
          },
        },
      },
    },
    copy: {
      entry: 'startCopies',
      always: { guard: 'allHaveEnded', target: 'share' },
      on: {
        'xstate.done.actor.copy.*': {
          actions: { type: 'copyIsDone', params: ({ event }) => ({ id: event.actorId }) },
        },
        'xstate.error.actor.copy.*': {
          actions: {
            type: 'copyHasFailed',
            params: ({ event }) => ({ id: event.actorId, error: event.error }),
          },
        },
      },
    },
    share: {
      entry: 'startShares',
      always: { guard: 'allHaveEnded', target: 'release' },
      on: {
        'xstate.done.actor.share.*': {
          actions: {
            type: 'shareHasEnded',
            params: ({ context, event }) => shareDone(context, event.actorId, event.output),
          },
        },
        'xstate.error.actor.share.*': {
          actions: {
            type: 'shareHasEnded',
            params: ({ context, event }) => shareFailed(context, event.actorId, event.error),
          },
        },
      },
    },
    release: {
      invoke: {
        id: 'releaseResources',
        src: 'releaseResources',
        input: ({ context }) => releaseInput(context),
        onDone: [{ guard: 'hasFailed', target: 'failed' }, { target: 'done' }],
        onError: [
          {
            guard: 'hasFailed',
            target: 'failed',
            actions: {
              type: 'note',
              params: ({ event }) => releaseProblem('release', event.error),
            },
          },
          {
            target: 'done',
            actions: {
              type: 'note',
              params: ({ event }) => releaseProblem('release', event.error),
            },
          },
        ],
      },
    },
    cancel: {
      invoke: {
        id: 'releaseResources',
        src: 'releaseResources',
        input: ({ context }) => releaseInput(context),
        onDone: { target: 'cancelled' },
        onError: {
          target: 'cancelled',
          actions: { type: 'note', params: ({ event }) => releaseProblem('cancel', event.error) },
        },
      },
    },
    done: { type: 'final' },
    failed: { type: 'final' },
    cancelled: { type: 'final' },
  },
})
