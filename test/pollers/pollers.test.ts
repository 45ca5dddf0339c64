import { beforeAll, describe, expect, test } from 'vitest'
import { replayScenario } from '../../src/compose.js'
import { type Met, type PollerReport, pollers } from '../../src/pollers/pollers.js'
import { knownPollers } from '../../src/simulate/pollers/known.js'
import { type Flaw, flawsOf, type Meeting } from '../../src/simulate/pollers/verdict.js'
import { loadScenario } from '../../src/simulate/scenario/load.js'

const reports = new Map<string, PollerReport>()

beforeAll(async () => {
  // Who waits for ever takes the longest to play; one of those is enough here.
  const asked = knownPollers.filter(({ name }) => name !== 'while not SUCCESS')
  for (const report of await pollers({ pollers: asked })) reports.set(report.name, report)
})

function metBy(name: string): readonly Met[] {
  const report = reports.get(name)
  if (!report) throw new Error(`no ${name}`)
  return report.meetings
}

function endsOf(name: string, flaw: Flaw): string[] {
  return [...new Set(metBy(name).flatMap(({ flaws, end }) => (flaws.includes(flaw) ? [end] : [])))]
}

describe('ways of waiting', () => {
  test('the one that should be used is right whatever happens', () => {
    const meetings = metBy('until it has ended')
    expect(meetings.flatMap(({ flaws }) => flaws)).toEqual([])
    expect(new Set(meetings.map(({ end }) => end))).toEqual(
      new Set(['SUCCESS', 'PARTITION_SUCCESS', 'FAILED', 'TEST_FAILED', 'CANCELLED']),
    )
  })

  test('terraform never hears of TEST_FAILED and PARTITION_SUCCESS, nor of a cancel', () => {
    expect(endsOf('terraform apply', 'hangs')).toEqual([
      'TEST_FAILED',
      'PARTITION_SUCCESS',
      'CANCELLED',
    ])
    expect(metBy('terraform apply').find(({ flaws }) => flaws.includes('hangs'))).toMatchObject({
      claim: 'gave up',
      end: 'TEST_FAILED',
    })
  })

  test('terraform says that all is well before anything is', () => {
    expect(endsOf('terraform apply', 'lies')).toEqual([
      'FAILED',
      'TEST_FAILED',
      'PARTITION_SUCCESS',
      'CANCELLED',
    ])
    const lie = metBy('terraform apply').find(({ flaws }) => flaws.includes('lies'))
    expect(lie).toMatchObject({ claim: 'success', saidAt: 20_000, statusThen: 'PREPARING' })
  })

  test('terraform gives up on a cancel that takes longer than five minutes', () => {
    const lies = metBy('terraform status = "CANCELLED"').filter(
      ({ flaws, statusThen }) => flaws.includes('lies') && statusThen === 'CANCELLING',
    )
    expect(lies.map(({ end }) => end)).toContain('CANCELLED')
  })

  test('a start without a token that is repeated runs twice, or is told that one runs', () => {
    const wrong = metBy('start again on a time-out').filter(({ flaws }) => flaws.length > 0)
    expect(wrong.map(({ flaws, starts, error }) => [flaws, starts, error])).toEqual([
      [['double-starts'], 2, null],
      [['lies'], 1, 'InvalidImagePipeline.HasRunningExecution'],
      [['lies'], 1, 'InvalidImagePipeline.HasRunningExecution'],
    ])
  })

  test('the statuses of 2021 leave two ends unknown', () => {
    expect(endsOf('the statuses of 2021', 'hangs')).toEqual(['TEST_FAILED', 'PARTITION_SUCCESS'])
  })

  test('an image is not on the first page when many are made', () => {
    const hangs = metBy('first page of images').filter(({ flaws }) => flaws.includes('hangs'))
    expect(hangs.map(({ case: name }) => name)).toContain('many images are made, in minutes')
  })

  test('what a case does is a scenario that ends as it did', async () => {
    const wrong = [...reports.values()].flatMap(({ meetings }) =>
      meetings.filter(({ flaws }) => flaws.length > 0),
    )
    // One of each kind of case; they differ in pace alone.
    const kinds = new Map(wrong.map((met) => [`${met.case.split(',')[0]} ${met.starts}`, met]))
    expect(kinds.size).toBeGreaterThan(12)
    for (const { scenario } of kinds.values()) {
      const replayed = await replayScenario(loadScenario(scenario, 'case.yaml'), ':memory:')
      expect(replayed.beats.flatMap(({ failures }) => failures)).toEqual([])
    }
  })

  test('who starts nothing is no poller', async () => {
    const idle = { name: 'idle', about: '', wait: () => Promise.resolve('success' as const) }
    await expect(pollers({ pollers: [idle] })).rejects.toThrow('"idle" starts nothing')
  })
})

describe('what is said of a way of waiting', () => {
  const meeting: Meeting = {
    case: 'x',
    claim: 'success',
    error: null,
    saidAt: 100_000,
    statusThen: 'SUCCESS',
    end: 'SUCCESS',
    endedAt: 90_000,
    starts: 1,
  }
  const flaws = (more: Partial<Meeting>, goal?: 'bake' | 'cancel') =>
    flawsOf(goal === undefined ? {} : { goal }, { ...meeting, ...more })

  test.each<[string, Partial<Meeting>, Flaw[]]>([
    ['right', {}, []],
    ['a success that is none', { end: 'FAILED' }, ['lies']],
    ['a failure that is none', { claim: 'failure' }, ['lies']],
    ['a part taken for all', { end: 'PARTITION_SUCCESS' }, ['lies']],
    ['a part called a part', { end: 'PARTITION_SUCCESS', claim: 'partly' }, []],
    ['a part called a failure', { end: 'PARTITION_SUCCESS', claim: 'failure' }, []],
    ['a failure told', { end: 'TEST_FAILED', claim: 'failure' }, []],
    ['waiting for ever', { claim: null, end: 'FAILED' }, ['hangs']],
    ['a time-out after the end', { claim: 'gave up', saidAt: 400_000 }, ['hangs']],
    ['a time-out as it ends', { claim: 'gave up', end: 'FAILED' }, []],
    ['a time-out before a success', { claim: 'gave up', saidAt: 50_000 }, ['lies']],
    ['two starts', { starts: 2 }, ['double-starts']],
  ])('%s', (_, more, expected) => {
    expect(flaws(more)).toEqual(expected)
  })

  test('who wants a cancel is right about that', () => {
    expect(flaws({ end: 'CANCELLED' }, 'cancel')).toEqual([])
    expect(flaws({ end: 'SUCCESS', claim: 'failure' }, 'cancel')).toEqual([])
    expect(flaws({ end: 'SUCCESS' }, 'cancel')).toEqual(['lies'])
  })
})
