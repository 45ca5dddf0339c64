import { describe, expect, it } from 'vitest'
import { failuresOf, lastOf, replaySteps } from './replaying.js'

const run = ['{ start: web }', '{ wait: web }']
const expectWeb = (field: string): Promise<readonly string[]> =>
  failuresOf(...run, `{ expect: web, ${field} }`)

describe('an expectation that does not hold says so:', () => {
  it.each([
    ['status: SUCCESS', 'status is PARTITION_SUCCESS, not SUCCESS'],
    ['error: none', 'error is InvalidAccount.NotFound, not none'],
    ['error: Busy', 'error is InvalidAccount.NotFound, not Busy'],
    ['message: sunshine', /^message is "Sharing in cn-hangzhou with 666 .+", without "sunshine"$/],
    [
      'visited: [PREPARING, SUCCESS]',
      'visited is [PREPARING, BUILDING, DISTRIBUTING, RELEASING, PARTITION_SUCCESS], ' +
        'not [PREPARING, SUCCESS]',
    ],
    ['eventually: TESTING', 'it was never TESTING'],
    ['never: BUILDING', 'it was BUILDING'],
    ['always: [PREPARING, BUILDING]', 'it was DISTRIBUTING, which is none of PREPARING, BUILDING'],
    ['lasted: 3m', 'it lasted 10m, not 3m'],
    [
      'images: { cn-beijing: CreateFailed }',
      'the image in cn-beijing is Available, not CreateFailed',
    ],
    ['images: { cn-shanghai: Available }', 'the image in cn-shanghai is none, not Available'],
    ['shared: { cn-beijing: ["666", "42"] }', 'shared in cn-beijing is [42], not [42, 666]'],
    ['attempts: { copy.cn-beijing: 1 }', 'attempts of copy.cn-beijing is 2, not 1'],
    ['attempts: { testImage: 1 }', 'attempts of testImage is 0, not 1'],
  ])('%s', async (field, message) => {
    const [failure, ...more] = await expectWeb(field)
    expect(failure).toMatch(message)
    expect(more).toEqual([])
  })

  it('all of them, when several do not hold', async () => {
    expect(await expectWeb('status: FAILED, lasted: 1m, never: [BUILDING, RELEASING]')).toEqual([
      'status is PARTITION_SUCCESS, not FAILED',
      'it was BUILDING',
      'it was RELEASING',
      'it lasted 10m, not 1m',
    ])
  })

  it('an execution that has not ended has not lasted', async () => {
    const failures = await failuresOf('{ start: web }', '{ expect: web, lasted: 1m }')
    expect(failures).toEqual(['it has not ended, not 1m'])
  })

  it('a deleted execution has images and shares only', async () => {
    const failures = await failuresOf(
      ...run,
      '{ delete: web }',
      '{ expect: web, status: SUCCESS, error: none, message: x, lasted: 10m, images: { cn-beijing: Available }, shared: { cn-beijing: ["42"] }, attempts: { buildImage: 1 } }',
    )
    expect(failures).toEqual([
      'status is deleted, not SUCCESS',
      'error is not known: the execution was deleted',
      'message is not known: the execution was deleted',
      'lasted is not known: the execution was deleted',
      'attempts is not known: the execution was deleted',
    ])
  })

  it('of a template: whether it exists, and how many executions it has had and has', async () => {
    const failures = await failuresOf(
      '{ start: web }',
      '{ expect: web, exists: false, executions: 2, live: 0 }',
    )
    expect(failures).toEqual([
      'exists is true, not false',
      'the number of executions is 1, not 2',
      'the number of live executions is 1, not 0',
    ])
  })
})

describe('an expectation that holds', () => {
  it('says nothing', async () => {
    const all =
      '{ expect: web, status: PARTITION_SUCCESS, error: InvalidAccount.NotFound, message: "666", ' +
      'visited: [PREPARING, BUILDING, DISTRIBUTING, RELEASING, PARTITION_SUCCESS], ' +
      'eventually: [BUILDING], never: [TESTING], lasted: 10m, images: { cn-beijing: Available }, ' +
      'shared: { cn-beijing: ["42"] }, attempts: { copy.cn-beijing: 2, buildImage: 1 } }'
    const replayed = await replaySteps(...run, all)
    expect(replayed.ok).toBe(true)
    expect(lastOf(replayed)).toMatchObject({ result: 'as expected', failures: [] })
  })

  it('counts no attempt that pauses or queues', async () => {
    const failures = await failuresOf(
      '{ start: web }',
      '{ advance: 7m10s }',
      '{ expect: web, attempts: { copy.cn-beijing: 1 } }',
    )
    expect(failures).toEqual([])
  })
})
