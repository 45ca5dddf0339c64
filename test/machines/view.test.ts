import { describe, expect, test } from 'vitest'
import { cancellableStatuses, executionStatuses, terminalStatuses } from '../../machines/status.js'
import { begin, cancel, done, failed, input, play, step, viewOf } from './driver.js'

const given = input({
  repairMode: 'Standard',
  hasTests: true,
  copies: ['cn-beijing', 'cn-qingdao', 'cn-shenzhen'].map((region) => ({
    region,
    imageId: `m-${region}`,
  })),
  accounts: ['2001', '2002'],
})

describe('the message tells the progress', () => {
  const events = [
    done('prepareInstance'),
    done('repairImage'),
    done('buildImage'),
    done('testImage'),
    done('copy.cn-beijing'),
    done('copy.cn-qingdao'),
    done('copy.cn-shenzhen'),
    done('share.cn-hangzhou.1'),
    done('share.cn-beijing.1'),
    done('share.cn-qingdao.1'),
    done('share.cn-shenzhen.1'),
    done('releaseResources'),
  ]

  test('from the first stage to success', () => {
    const steps = [begin(given)]
    for (const event of events) steps.push(step(steps.at(-1)!.state, event))
    const views = steps.map(({ state }) => viewOf(state))
    expect(views.map(({ Status, ImageId, Message }) => `${Status}|${ImageId}|${Message}`)).toEqual([
      'PREPARING||Preparing an instance to build on.',
      'REPAIRING||Repairing the base image.',
      'BUILDING|m-own|Building the image.',
      'TESTING|m-own|Testing the image.',
      'DISTRIBUTING|m-own|Copied 0 of 3 regions.',
      'DISTRIBUTING|m-own|Copied 1 of 3 regions.',
      'DISTRIBUTING|m-own|Copied 2 of 3 regions.',
      'DISTRIBUTING|m-own|Shared 0 of 4 batches of accounts.',
      'DISTRIBUTING|m-own|Shared 1 of 4 batches of accounts.',
      'DISTRIBUTING|m-own|Shared 2 of 4 batches of accounts.',
      'DISTRIBUTING|m-own|Shared 3 of 4 batches of accounts.',
      'RELEASING|m-own|Releasing the temporary resources.',
      'SUCCESS|m-own|The image is in 4 regions, shared with 2 accounts.',
    ])
    expect(views.every(({ ErrorCode }) => ErrorCode === '')).toBe(true)
  })

  test('with one of a kind in the singular', () => {
    const one = input({ accounts: ['2001'] })
    const sharing = play(one, done('prepareInstance'), done('buildImage'))
    expect(viewOf(sharing.state).Message).toBe('Shared 0 of 1 batch of accounts.')
    const events = [done('share.cn-hangzhou.1'), done('releaseResources')]
    const end = events.reduce((last, event) => step(last.state, event), sharing)
    expect(viewOf(end.state).Message).toBe('The image is in 1 region, shared with 1 account.')
  })

  test('and of a cancel', () => {
    expect(viewOf(play(given, cancel).state)).toEqual({
      Status: 'CANCELLING',
      ImageId: '',
      Message: 'Cancelling, and releasing the temporary resources.',
      ErrorCode: '',
    })
  })
})

test('the first collected failure stands, also when later ones follow', () => {
  const shared = input({ accounts: ['2001', '2002'] })
  const end = play(
    shared,
    done('prepareInstance'),
    done('buildImage'),
    done('share.cn-hangzhou.1', {
      failed: ['2001', '2002'].map((account) => ({ account, code: 'Closed', message: 'closed' })),
    }),
    failed('releaseResources', 'In.Use', 'in use'),
  )
  expect(viewOf(end.state)).toEqual({
    Status: 'PARTITION_SUCCESS',
    ImageId: 'm-own',
    Message: 'Sharing in cn-hangzhou with 2001, 2002 failed: closed',
    ErrorCode: 'Closed',
  })
})

test('the lists of statuses are those of the service', () => {
  expect(executionStatuses).toHaveLength(12)
  expect(terminalStatuses.toSorted()).toEqual([
    'CANCELLED',
    'FAILED',
    'PARTITION_SUCCESS',
    'SUCCESS',
    'TEST_FAILED',
  ])
  expect(cancellableStatuses).toEqual(['PREPARING', 'REPAIRING', 'BUILDING'])
})
