/** Random walks: whatever the tasks do and whenever the caller cancels, these things hold. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { copyTasks, shareTasks } from '../../machines/fanout.js'
import {
  cancellableStatuses,
  type ExecutionStatus,
  executionStatuses,
  terminalStatuses,
} from '../../machines/status.js'
import {
  begin,
  cancel,
  done,
  emitted,
  failed,
  input,
  type Step,
  started,
  step,
  stopped,
  viewOf,
} from './driver.js'

const next: Record<ExecutionStatus, ExecutionStatus[]> = {
  PREPARING: ['REPAIRING', 'BUILDING', 'RELEASING', 'CANCELLING'],
  REPAIRING: ['BUILDING', 'RELEASING', 'CANCELLING'],
  BUILDING: ['TESTING', 'DISTRIBUTING', 'RELEASING', 'CANCELLING'],
  TESTING: ['DISTRIBUTING', 'RELEASING'],
  DISTRIBUTING: ['RELEASING'],
  RELEASING: ['SUCCESS', 'PARTITION_SUCCESS', 'FAILED', 'TEST_FAILED'],
  CANCELLING: ['CANCELLED'],
  SUCCESS: [],
  PARTITION_SUCCESS: [],
  FAILED: [],
  TEST_FAILED: [],
  CANCELLED: [],
}

const regions = ['cn-beijing', 'cn-shanghai', 'eu-central-1', 'us-west-1']
const inputs = fc
  .record({
    repairMode: fc.constantFrom(null, 'Standard', 'All'),
    hasTests: fc.boolean(),
    copies: fc
      .subarray(regions, { minLength: 0 })
      .map((all) => all.map((region) => ({ region, imageId: `m-${region}` }))),
    accounts: fc.nat(20).map((n) => Array.from({ length: n }, (_, i) => `3${i}`)),
    deleteInstanceOnFailure: fc.boolean(),
  })
  .map(input)

/** What happens next: which of the waiting tasks ends, how, and which of its accounts fail. */
interface Move {
  pick: number
  how: 'done' | 'failed' | 'cancel'
  accounts: number[]
}
const move: fc.Arbitrary<Move> = fc.record({
  pick: fc.nat(50),
  how: fc.oneof(
    { weight: 12, arbitrary: fc.constant<Move['how']>('done') },
    { weight: 2, arbitrary: fc.constant<Move['how']>('failed') },
    { weight: 1, arbitrary: fc.constant<Move['how']>('cancel') },
  ),
  accounts: fc.array(fc.nat(20), { maxLength: 3 }),
})
const moves = fc.infiniteStream(move)

function eventOf({ pick, how, accounts }: Move, tasks: string[]) {
  if (how === 'cancel') return cancel
  const id = tasks[pick % tasks.length]!
  if (how === 'failed') return failed(id)
  const refused = accounts.map((n) => ({ account: `3${n}`, code: 'Closed', message: `${n % 2}` }))
  return done(id, id.startsWith('share.') ? { failed: refused } : null)
}

type Given = ReturnType<typeof input>

/** A whole walk; fails if it does not end within its tasks and the cancels that it met. */
function walk(given: Given, stream: Iterable<Move>): Step[] {
  const steps = [begin(given)]
  let ends = 6 + given.copies.length + 2 * (given.copies.length + 1)
  for (const one of stream) {
    const { state } = steps.at(-1)!
    if (state.status !== 'active') return steps
    expect(state.tasks, 'something always runs').not.toEqual([])
    const event = eventOf(one, state.tasks)
    steps.push(step(state, event))
    if (event !== cancel) ends -= 1
    expect(ends).toBeGreaterThanOrEqual(0)
  }
  throw new Error('the stream of moves has no end')
}

const walks = (check: (steps: Step[], given: Given) => void) =>
  fc.assert(
    fc.property(inputs, moves, (given, stream) => check(walk(given, stream), given)),
    { numRuns: 300 },
  )

const statuses = (steps: Step[]) => steps.map(({ state }) => viewOf(state).Status)

test('the view is total, and the status never goes backwards', () => {
  walks((steps) => {
    const seen = statuses(steps)
    for (const { state } of steps) {
      const { Status, ImageId, Message, ErrorCode } = viewOf(state)
      expect(executionStatuses).toContain(Status)
      expect(ImageId).toBe(
        ['creating', 'available'].includes(state.context.image) ? state.context.imageId : '',
      )
      expect(Message).toMatch(/\S/)
      const hasFailed = state.context.fatal !== null || state.context.problems.length > 0
      expect(ErrorCode !== '').toBe(hasFailed)
      expect(terminalStatuses.includes(Status)).toBe(state.status === 'done')
    }
    for (const [index, status] of seen.slice(1).entries()) {
      const before = seen[index]!
      if (status !== before) expect(next[before]).toContain(status)
    }
  })
})

test('every end but CANCELLED goes through release, and the output agrees with the view', () => {
  walks((steps) => {
    const seen = statuses(steps)
    const end = seen.at(-1)!
    expect(seen.at(-2)).toBe(end === 'CANCELLED' ? 'CANCELLING' : 'RELEASING')
    expect(steps.flatMap(started).filter((id) => id === 'releaseResources')).toHaveLength(1)
    const { state } = steps.at(-1)!
    expect(state.output).toEqual({
      status: end,
      imageId: viewOf(state).ImageId,
      problems: state.context.problems,
    })
    expect(state.value).toBe(
      { CANCELLED: 'cancelled', FAILED: 'failed', TEST_FAILED: 'failed' }[end as string] ?? 'done',
    )
  })
})

test('a cancel is taken in the three cancellable statuses only, and stops what runs', () => {
  walks((steps) => {
    for (const { state } of steps.filter(({ state }) => state.status === 'active')) {
      const { Status } = viewOf(state)
      const after = step(state, cancel)
      expect(after.ignored).toBe(!cancellableStatuses.includes(Status))
      expect(stopped(after)).toEqual(after.ignored ? [] : state.tasks)
      expect(viewOf(after.state).Status).toBe(after.ignored ? Status : 'CANCELLING')
    }
    expect(steps.at(-1)!.state.tasks).toEqual([])
  })
})

test('the events of the images say what the facts say', () => {
  walks((steps) => {
    const images = new Map<string, string>()
    for (const { state, ...rest } of steps) {
      for (const event of emitted({ state, ...rest })) {
        const before = images.get(event.region)
        const legal = {
          'image.creating': undefined,
          'image.copying': undefined,
          'image.available': 'image.creating',
          'image.removed': 'image.creating',
          'image.copied': 'image.copying',
          'image.copyFailed': 'image.copying',
          'image.shared': event.region === 'cn-hangzhou' ? 'image.available' : 'image.copied',
        }[event.type]
        expect(before).toBe(legal)
        if (event.type !== 'image.shared') images.set(event.region, event.type)
        expect(event).toMatchObject({ executionId: 'exec-1', templateId: 'ip-1' })
      }
      const { image, copied, copies } = state.context
      const own = images.get('cn-hangzhou')?.replace('image.', '') ?? 'none'
      expect(own.replace('removed', 'gone')).toBe(image)
      const arrived = copies.filter(({ region }) => images.get(region) === 'image.copied')
      expect(copied.toSorted()).toEqual(arrived.map(({ region }) => region).toSorted())
    }
  })
})

test('what is cancelled or has failed is neither copied nor shared', () => {
  walks((steps) => {
    const end = statuses(steps).at(-1)!
    if (!['CANCELLED', 'FAILED', 'TEST_FAILED'].includes(end)) return
    expect(steps.flatMap(started).filter((id) => id.includes('.'))).toEqual([])
    const types = steps.flatMap(emitted).map(({ type }) => type)
    const kept = ['image.creating', end === 'TEST_FAILED' ? 'image.available' : 'image.removed']
    expect(kept.slice(0, types.length)).toEqual(types)
  })
})

test('each image that exists has each account, or a problem that names it', () => {
  walks((steps, given) => {
    const { context } = steps.at(-1)!.state
    if (context.image !== 'available' || context.fatal !== null) return
    const shared = steps.flatMap(emitted).flatMap((event) => {
      return event.type === 'image.shared'
        ? event.accounts.map((account) => `${event.region} ${account}`)
        : []
    })
    const refused = context.problems.flatMap((problem) =>
      problem.stage === 'share'
        ? problem.accounts.map((account) => `${problem.region} ${account}`)
        : [],
    )
    const wanted = [given.region, ...context.copied].flatMap((region) =>
      given.accounts.map((account) => `${region} ${account}`),
    )
    expect([...shared, ...refused].toSorted()).toEqual(wanted.toSorted())
  })
})

test('the facts are JSON and stay small, and what is outstanding is what runs', () => {
  walks((steps) => {
    for (const { state } of steps) {
      const { context, value, tasks } = state
      expect(JSON.parse(JSON.stringify(context))).toStrictEqual(context)
      const fansOut = value === 'copy' || value === 'share'
      expect(context.outstanding).toEqual(fansOut ? tasks : [])
      const all = [...copyTasks(context), ...shareTasks(context)].map(({ id }) => id)
      for (const id of context.outstanding) expect(all).toContain(id)
    }
  })
})
