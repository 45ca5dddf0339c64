import { describe, expect, test } from 'vitest'
import {
  begin,
  cancel,
  done,
  emitted,
  failed,
  input,
  inputOf,
  play,
  playAll,
  type Step,
  started,
  step,
  stopped,
  viewOf,
} from './driver.js'

const states = (steps: Step[]) => steps.map(({ state }) => state.value)
const types = (steps: Step[]) => steps.flatMap(emitted).map(({ type }) => type)
const statusAfter = (...events: Parameters<typeof step>[1][]) =>
  viewOf(play(input(), ...events).state).Status

const copies = [
  { region: 'cn-beijing', imageId: 'm-beijing' },
  { region: 'eu-central-1', imageId: 'm-frankfurt' },
]
const twelve = Array.from({ length: 12 }, (_, n) => `20000000000000${n + 10}`)
const built = [done('prepareInstance'), done('buildImage')]
const made = {
  account: '1000000000000001',
  imageName: 'golden_exec-1',
  imageFamily: 'golden',
  osType: 'linux',
}
const ids = { executionId: 'exec-1', templateId: 'ip-1' }

describe('the way of an execution', () => {
  test('an execution with everything to do passes every stage', () => {
    const steps = playAll(
      input({ repairMode: 'Standard', hasTests: true, copies, accounts: ['2001'] }),
      done('prepareInstance'),
      done('repairImage'),
      done('buildImage'),
      done('testImage'),
      done('copy.eu-central-1'),
      done('copy.cn-beijing'),
      done('share.cn-hangzhou.1', { failed: [] }),
      done('share.eu-central-1.1', { failed: [] }),
      done('share.cn-beijing.1', { failed: [] }),
      done('releaseResources'),
    )
    expect(states(steps)).toEqual([
      { create: 'preparing' },
      { create: 'repairing' },
      { create: 'building' },
      { create: 'testing' },
      'copy',
      'copy',
      'share',
      'share',
      'share',
      'release',
      'done',
    ])
    expect(steps.at(-1)!.state.output).toEqual({
      status: 'SUCCESS',
      imageId: 'm-own',
      problems: [],
    })
  })

  test('a stage with nothing to do is passed in the same step, with no task and no effect', () => {
    const steps = playAll(input(), ...built, done('releaseResources'))
    expect(states(steps)).toEqual([
      { create: 'preparing' },
      { create: 'building' },
      'release',
      'done',
    ])
    expect(steps.map(started)).toEqual([
      ['prepareInstance'],
      ['buildImage'],
      ['releaseResources'],
      [],
    ])
    expect(steps.flatMap(stopped)).toEqual([])
    expect(types(steps)).toEqual(['image.creating', 'image.available'])
  })

  test('accounts without regions share the own image only', () => {
    const last = play(input({ accounts: ['2001'] }), ...built)
    expect(last.state.value).toBe('share')
    expect(started(last)).toEqual(['share.cn-hangzhou.1'])
  })

  test('regions without accounts are copied to and not shared', () => {
    const last = play(
      input({ copies }),
      ...built,
      done('copy.cn-beijing'),
      done('copy.eu-central-1'),
    )
    expect(last.state.value).toBe('release')
  })
})

describe('a failure in create', () => {
  const endings = [
    { task: 'prepareInstance', before: [], status: 'FAILED', imageId: '' },
    { task: 'repairImage', before: [done('prepareInstance')], status: 'FAILED', imageId: '' },
    {
      task: 'buildImage',
      before: [done('prepareInstance'), done('repairImage')],
      status: 'FAILED',
      imageId: '',
    },
    {
      task: 'testImage',
      before: [done('prepareInstance'), done('repairImage'), done('buildImage')],
      status: 'TEST_FAILED',
      imageId: 'm-own',
    },
  ]
  const given = input({
    repairMode: 'All',
    hasTests: true,
    copies,
    accounts: ['2001'],
    deleteInstanceOnFailure: false,
  })

  test.each(endings)('$task failing ends, after release, as $status', (ending) => {
    const releasing = play(given, ...ending.before, failed(ending.task, 'No.Stock', 'none left'))
    expect(releasing.state.value).toBe('release')
    expect(started(releasing)).toEqual(['releaseResources'])
    expect(viewOf(releasing.state)).toEqual({
      Status: 'RELEASING',
      ImageId: ending.imageId,
      Message: 'none left',
      ErrorCode: 'No.Stock',
    })
    const end = step(releasing.state, done('releaseResources'))
    expect(end.state).toMatchObject({ value: 'failed', status: 'done' })
    expect(end.state.output).toEqual({
      status: ending.status,
      imageId: ending.imageId,
      problems: [],
    })
  })

  test.each(endings)('a release that fails after $task keeps the $status', (ending) => {
    const end = play(
      given,
      ...ending.before,
      failed(ending.task, 'No.Stock', 'none left'),
      failed('releaseResources', 'In.Use', 'the security group is in use'),
    )
    expect(viewOf(end.state)).toEqual({
      Status: ending.status,
      ImageId: ending.imageId,
      Message: 'none left',
      ErrorCode: 'No.Stock',
    })
    expect(end.state.context.problems).toEqual([
      { stage: 'release', code: 'In.Use', message: 'the security group is in use' },
    ])
  })

  test('an image whose building fails is removed; before that there was none to remove', () => {
    const early = playAll(given, failed('prepareInstance'))
    expect(types(early)).toEqual([])
    const late = playAll(input(), done('prepareInstance'), failed('buildImage'))
    expect(late.flatMap(emitted)).toEqual([
      {
        type: 'image.creating',
        ...ids,
        region: 'cn-hangzhou',
        imageId: 'm-own',
        ...made,
      },
      { type: 'image.removed', ...ids, region: 'cn-hangzhou', imageId: 'm-own' },
    ])
  })

  test('an image that fails its tests is kept, and neither copied nor shared', () => {
    const steps = playAll(
      given,
      done('prepareInstance'),
      done('repairImage'),
      done('buildImage'),
      failed('testImage'),
      done('releaseResources'),
    )
    expect(types(steps)).toEqual(['image.creating', 'image.available'])
    expect(steps.flatMap(started)).toEqual([
      'prepareInstance',
      'repairImage',
      'buildImage',
      'testImage',
      'releaseResources',
    ])
  })
})

describe('copying', () => {
  const copying = play(input({ copies, accounts: ['2001'] }), ...built)

  test('every region starts at once, and its image is announced first', () => {
    expect(copying.state.tasks).toEqual(['copy.cn-beijing', 'copy.eu-central-1'])
    expect(emitted(copying).slice(1)).toEqual(
      copies.map((copy) => ({
        type: 'image.copying',
        ...ids,
        ...made,
        ...copy,
        sourceImageId: 'm-own',
      })),
    )
    expect(inputOf(copying, 'copy.eu-central-1')).toEqual({
      kind: 'start',
      id: 'copy.eu-central-1',
      src: 'copyImage',
      input: {
        executionId: 'exec-1',
        sourceRegion: 'cn-hangzhou',
        sourceImageId: 'm-own',
        region: 'eu-central-1',
        imageId: 'm-frankfurt',
        imageName: 'golden_exec-1',
      },
    })
  })

  test('share begins only when every copy has ended', () => {
    const one = step(copying.state, done('copy.eu-central-1'))
    expect(one.state.value).toBe('copy')
    expect(one.state.tasks).toEqual(['copy.cn-beijing'])
    expect(emitted(one)).toEqual([
      { type: 'image.copied', ...ids, region: 'eu-central-1', imageId: 'm-frankfurt' },
    ])
    expect(step(one.state, done('copy.cn-beijing')).state.value).toBe('share')
  })

  test('a copy that fails for good is not shared, and the end is PARTITION_SUCCESS', () => {
    const one = step(copying.state, failed('copy.cn-beijing', 'Copy.Quota', 'no room'))
    expect(emitted(one)).toEqual([
      {
        type: 'image.copyFailed',
        ...ids,
        ...copies[0],
        error: { code: 'Copy.Quota', message: 'no room' },
      },
    ])
    const sharing = step(one.state, done('copy.eu-central-1'))
    expect(sharing.state.tasks).toEqual(['share.cn-hangzhou.1', 'share.eu-central-1.1'])
    const end = [
      done('share.cn-hangzhou.1'),
      done('share.eu-central-1.1'),
      done('releaseResources'),
    ].reduce((last, event) => step(last.state, event), sharing)
    expect(viewOf(end.state)).toEqual({
      Status: 'PARTITION_SUCCESS',
      ImageId: 'm-own',
      Message: 'Copying to cn-beijing failed: no room',
      ErrorCode: 'Copy.Quota',
    })
  })

  test('the order in which copies arrive does not change the shares', () => {
    const there = [done('copy.cn-beijing'), done('copy.eu-central-1')]
    const shares = (events: typeof there) =>
      events.reduce((last, event) => step(last.state, event), copying).state.tasks
    expect(shares(there.toReversed())).toEqual(shares(there))
  })
})

describe('sharing', () => {
  const sharing = play(input({ copies: copies.slice(0, 1), accounts: twelve }), ...built, {
    ...done('copy.cn-beijing'),
  })

  test('one task takes one image and at most ten accounts', () => {
    expect(started(sharing)).toEqual([
      'share.cn-hangzhou.1',
      'share.cn-hangzhou.2',
      'share.cn-beijing.1',
      'share.cn-beijing.2',
    ])
    expect(inputOf(sharing, 'share.cn-hangzhou.1')).toMatchObject({
      src: 'shareImage',
      input: { imageId: 'm-own', region: 'cn-hangzhou', accounts: twelve.slice(0, 10) },
    })
    expect(inputOf(sharing, 'share.cn-beijing.2')).toMatchObject({
      input: { imageId: 'm-beijing', region: 'cn-beijing', accounts: twelve.slice(10) },
    })
  })

  test('the accounts that succeeded are told, those that failed are collected', () => {
    const [closed] = twelve
    const fault = { code: 'InvalidAccount.Forbbiden', message: 'closed' }
    const one = step(
      sharing.state,
      done('share.cn-beijing.1', { failed: [{ account: closed, ...fault }] }),
    )
    expect(emitted(one)).toEqual([
      {
        type: 'image.shared',
        ...ids,
        region: 'cn-beijing',
        imageId: 'm-beijing',
        accounts: twelve.slice(1, 10),
      },
    ])
    expect(one.state.context.problems).toEqual([
      { stage: 'share', region: 'cn-beijing', accounts: [closed], ...fault },
    ])
  })

  test('a share that fails as a whole fails for all its accounts, and tells of none', () => {
    const one = step(sharing.state, failed('share.cn-hangzhou.2', 'Throttling', 'too fast'))
    expect(one.effects).toEqual([])
    expect(one.state.context.problems).toEqual([
      {
        stage: 'share',
        region: 'cn-hangzhou',
        accounts: twelve.slice(10),
        code: 'Throttling',
        message: 'too fast',
      },
    ])
  })
})

describe('releasing', () => {
  const release = (over: Parameters<typeof input>[0], ...events: Parameters<typeof step>[1][]) =>
    inputOf(play(input(over), ...events), 'releaseResources')
  const keep = { deleteInstanceOnFailure: false }

  test.each([
    ['a run that succeeded', keep, built, false],
    ['a run that failed', keep, [done('prepareInstance'), failed('buildImage')], true],
    ['a failed test', { ...keep, hasTests: true }, [...built, failed('testImage')], true],
    ['an instance that never started', keep, [failed('prepareInstance')], false],
    ['a cancelled run', keep, [cancel], false],
    ['a failure by default', {}, [done('prepareInstance'), failed('buildImage')], false],
  ])('%s keeps its instance: deleteInstanceOnFailure %j', (_, over, events, keepInstance) => {
    expect(release(over, ...events)).toMatchObject({
      src: 'releaseResources',
      input: {
        executionId: 'exec-1',
        region: 'cn-hangzhou',
        deleteInstanceOnFailure: input(over).deleteInstanceOnFailure,
        keepInstance,
      },
    })
  })

  test('a release that fails for good makes a success partial', () => {
    const end = play(input(), ...built, failed('releaseResources', 'In.Use', 'in use'))
    expect(end.state.value).toBe('done')
    expect(viewOf(end.state)).toEqual({
      Status: 'PARTITION_SUCCESS',
      ImageId: 'm-own',
      Message: 'Releasing the temporary resources failed: in use',
      ErrorCode: 'In.Use',
    })
  })
})

describe('cancelling', () => {
  const repaired = input({ repairMode: 'All' })
  const cases = [
    { during: 'prepareInstance', before: [], removed: false },
    { during: 'repairImage', before: [done('prepareInstance')], removed: false },
    {
      during: 'buildImage',
      before: [done('prepareInstance'), done('repairImage')],
      removed: true,
    },
  ]

  test.each(cases)('stops $during, releases and ends as CANCELLED', ({ during, ...given }) => {
    const cancelling = play(repaired, ...given.before, cancel)
    expect(cancelling.state.value).toBe('cancel')
    expect(stopped(cancelling)).toEqual([during])
    expect(started(cancelling)).toEqual(['releaseResources'])
    expect(cancelling.state.tasks).toEqual(['releaseResources'])
    expect(emitted(cancelling).map(({ type }) => type)).toEqual(
      given.removed ? ['image.removed'] : [],
    )
    expect(viewOf(cancelling.state)).toMatchObject({ Status: 'CANCELLING', ImageId: '' })
    const end = step(cancelling.state, done('releaseResources'))
    expect(end.state).toMatchObject({ value: 'cancelled', status: 'done', tasks: [] })
    expect(viewOf(end.state)).toEqual({
      Status: 'CANCELLED',
      ImageId: '',
      Message: 'The execution was cancelled.',
      ErrorCode: '',
    })
  })

  test('a release that fails leaves it CANCELLED, and the message says so', () => {
    const end = play(input(), cancel, failed('releaseResources', 'In.Use', 'in use'))
    expect(viewOf(end.state)).toEqual({
      Status: 'CANCELLED',
      ImageId: '',
      Message: 'Cancelled, but releasing the temporary resources failed: in use',
      ErrorCode: 'In.Use',
    })
  })

  test('is ignored from testing on, and the snapshot stays the very same', () => {
    const given = input({ hasTests: true, copies, accounts: ['2001'] })
    const steps = playAll(
      given,
      ...built,
      done('testImage'),
      done('copy.cn-beijing'),
      done('copy.eu-central-1'),
      done('share.cn-hangzhou.1'),
      done('share.cn-beijing.1'),
      done('share.eu-central-1.1'),
    )
    for (const { state } of steps.slice(2)) {
      const after = step(state, cancel)
      expect([after.ignored, after.effects, after.state]).toEqual([true, [], state])
    }
    const cancelling = play(input(), cancel)
    expect(step(cancelling.state, cancel).ignored).toBe(true)
  })
})

test('an end that no state awaits breaks the machine, and callers see FAILED', () => {
  const broken = step(begin(input()).state, failed('copy.cn-beijing', 'Lost', 'came from nowhere'))
  expect(broken.state.status).toBe('error')
  expect(stopped(broken)).toEqual(['prepareInstance'])
  expect(viewOf(broken.state)).toEqual({
    Status: 'FAILED',
    ImageId: '',
    Message: 'came from nowhere',
    ErrorCode: 'Lost',
  })
})

test('the status follows the state', () => {
  expect(statusAfter()).toBe('PREPARING')
  expect(statusAfter(done('prepareInstance'))).toBe('BUILDING')
  expect(statusAfter(...built)).toBe('RELEASING')
  expect(statusAfter(...built, done('releaseResources'))).toBe('SUCCESS')
})
