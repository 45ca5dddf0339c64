import type { Json } from './changes.js'
import type { TaskFault } from './history.js'
import { cancellable, isStatus } from './status.js'
import type { Attempt, Task } from './tasks.js'
import { type KnownTasks, plainName, type TaskName } from './words.js'

/** What the page knows of the Image Builder beside its statuses. Nothing else on it does. */

interface Context {
  readonly region: string
  readonly imageId: string
  readonly image: 'none' | 'creating' | 'available' | 'gone'
  readonly copies: readonly { readonly region: string; readonly imageId: string }[]
  readonly copied: readonly string[]
  readonly accounts: readonly string[]
  readonly problems: readonly {
    readonly stage: string
    readonly region?: string
    readonly accounts?: readonly string[]
  }[]
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

/** A task that shares an image with some accounts. */
interface Share {
  readonly task: string
  readonly region: string
  readonly accounts: readonly string[]
}

/** A task that a stage will start. */
export interface ExpectedTask {
  readonly id: string
  readonly name: TaskName
}

/** The tasks that a stage will start, before it has: by the state that will. */
export function expectedTasks(
  machine: string,
  context: Json,
): Readonly<Record<string, readonly ExpectedTask[]>> {
  const known = isImageBuilder(machine) ? contextOf(context) : null
  if (known === null) return {}
  const names = shareNames(expectedShares(known))
  return {
    copy: known.copies.map(({ region }) => ({
      id: `copy.${region}`,
      name: plainName(`copy.${region}`),
    })),
    share: [...names].map(([id, name]) => ({ id, name })),
  }
}

function expectedShares({ region: own, copies, accounts }: Context): readonly Share[] {
  const regions = [own, ...copies.map(({ region }) => region)]
  const batches = Math.ceil(accounts.length / accountsPerShare)
  return regions.flatMap((region) =>
    Array.from({ length: batches }, (_, index) => {
      const first = index * accountsPerShare
      return {
        task: `share.${region}.${index + 1}`,
        region,
        accounts: accounts.slice(first, first + accountsPerShare),
      }
    }),
  )
}

/** Tasks in words: shares by their regions and accounts, others by their ids. */
export function namesOf(tasks: readonly Task[]): KnownTasks {
  const shares = shareNames(tasks.flatMap((task) => shareOf(task) ?? []))
  return new Map(
    tasks.map((task) => {
      const { id, src } = task
      return [id, { src, ...(shares.get(id) ?? plainName(id)), ...doneBy(task) }] as const
    }),
  )
}

function doneBy(task: Task): { readonly did?: 'part' | 'nothing' } {
  const failed = failedIn(task).length
  if (failed === 0) return {}
  return { did: failed < (shareOf(task)?.accounts.length ?? 0) ? 'part' : 'nothing' }
}

/** The region where there are several, and the account, or how many. */
function shareNames(shares: readonly Share[]): ReadonlyMap<string, TaskName> {
  const byTask = new Map(shares.map((share) => [share.task, share]))
  const inRegion = new Map<string, Share[]>()
  for (const share of byTask.values()) {
    inRegion.set(share.region, [...(inRegion.get(share.region) ?? []), share])
  }
  const names = new Map<string, TaskName>()
  for (const [region, own] of inRegion) {
    const all = own.reduce((sum, { accounts }) => sum + accounts.length, 0)
    let before = 0
    for (const { task, accounts } of own) {
      const who = whomOf(accounts, before, all)
      before += accounts.length
      // As in the Gantt, a region is named where there are several.
      if (inRegion.size > 1) names.set(task, { name: region, ...who })
      else if (accounts.length > 1) names.set(task, { name: '', ...who, short: who.note })
      else names.set(task, { name: who.note, note: '', short: '', title: '' })
    }
  }
  return names
}

/** A share that is due, told of beside those of other executions. */
export interface DueShare {
  readonly region: string
  readonly accounts: readonly string[]
  /** How many accounts of the image come before these, and how many it has. */
  readonly first: number
  readonly of: number
}

export function nameOfShare({ region, accounts, first, of }: DueShare): TaskName {
  return { name: region, ...whomOf(accounts, first, of) }
}

/**
 * @param before how many accounts the shares before it have
 * @param all how many all shares of the image have
 */
function whomOf(accounts: readonly string[], before: number, all: number): Omit<TaskName, 'name'> {
  const [account = ''] = accounts
  const count = accounts.length
  if (count === 1) return { note: account, short: `…${account.slice(-4)}`, title: account }
  const range = `${before + 1}–${before + count}`
  const [note, short] =
    count === all ? [`${all} accounts`, `×${all}`] : [`${range} of ${all} accounts`, range]
  return { note, short, title: `${note}: ${accounts.join(', ')}` }
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
  const known = isImageBuilder(machine) ? contextOf(context) : null
  if (known === null) return {}
  const copies = known.copies.map(({ region }) => ({ task: `copy.${region}`, share: null }))
  return { copy: copies, share: expectedShares(known).flatMap(lanesOfShare) }
}

/** The lanes of a task that has started. */
export function lanesOfTask(task: Task): readonly LaneKey[] {
  const share = shareOf(task)
  return share === null ? [{ task: task.id, share: null }] : lanesOfShare(share)
}

function shareOf({ id, src, input }: Task): Share | null {
  const { region, accounts } = (input ?? {}) as Partial<{ region: string; accounts: string[] }>
  if (src !== 'shareImage' || region === undefined || !Array.isArray(accounts)) return null
  return { task: id, region, accounts }
}

function lanesOfShare({ task, region, accounts }: Share): readonly LaneKey[] {
  return accounts.map((account) => ({ task, share: { account, region } }))
}

/** A share as it went for all of its accounts: its end may name some with which it failed. */
export function withReach(task: Task): Task {
  const { did } = doneBy(task)
  if (did === undefined) return task
  const [of, failed] = [shareOf(task)?.accounts.length ?? 0, failedIn(task).length]
  if (did === 'nothing') return endedAs(task, notShared(failedIn(task)[0] ?? null))
  return endedAs(task, { end: 'partly', error: null, said: `${of - failed} of ${of}` })
}

/** The same for one of its accounts. */
export function taskFor(task: Task, account: string): Task {
  const failed = failedIn(task)
  if (failed.length === 0) return task
  const error = failed.find((each) => each.account === account)
  return endedAs(task, error === undefined ? { end: 'done', error: null } : notShared(error))
}

/** The call itself went well: nobody gave up, and there was no other attempt to make. */
function notShared(error: TaskFault | null): AttemptEnding {
  return { end: 'gaveUp', error, said: 'not shared' }
}

type AttemptEnding = Pick<Attempt, 'end' | 'error' | 'said'>

function endedAs(task: Task, ending: AttemptEnding): Task {
  const attempts = task.attempts.map((attempt) => {
    if (attempt.seq !== task.endedSeq) return attempt
    const { said: _, ...rest } = attempt
    return { ...rest, ...ending }
  })
  return { ...task, attempts }
}

function failedIn({ src, output }: Task): readonly (TaskFault & { readonly account: string })[] {
  if (src !== 'shareImage') return []
  const { failed } = (output ?? {}) as { readonly failed?: ReturnType<typeof failedIn> }
  return failed ?? []
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

/** With how many accounts the images are shared. */
export interface Reach {
  readonly accounts: number
  /** Those that have every image that there is. */
  readonly all: number
  /** Those with which some image could not be shared, */
  readonly part: number
  /** and where. */
  readonly missing: readonly string[]
}

/** An image that was shared, and with whom. */
export interface SharedImage {
  readonly region: string
  readonly accounts: readonly string[]
}

/** @param shared every share that reached somebody up to then */
export function reachIn(context: Json, shared: readonly SharedImage[]): Reach {
  const known = contextOf(context)
  if (known === null) return { accounts: 0, all: 0, part: 0, missing: [] }
  const { region: own, accounts, copied, problems } = known
  const failed = problems.filter(({ stage }) => stage === 'share')
  const has = (account: string, region: string): boolean =>
    shared.some((share) => share.region === region && share.accounts.includes(account))
  const isWhole = (account: string): boolean =>
    [own, ...copied].every((region) => has(account, region))
  const isPart = (account: string): boolean =>
    failed.some((problem) => problem.accounts?.includes(account) === true) &&
    shared.some((share) => share.accounts.includes(account))
  return {
    accounts: accounts.length,
    all: accounts.filter(isWhole).length,
    part: accounts.filter(isPart).length,
    missing: failed.map((problem) => `${problem.region}: ${(problem.accounts ?? []).join(', ')}`),
  }
}

/** Why the service would refuse to cancel; null when it would not. */
export function cancelRefusal(machine: string, status: string, ended: boolean): string | null {
  if (ended) return '400 InvalidStatus.CancelFailed: it has ended'
  if (!isImageBuilder(machine) || !isStatus(status) || cancellable.has(status)) return null
  return `403 InvalidStatus.ImagePipelineExecution: not while ${status}`
}
