import { z } from 'zod'
import { executionStatuses } from '../../../machines/status.js'
import { accountId, closed, durationText, notA, text, word } from '../plan/shapes.js'
import { taskNames } from '../plan/rule.js'
import { imageStates } from './types.js'

const status = word('a status', executionStatuses).meta({ id: 'status' })

const statusError = ({ input }: { readonly input?: unknown }) =>
  typeof input === 'string' ? notA('a status', input, executionStatuses) : undefined

/** One status or several. */
const statuses = z.union([status, z.array(status).min(1)], {
  error: (issue) => statusError(issue) ?? 'must be a status or a list of statuses',
})

const visited = z
  .array(status)
  .min(1)
  .superRefine((all, context) => {
    for (const [index, each] of all.entries()) {
      if (all.indexOf(each) === index) continue
      const message = `"${each}" stands here twice; an execution has a status once`
      context.addIssue({ code: 'custom', path: [index], message, input: each })
    }
  })

/** The tasks that an execution has one of; the others are one a region. */
const singleTasks = taskNames.filter((name) => name !== 'copyImage' && name !== 'shareImage')

export const taskId = z.string().superRefine((id, context) => {
  const problem = taskIdProblem(id)
  if (problem !== undefined) context.addIssue({ code: 'custom', message: problem, input: id })
})

function taskIdProblem(id: string): string | undefined {
  if (id === 'copyImage') return 'there is one copy a region: write copy.cn-beijing'
  if (id === 'shareImage') return 'there are shares in every region: write share.cn-beijing.1'
  if (/^(copy\.[^.]+|share\.[^.]+\.[1-9]\d*)$/.test(id)) return undefined
  if (singleTasks.some((name) => name === id)) return undefined
  return notA('a task of an execution', id, [...singleTasks, 'copy.cn-beijing'])
}

const count = z.number().int().min(0)

/** A region is any text: whether it exists is for the world to say. */
const region = text

const executionShape = {
  status: status.exactOptional(),
  error: z
    .string()
    .min(1)
    .exactOptional()
    .meta({ description: 'The ErrorCode; none: there must be none.' }),
  message: text.exactOptional().meta({ description: 'Text that Message contains.' }),
  visited: visited.exactOptional().meta({
    description: 'Exactly the statuses that it has had, in order.',
  }),
  eventually: statuses.exactOptional().meta({ description: 'It has had each of these.' }),
  never: statuses.exactOptional().meta({ description: 'It has had none of these.' }),
  always: statuses.exactOptional().meta({ description: 'It has had none but these.' }),
  lasted: durationText.exactOptional().meta({ description: 'From its start to its end.' }),
  images: z
    .record(region, word('an image status', imageStates))
    .exactOptional()
    .meta({ description: 'By region: the status of the image there, or none.' }),
  shared: z
    .record(region, z.array(accountId))
    .exactOptional()
    .meta({ description: 'By region: the accounts that have the image there, in any order.' }),
  attempts: z
    .record(taskId, count)
    .exactOptional()
    .meta({ description: 'By task (buildImage, copy.cn-beijing): the attempts begun.' }),
}

const templateShape = {
  exists: z.boolean().exactOptional(),
  executions: count.exactOptional().meta({ description: 'How many executions it has had.' }),
  live: count.exactOptional().meta({ description: 'How many of them have not ended.' }),
}

export const executionFields: readonly string[] = Object.keys(executionShape)
export const templateFields: readonly string[] = Object.keys(templateShape)

/** A misspelt expectation is one mistake, not also the lack of one. */
function atLeastOne(step: object, context: z.core.$RefinementCtx<object>): void {
  if (context.issues.length > 0 || Object.keys(step).length > 1) return
  const message = 'an expect step must say what to expect'
  context.addIssue({ code: 'custom', message, input: step })
}

export const expectExecution = closed('a field of an expect step', {
  expect: text.meta({ description: 'An execution, by its name in this scenario.' }),
  ...executionShape,
}).superRefine(atLeastOne)

export const expectTemplate = closed('a field of an expect step for a template', {
  expect: text.meta({ description: 'A template, by its key.' }),
  ...templateShape,
}).superRefine(atLeastOne)

/** What a wait ends at. */
export const until = z.union([z.literal('ended'), status, z.array(status).min(1)], {
  error: ({ input }) =>
    typeof input === 'string'
      ? notA('a status', input, [...executionStatuses, 'ended'])
      : 'must be a status, a list of statuses, or ended',
})
