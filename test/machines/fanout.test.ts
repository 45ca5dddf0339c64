import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ExecutionContext, initialContext } from '../../machines/execution-context.js'
import {
  copyOf,
  copyTasks,
  shareDone,
  shareFailed,
  shareOf,
  shareTasks,
} from '../../machines/fanout.js'
import { input } from './driver.js'

const contexts = fc
  .record({
    regions: fc.uniqueArray(fc.stringMatching(/^[a-z]{2}-[a-z]{3,9}(-[0-9])?$/), { maxLength: 20 }),
    accounts: fc.uniqueArray(fc.stringMatching(/^[1-9][0-9]{15}$/), { maxLength: 20 }),
  })
  .map(({ regions, accounts }): ExecutionContext => {
    const copies = regions.map((region) => ({ region, imageId: `m-${region}` }))
    const copied = regions.filter((_, index) => index % 3 !== 0)
    return Object.assign(initialContext(input({ region: 'own', copies, accounts })), { copied })
  })

test('the id of a task says which task it is', () => {
  fc.assert(
    fc.property(contexts, (context) => {
      for (const { id, input: given } of copyTasks(context)) {
        expect(given).toMatchObject(copyOf(context, id))
      }
      const shares = shareTasks(context)
      for (const share of shares) expect(shareOf(context, share.id)).toEqual(share.input)
      expect(new Set(shares.map(({ id }) => id)).size).toBe(shares.length)
    }),
  )
})

test('so it does with more regions than are remembered', () => {
  const copies = Array.from({ length: 2_500 }, (_, n) => ({ region: `cn-${n}`, imageId: `m-${n}` }))
  const many = initialContext(input({ region: 'own', copies, accounts: ['1'] }))
  for (const round of [copyTasks(many), copyTasks(many)]) {
    for (const { id, input: given } of round) expect(given).toMatchObject(copyOf(many, id))
  }
})

test('the shares of one image hold each account once, ten at most in each', () => {
  fc.assert(
    fc.property(contexts, (context) => {
      for (const region of ['own', ...context.copied]) {
        const shares = shareTasks(context).filter(({ input }) => input.region === region)
        expect(shares.flatMap(({ input }) => input.accounts)).toEqual(context.accounts)
        for (const { input } of shares) expect(input.accounts.length).toBeLessThanOrEqual(10)
      }
    }),
  )
})

const context = initialContext(input({ accounts: ['1', '2', '3', '4'] }))
const refuse = (account: string, message: string) => ({ account, code: 'Closed', message })

test('accounts that failed alike share one problem, the others stand apart', () => {
  const failed = [refuse('4', 'a'), refuse('2', 'b'), refuse('1', 'a'), refuse('1', 'a')]
  expect(shareDone(context, 'share.cn-hangzhou.1', { failed })).toEqual({
    id: 'share.cn-hangzhou.1',
    shared: ['3'],
    problems: [
      { stage: 'share', region: 'cn-hangzhou', accounts: ['1', '4'], code: 'Closed', message: 'a' },
      { stage: 'share', region: 'cn-hangzhou', accounts: ['2'], code: 'Closed', message: 'b' },
    ],
  })
})

test.each([null, {}, { failed: [] }, { failed: [refuse('99', 'nobody asked')] }])(
  'the output %j means that every account has the image',
  (output) => {
    expect(shareDone(context, 'share.cn-hangzhou.1', output)).toMatchObject({
      shared: context.accounts,
      problems: [],
    })
  },
)

test('a share that failed as a whole has shared with nobody', () => {
  expect(shareFailed(context, 'share.cn-hangzhou.1', { message: 'gone' })).toMatchObject({
    shared: [],
    problems: [{ accounts: context.accounts, code: 'InternalError', message: 'gone' }],
  })
})
