/**
 * What somebody would write by hand in place of the machine: the least that a step can cost here. It
 * knows the walk that is measured, copies and their failures included, and no other.
 */
import {
  type ExecutionContext,
  type ExecutionInput,
  initialContext,
  without,
} from '../../machines/execution-context.js'
import { copyOf, copyTasks, shareDone, shareOf, shareTasks } from '../../machines/fanout.js'
import { faultOf } from '../../machines/fault.js'
import { buildInput, prepareInput, releaseInput, testInput } from '../../machines/task-inputs.js'
import type { Effect, EventData } from '../../src/core/effects.js'
import type { Json } from '../../src/core/json.js'

export interface Reduced {
  readonly stage: string
  readonly context: ExecutionContext
  readonly effects: readonly Effect[]
}

export function begin(input: ExecutionInput): Reduced {
  const context = initialContext(input)
  return { stage: 'preparing', context, effects: [start('prepareInstance', prepareInput(context))] }
}

export function reduce({ stage, context }: Reduced, event: EventData): Reduced {
  switch (stage) {
    case 'preparing':
      return build({ ...context, image: 'creating' })
    case 'building':
      return test({ ...context, image: 'available' })
    case 'testing':
      return copy(context)
    case 'copy':
      return copied(context, event)
    case 'share':
      return shared(context, event)
    default:
      return { stage: 'done', context, effects: [{ kind: 'complete', outcome: 'done' }] }
  }
}

function start(id: string, input: object, src = id): Effect {
  return { kind: 'startTask', id, src, input: input as Json }
}

function tell(context: ExecutionContext, type: string, more: object): Effect {
  const { executionId, templateId, region, imageId } = context
  return { kind: 'emit', event: { type, executionId, templateId, region, imageId, ...more } }
}

function made({ account, imageName, imageFamily, osType }: ExecutionContext) {
  return { account, imageName, imageFamily, osType }
}

function build(context: ExecutionContext): Reduced {
  const told = tell(context, 'image.creating', made(context))
  const effects = [told, start('buildImage', buildInput(context))]
  return { stage: 'building', context, effects }
}

function test(context: ExecutionContext): Reduced {
  const effects = [tell(context, 'image.available', {}), start('testImage', testInput(context))]
  return { stage: 'testing', context, effects }
}

function copy(context: ExecutionContext): Reduced {
  const tasks = copyTasks(context)
  const effects: Effect[] = []
  for (const { id, input } of tasks) {
    const { region, imageId, sourceImageId } = input
    const copy = { region, imageId, ...made(context), sourceImageId }
    effects.push(tell(context, 'image.copying', copy), start(id, input, 'copyImage'))
  }
  const outstanding = tasks.map(({ id }) => id)
  return { stage: 'copy', context: { ...context, outstanding }, effects }
}

function copied(context: ExecutionContext, event: EventData): Reduced {
  const id = event['actorId'] as string
  const image = copyOf(context, id)
  const outstanding = without(context, id)
  const isDone = event.type.startsWith('xstate.done')
  const fault = isDone ? null : faultOf(event['error'])
  const problem = fault && { stage: 'copy' as const, region: image.region, ...fault }
  const next: ExecutionContext = {
    ...context,
    outstanding,
    copied: isDone ? [...context.copied, image.region] : context.copied,
    problems: problem ? [...context.problems, problem] : context.problems,
  }
  const effect = fault
    ? tell(context, 'image.copyFailed', { ...image, error: { ...fault } })
    : tell(context, 'image.copied', image)
  return outstanding.length > 0
    ? { stage: 'copy', context: next, effects: [effect] }
    : share(next, effect)
}

function share(context: ExecutionContext, effect: Effect): Reduced {
  const tasks = shareTasks(context)
  const effects = tasks.map(({ id, input }) => start(id, input, 'shareImage'))
  const outstanding = tasks.map(({ id }) => id)
  return { stage: 'share', context: { ...context, outstanding }, effects: [effect, ...effects] }
}

function shared(context: ExecutionContext, event: EventData): Reduced {
  const id = event['actorId'] as string
  const end = shareDone(context, id, null)
  const { region, imageId } = shareOf(context, id)
  const outstanding = without(context, id)
  const problems = [...context.problems, ...end.problems]
  const next: ExecutionContext = { ...context, outstanding, problems }
  const effect = tell(context, 'image.shared', { region, imageId, accounts: end.shared })
  return outstanding.length > 0
    ? { stage: 'share', context: next, effects: [effect] }
    : {
        stage: 'release',
        context: next,
        effects: [effect, start('releaseResources', releaseInput(next))],
      }
}
