import type { Json } from './changes.js'
import type { TaskFault } from './history.js'
import { cancellable, isStatus } from './status.js'
import type { Task } from './tasks.js'

/** What the page knows of the Image Builder beside its statuses. Nothing else on it does. */

interface Context {
  readonly region: string
  readonly imageId: string
  readonly image: 'none' | 'creating' | 'available' | 'gone'
  readonly copies: readonly { readonly region: string; readonly imageId: string }[]
  readonly copied: readonly string[]
  readonly accounts: readonly string[]
  readonly problems: readonly { readonly stage: string; readonly region?: string }[]
}

/** Accounts that one call shares an image with. */
const accountsPerShare = 10

export function isImageBuilder(machine: string): boolean {
  return machine.startsWith('execution@')
}

function contextOf(context: Json): Context | null {
  const known = context as Partial<Context> | null
  return known?.copies === undefined || known.region === undefined ? null : (known as Context)
}

/** The tasks that a stage will start, before it has: by the state that will. */
export function expectedTasks(machine: string, context: Json): Readonly<Record<string, string[]>> {
  const known = isImageBuilder(machine) ? contextOf(context) : null
  if (known === null) return {}
  const batches = Math.ceil(known.accounts.length / accountsPerShare)
  const regions = [known.region, ...known.copies.map(({ region }) => region)]
  const shares = regions.flatMap((region) =>
    Array.from({ length: batches }, (_, index) => `share.${region}.${index + 1}`),
  )
  return { copy: known.copies.map(({ region }) => `copy.${region}`), share: shares }
}

/** What has a lane of its own: a task, or one of the accounts that a task shares an image with. */
export interface LaneKey {
  readonly task: string
  readonly share: { readonly account: string; readonly region: string } | null
}

/** The lanes of the tasks that a stage will start, before it has. */
export function expectedLanes(
  machine: string,
  context: Json,
): Readonly<Record<string, readonly LaneKey[]>> {
  const accounts = accountsIn(context)
  const { copy = [], share = [] } = expectedTasks(machine, context)
  const shares = share.flatMap((task) => {
    const [, region = '', batch = '1'] = task.split('.')
    const first = (Number(batch) - 1) * accountsPerShare
    return sharesOf(task, region, accounts.slice(first, first + accountsPerShare))
  })
  return { copy: copy.map((task) => ({ task, share: null })), share: shares }
}

/** The lanes of a task that has started. */
export function lanesOfTask({ id, src, input }: Task): readonly LaneKey[] {
  const { region, accounts } = (input ?? {}) as Partial<{ region: string; accounts: string[] }>
  if (src !== 'shareImage' || region === undefined || !Array.isArray(accounts)) {
    return [{ task: id, share: null }]
  }
  return sharesOf(id, region, accounts)
}

function sharesOf(task: string, region: string, accounts: readonly string[]): readonly LaneKey[] {
  return accounts.map((account) => ({ task, share: { account, region } }))
}

/** A share as it went for one of its accounts: its end may name some with which it failed. */
export function taskFor(task: Task, account: string): Task {
  const { failed = [] } = (task.output ?? {}) as {
    readonly failed?: readonly (TaskFault & { readonly account: string })[]
  }
  const error = failed.find((each) => each.account === account)
  if (error === undefined) return task
  const attempts = task.attempts.map((attempt) =>
    attempt.end === 'done' ? { ...attempt, end: 'gaveUp' as const, error } : attempt,
  )
  return { ...task, attempts }
}

export type Place = 'waiting' | 'copying' | 'available' | 'failed' | 'gone'

/** An image in its region, as a step has it. */
export interface RegionImage {
  readonly region: string
  readonly imageId: string
  readonly place: Place
  /** The task that makes it. */
  readonly task: string
}

export function imagesAt(context: Json): readonly RegionImage[] {
  const known = contextOf(context)
  if (known === null || known.image === 'none') return []
  const own = { creating: 'copying', available: 'available', gone: 'gone' } as const
  const first: RegionImage = {
    region: known.region,
    imageId: known.imageId,
    place: own[known.image],
    task: 'buildImage',
  }
  const copies = known.copies.map(({ region, imageId }): RegionImage => {
    const failed = known.problems.some((each) => each.stage === 'copy' && each.region === region)
    const place = known.copied.includes(region) ? 'available' : failed ? 'failed' : 'waiting'
    return { region, imageId, place, task: `copy.${region}` }
  })
  return [first, ...copies]
}

export function accountsIn(context: Json): readonly string[] {
  return contextOf(context)?.accounts ?? []
}

/** Why the service would refuse to cancel; null when it would not. */
export function cancelRefusal(machine: string, status: string, ended: boolean): string | null {
  if (ended) return '400 InvalidStatus.CancelFailed: it has ended'
  if (!isImageBuilder(machine) || !isStatus(status) || cancellable.has(status)) return null
  return `403 InvalidStatus.ImagePipelineExecution: not while ${status}`
}
