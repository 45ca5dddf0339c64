/**
 * The tasks that `copy` and `share` start all at once, and how an end finds its way back to the
 * region and the accounts: the task's id says both. Region ids hold no dot, so an id splits in one
 * way only.
 */
import type { Copy } from './distribution.js'
import type { ExecutionContext, Problem } from './execution-context.js'
import { type Fault, faultOf } from './fault.js'
import type { CopyImageInput, ShareImageInput, ShareImageOutput } from './tasks.js'

/** Accounts that one call of the service shares an image with; the API's own limit. */
const accountsPerShare = 10

/**
 * What was told of texts before, by the text: a region's id put together anew in each execution would
 * be kept, and looked through wherever it is looked up, in each of them.
 */
function remembered<T>(tell: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    if (known.size === mostRemembered) known.clear()
    const told = tell(text)
    known.set(text, told)
    return told
  }
}

/** More regions than the service has. */
const mostRemembered = 1_000

const copyId = remembered((region) => `copy.${region}`)
const regionOfCopy = remembered((id) => id.slice('copy.'.length))
const firstShareId = remembered((region) => `share.${region}.1`)

/** The region of a share task, and the place of the first of its accounts. */
const placeOfShare = remembered((id) => {
  const dot = id.lastIndexOf('.')
  const first = (Number(id.slice(dot + 1)) - 1) * accountsPerShare
  return { region: id.slice('share.'.length, dot), first }
})

export interface Task<Input> {
  readonly id: string
  readonly input: Input
}

/** One task for each region to copy to: `copy.<region>`. */
export function copyTasks(context: ExecutionContext): Task<CopyImageInput>[] {
  const { executionId, region: sourceRegion, imageId: sourceImageId, imageName } = context
  return context.copies.map(({ region, imageId }) => ({
    id: copyId(region),
    input: { executionId, sourceRegion, sourceImageId, region, imageId, imageName },
  }))
}

/** The region and the image of a copy task. */
export function copyOf(context: ExecutionContext, id: string): Copy {
  const region = regionOfCopy(id)
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
      tasks.push({ id: shareId(image.region, first / accountsPerShare + 1), input })
    }
  }
  return tasks
}

function shareId(region: string, number: number): string {
  return number === 1 ? firstShareId(region) : `share.${region}.${number}`
}

/** The image and the accounts of a share task. */
export function shareOf(context: ExecutionContext, id: string): ShareImageInput {
  const { region, first } = placeOfShare(id)
  return {
    region,
    imageId: imageIn(context, region),
    accounts: context.accounts.slice(first, first + accountsPerShare),
  }
}

/** The image of a share task alone. */
export function imageOfShare(context: ExecutionContext, id: string): Copy {
  const { region } = placeOfShare(id)
  return { region, imageId: imageIn(context, region) }
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
  const failed = output?.failed ?? []
  if (failed.length === 0) return { id, shared: accounts, problems: [] }
  const failures = new Map(failed.map((failure) => [failure.account, failure]))
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
  const problem: Problem = { stage: 'share', region, accounts, ...faultOf(error) }
  return { id, shared: [], problems: [problem] }
}

function imageIn(context: ExecutionContext, region: string): string {
  return context.copies.find((copy) => copy.region === region)?.imageId ?? context.imageId
}
