import type { ExecutionStatus } from '../../../machines/status.js'
import type { ImageState } from '../scenario/types.js'
import type { End, Fault, Ledger } from './facts.js'
import type { Wanted } from './wanted.js'

/**
 * What must be true of an execution, from what its template asks for and how its tasks ended: the
 * documented facts, written down a second time. Nothing here is taken from the machine.
 */
export interface Expected {
  readonly status: ExecutionStatus
  /** Tasks that run, wait or pause; none when it has ended. */
  readonly running: readonly string[]
  readonly ended: boolean
  /** Of every region of the template: its own and those to copy to. */
  readonly images: Readonly<Record<string, ImageState>>
  /** By region, of those that have an image to share: the accounts that have it. */
  readonly shared: Readonly<Record<string, readonly string[]>>
  /** What ErrorCode tells. */
  readonly error: Fault | null
  /** Whether the release is to leave the instance. */
  readonly keepsInstance: boolean
}

const first = ['prepareInstance', 'repairImage', 'buildImage', 'testImage'] as const
const statusIn = {
  prepareInstance: 'PREPARING',
  repairImage: 'REPAIRING',
  buildImage: 'BUILDING',
  testImage: 'TESTING',
} as const

/** Accounts that one call shares an image with. */
const accountsPerCall = 10

/** Pure, and total over every ledger. */
export function expected(ledger: Ledger): Expected {
  const { wanted, cancelled, forced } = ledger
  const tasks = first.filter(
    (task) => (task !== 'repairImage' || wanted.repairs) && (task !== 'testImage' || wanted.tests),
  )
  const at = tasks.find((task) => endOf(ledger, task)?.ok !== true)
  if (forced) return { ...cancelling(ledger), running: [], ended: true, status: 'CANCELLED' }
  if (at === undefined) return distributing(ledger)
  const end = endOf(ledger, at)
  if (end === null && cancelled) return cancelling(ledger)
  if (end === null) {
    const own = at === 'buildImage' ? 'Creating' : at === 'testImage' ? 'Available' : 'none'
    return inStage(ledger, { status: statusIn[at], running: [at], own })
  }
  return failing(ledger, at, end)
}

function endOf({ tasks }: Ledger, task: string): End | null {
  return tasks[task]?.end ?? null
}

type Stage = Pick<Expected, 'status' | 'running'> & Partial<Expected> & { readonly own: ImageState }

function inStage({ wanted, problems }: Ledger, { own, ...stage }: Stage): Expected {
  const none = Object.fromEntries(wanted.copies.map((region) => [region, 'none' as const]))
  return {
    ended: false,
    images: { ...none, [wanted.region]: own },
    shared: own === 'Available' ? { [wanted.region]: [] } : {},
    error: problems[0] ?? null,
    keepsInstance: false,
    ...stage,
  }
}

/** A task of the first stage failed: resources are released, and that is the end. */
function failing(ledger: Ledger, task: (typeof first)[number], end: End): Expected {
  const built = task === 'testImage'
  const released = endOf(ledger, 'releaseResources') !== null
  return inStage(ledger, {
    status: released ? (built ? 'TEST_FAILED' : 'FAILED') : 'RELEASING',
    running: released ? [] : ['releaseResources'],
    ended: released,
    own: built ? 'Available' : 'none',
    error: end.ok ? null : end.fault,
    // One that never started is always released.
    keepsInstance: task !== 'prepareInstance' && !ledger.wanted.deletesInstance,
  })
}

/** The image that was being made is gone, and the instance is released whatever was wished. */
function cancelling(ledger: Ledger): Expected {
  const released = endOf(ledger, 'releaseResources') !== null
  return inStage(ledger, {
    status: released ? 'CANCELLED' : 'CANCELLING',
    running: released ? [] : ['releaseResources'],
    ended: released,
    own: 'none',
  })
}

function distributing(ledger: Ledger): Expected {
  const { wanted } = ledger
  const copies = wanted.copies.map((region) => ({ region, end: endOf(ledger, `copy.${region}`) }))
  const images = Object.fromEntries(
    copies.map(({ region, end }) => [region, end === null ? 'Creating' : imageOf(end)] as const),
  )
  const copying = copies.filter(({ end }) => end === null)
  const open = copying.map(({ region }) => `copy.${region}`)
  const distributed = { images: { ...images, [wanted.region]: 'Available' as const } }
  const shared = sharedBy(ledger)
  const stage = { ...distributed, shared, own: 'Available' as const }
  if (open.length > 0) return inStage(ledger, { ...stage, status: 'DISTRIBUTING', running: open })
  const regions = [wanted.region, ...copies.flatMap(({ region, end }) => (end?.ok ? [region] : []))]
  const sharing = regions
    .flatMap((region) => batches(wanted).map((n) => `share.${region}.${n}`))
    .filter((task) => endOf(ledger, task) === null)
  if (sharing.length > 0) {
    return inStage(ledger, { ...stage, status: 'DISTRIBUTING', running: sharing })
  }
  if (endOf(ledger, 'releaseResources') === null) {
    return inStage(ledger, { ...stage, status: 'RELEASING', running: ['releaseResources'] })
  }
  const status = ledger.problems.length === 0 ? 'SUCCESS' : 'PARTITION_SUCCESS'
  return inStage(ledger, { ...stage, status, running: [], ended: true })
}

function imageOf(end: End): ImageState {
  return end.ok ? 'Available' : 'CreateFailed'
}

function batches({ accounts }: Wanted): readonly number[] {
  return Array.from({ length: Math.ceil(accounts.length / accountsPerCall) }, (_, i) => i + 1)
}

/** Whom a share task is about. */
export function accountsOf({ accounts }: Wanted, task: string): readonly string[] {
  const n = Number(task.slice(task.lastIndexOf('.') + 1))
  return accounts.slice((n - 1) * accountsPerCall, n * accountsPerCall)
}

function sharedBy(ledger: Ledger): Readonly<Record<string, readonly string[]>> {
  const { wanted } = ledger
  const regions = [wanted.region, ...wanted.copies]
  return Object.fromEntries(
    regions.map((region) => {
      const reached = batches(wanted).flatMap((n) => {
        const task = `share.${region}.${n}`
        const end = endOf(ledger, task)
        if (end === null || !end.ok) return []
        const failed = new Set(end.failed.map(({ account }) => account))
        return accountsOf(wanted, task).filter((account) => !failed.has(account))
      })
      return [region, reached]
    }),
  )
}
