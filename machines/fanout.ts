/**
 * The tasks that `copy` and `share` start all at once, and how an end finds its way back to the
 * region and the accounts: the task's id says both. Region ids hold no dot, so an id splits in one
 * way only.
 */
import type { ExecutionContext, Problem } from './execution-context.js'
import { type Fault, faultOf } from './fault.js'
import type { CopyImageInput, ShareImageInput, ShareImageOutput } from './tasks.js'

/** Accounts that one call of the service shares an image with; the API's own limit. */
const accountsPerShare = 10

export interface Task<Input> {
  readonly id: string
  readonly input: Input
}

/** One task for each region to copy to: `copy.<region>`. */
export function copyTasks(context: ExecutionContext): Task<CopyImageInput>[] {
  const { executionId, region: sourceRegion, imageId: sourceImageId, imageName } = context
  return context.copies.map(({ region, imageId }) => ({
    id: `copy.${region}`,
    input: { executionId, sourceRegion, sourceImageId, region, imageId, imageName },
  }))
}

/** The region and the image of a copy task. */
export function copyOf(context: ExecutionContext, id: string): { region: string; imageId: string } {
  const region = id.slice('copy.'.length)
  return { region, imageId: imageIn(context, region) }
}

/**
 * One task for each image and up to ten accounts: `share.<region>.<number from 1>`. The own image
 * comes first, then the copies that succeeded, in the template's order: the order of their arrival
 * must not show.
 */
export function shareTasks(context: ExecutionContext): Task<ShareImageInput>[] {
  const { accounts, region, imageId } = context
  const copied = context.copies.filter((copy) => context.copied.includes(copy.region))
  const tasks: Task<ShareImageInput>[] = []
  for (const image of [{ region, imageId }, ...copied]) {
    for (let first = 0; first < accounts.length; first += accountsPerShare) {
      const input = {
        region: image.region,
        imageId: image.imageId,
        accounts: accounts.slice(first, first + accountsPerShare),
      }
      tasks.push({ id: `share.${image.region}.${first / accountsPerShare + 1}`, input })
    }
  }
  return tasks
}

/** The image and the accounts of a share task. */
export function shareOf(context: ExecutionContext, id: string): ShareImageInput {
  const dot = id.lastIndexOf('.')
  const region = id.slice('share.'.length, dot)
  const end = Number(id.slice(dot + 1)) * accountsPerShare
  return {
    region,
    imageId: imageIn(context, region),
    accounts: context.accounts.slice(end - accountsPerShare, end),
  }
}

/** What the end of a share task did: who has the image now, and the problems of the others. */
export interface ShareEnd {
  readonly id: string
  readonly shared: readonly string[]
  readonly problems: readonly Problem[]
}

/** The end of a share task that answered: its output lists the accounts that failed. */
export function shareDone(
  context: ExecutionContext,
  id: string,
  output: ShareImageOutput,
): ShareEnd {
  const { region, accounts } = shareOf(context, id)
  const failures = new Map((output?.failed ?? []).map((failure) => [failure.account, failure]))
  const groups = new Map<string, { fault: Fault; accounts: string[] }>()
  for (const account of accounts) {
    const failure = failures.get(account)
    if (failure === undefined) continue
    const fault = faultOf(failure)
    const group = groups.get(JSON.stringify(fault)) ?? { fault, accounts: [] }
    group.accounts.push(account)
    groups.set(JSON.stringify(fault), group)
  }
  const problemOf = (group: { fault: Fault; accounts: string[] }): Problem => ({
    stage: 'share',
    region,
    accounts: group.accounts,
    ...group.fault,
  })
  return {
    id,
    shared: accounts.filter((account) => !failures.has(account)),
    problems: [...groups.values()].map(problemOf),
  }
}

/** The end of a share task that failed as a whole: none of its accounts has the image. */
export function shareFailed(context: ExecutionContext, id: string, error: unknown): ShareEnd {
  const { region, accounts } = shareOf(context, id)
  return { id, shared: [], problems: [{ stage: 'share', region, accounts, ...faultOf(error) }] }
}

function imageIn(context: ExecutionContext, region: string): string {
  return context.copies.find((copy) => copy.region === region)?.imageId ?? context.imageId
}
