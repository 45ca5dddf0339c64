import { view, type ExecutionSnapshot } from '../../../../machines/view.js'
import { imageIdOf } from '../../../imagebuilder/ids.js'
import { accountsOf } from '../model.js'
import type { SeenRun } from '../seen.js'
import { type Invariant, listed, ofEach } from './invariant.js'

/** About what executions leave behind, and what callers are told of it. */
export const remains: readonly Invariant[] = [
  ofEach(
    'images-as-documented',
    'Each region of the template has its image exactly when a recorded step made it and nobody deleted it, in the documented status.',
    function* ({ images, expected, life }) {
      for (const [region, made] of Object.entries(expected.images)) {
        const wanted = life.removed.includes(region) ? 'none' : made
        const found = images.get(region)?.Status ?? 'none'
        if (found !== wanted) yield `the image in ${region} is ${found}, not ${wanted}`
      }
      for (const [region, { ImageId }] of images) {
        if (!(region in expected.images))
          yield `there is an image in ${region}, which nobody asked for`
        if (ImageId !== imageIdOf(life.ledger.id, region)) {
          yield `the image in ${region} has the id of another`
        }
      }
    },
  ),
  ofEach(
    'no-image-creates-for-ever',
    'When an execution has ended, each of its images is Available or CreateFailed.',
    function* ({ row, images }) {
      if (row.outcome === null) return
      for (const [region, { Status }] of images) {
        if (Status === 'Creating') yield `it has ended, and its image in ${region} is Creating`
      }
    },
  ),
  ofEach(
    'shares-as-documented',
    'An image is shared with exactly the accounts that its shares reached.',
    function* ({ shared, expected }) {
      for (const [region, accounts] of shared) {
        const wanted = [...(expected.shared[region] ?? [])].sort()
        if (accounts.join() !== wanted.join()) {
          yield `the image in ${region} is shared with ${listed(accounts)}, not ${listed(wanted)}`
        }
      }
    },
  ),
  ofEach(
    'a-cancelled-one-never-shares',
    'After a cancel no image is left, none is copied, and none is shared.',
    function* ({ life, shared, images, work }) {
      if (!life.ledger.cancelled || life.ledger.forced) return
      const given = [...shared].filter(([, accounts]) => accounts.length > 0)
      for (const [region] of given) yield `it was cancelled, and its image in ${region} is shared`
      for (const [region] of images) yield `it was cancelled, and has an image in ${region}`
      for (const { row } of work) {
        if (/^(copy|share)\./.test(row.id)) yield `it was cancelled, and ${row.id} is pending`
      }
    },
  ),
  ofEach(
    'nothing-temporary-is-left',
    'At its end nothing is pending or leased, and the instance is released, unless it is to be kept or callers are told.',
    function* (run) {
      const { row, work, life } = run
      if (row.outcome === null) return
      for (const { row: left } of work) yield `it has ended, and ${left.id} is ${left.state}`
      if (life.ledger.forced) return
      const release = life.ledger.tasks['releaseResources']?.end ?? null
      if (release === null) yield 'it has ended, and its resources were never released'
      else if (!release.ok && !tellsOf(run, release.fault)) {
        yield `the release failed for good, and ${row.status} "${told(run).Message}" does not say so`
      }
    },
  ),
  ofEach(
    'instance-as-wished',
    'The release leaves the instance only where DeleteInstanceOnFailure=false and the run failed on it.',
    instanceFlaws,
  ),
  ofEach(
    'failures-are-collected',
    'Every copy, share and release that failed for good is among the problems of the execution, and nothing else.',
    function* ({ row, life }) {
      if (life.ledger.forced) return
      const found = problemsIn(row.snapshot)
      const wanted = failuresIn(life.ledger)
      for (const each of wanted) if (!found.has(each)) yield `${each} failed, and is not collected`
      for (const each of found)
        if (!wanted.has(each)) yield `${each} is collected, and did not fail`
    },
  ),
  ofEach(
    'told-as-documented',
    'ImageId, ErrorCode and Message tell what is: the fatal failure, else the first that was collected.',
    function* (run) {
      const { expected, life } = run
      if (life.ledger.forced) return
      const { ImageId, ErrorCode, Message } = told(run)
      const { region } = life.ledger.wanted
      const has = expected.images[region] !== 'none'
      const id = has ? imageIdOf(life.ledger.id, region) : ''
      if (ImageId !== id) yield `ImageId is "${ImageId}", not "${id}"`
      const code = expected.error?.code ?? ''
      if (ErrorCode !== code) yield `ErrorCode is "${ErrorCode}", not "${code}"`
      if (expected.error !== null && !Message.includes(expected.error.message)) {
        yield `Message is "${Message}", without "${expected.error.message}"`
      }
      if (Message === '') yield 'Message is empty'
    },
  ),
]

interface CollectedProblem {
  readonly stage: string
  readonly region?: string
  readonly accounts?: readonly string[]
}

function problemsIn(snapshot: string): ReadonlySet<string> {
  const { context } = JSON.parse(snapshot) as { context: { problems: CollectedProblem[] } }
  return new Set(
    context.problems.flatMap(({ stage, region, accounts }) => {
      if (stage === 'copy') return [`the copy to ${region}`]
      if (stage !== 'share') return ['the release']
      return (accounts ?? []).map((account) => `the share in ${region} with ${account}`)
    }),
  )
}

function failuresIn({ tasks, wanted }: SeenRun['life']['ledger']): ReadonlySet<string> {
  return new Set(
    Object.entries(tasks).flatMap(([task, { end }]) => {
      const [name, region] = task.split('.')
      if (end === null || (end.ok && end.failed.length === 0)) return []
      if (name === 'copy') return [`the copy to ${region}`]
      if (name === 'releaseResources') return ['the release']
      if (name !== 'share') return []
      const missed = end.ok ? end.failed.map(({ account }) => account) : accountsOf(wanted, task)
      return missed.map((account) => `the share in ${region} with ${account}`)
    }),
  )
}

function told({ row }: SeenRun) {
  const status = row.outcome === null ? 'active' : row.outcome === 'failed' ? 'error' : 'done'
  return view({ ...(JSON.parse(row.snapshot) as ExecutionSnapshot), status })
}

/** A failed release shows as a status that is no plain success, or in words. */
function tellsOf(run: SeenRun, { message }: { readonly message: string }): boolean {
  const { status } = run.row
  if (status === 'PARTITION_SUCCESS') return true
  // What failed before is told first; there the status itself says that not all is well.
  return status === 'FAILED' || status === 'TEST_FAILED' || told(run).Message.includes(message)
}

function* instanceFlaws({ work, expected }: SeenRun): Generator<string> {
  const release = work.find(({ row }) => row.id === 'releaseResources')
  if (release === undefined) return
  const { keepInstance } = release.body.input as { readonly keepInstance?: boolean }
  if (keepInstance !== expected.keepsInstance) {
    yield `the release is told to ${keepInstance ? 'keep' : 'delete'} the instance, and should ${expected.keepsInstance ? 'keep' : 'delete'} it`
  }
}
