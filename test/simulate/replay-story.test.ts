import { describe, expect, it } from 'vitest'
import { clause, sentence } from '../../src/simulate/replay/clauses.js'
import { tell } from '../../src/simulate/replay/story.js'
import { replaySteps } from './replaying.js'

describe('a sentence of clauses', () => {
  it('says once what happened to several', () => {
    const copied = ['a', 'b', 'c'].map((name) => clause('copied to ', name))
    expect(sentence(copied.slice(0, 1))).toBe('copied to a')
    expect(sentence(copied.slice(0, 2))).toBe('copied to a and b')
    expect(sentence(copied)).toBe('copied to a, b and c')
  })

  it('reads out four names, and of more the first three', () => {
    const shared = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => clause('shared in ', name))
    expect(sentence(shared.slice(0, 4))).toBe('shared in a, b, c and d')
    expect(sentence(shared)).toBe('shared in a, b, c and 3 more')
  })

  it('names nobody twice', () => {
    expect(sentence([clause('shared in ', 'a'), clause('shared in ', 'a')])).toBe('shared in a')
  })

  it('keeps apart what is not the same, in the order of its beginning', () => {
    const clauses = [
      clause('', 'a', ' failed'),
      clause('copied to ', 'b'),
      clause('', 'c', ' failed'),
      clause('SUCCESS'),
      clause('SUCCESS'),
    ]
    expect(sentence(clauses)).toBe('a and c failed; copied to b; SUCCESS; SUCCESS')
  })
})

describe('the story of a run', () => {
  it('tells each instant of an execution in one line', async () => {
    const { beats } = await replaySteps('{ start: web }', '{ wait: web }')
    expect(beats.at(-1)?.happenings.map(({ offset, text }) => [offset / 1_000, text])).toEqual([
      [60, 'BUILDING'],
      [300, 'DISTRIBUTING, copying to 1 region'],
      [420, 'copy.cn-beijing attempt 1 failed: Busy, again at +7m30s'],
      [570, 'copied to cn-beijing; DISTRIBUTING, sharing with 2 accounts'],
      [580, 'shared in cn-hangzhou and cn-beijing, but not with 666; RELEASING'],
      [600, 'PARTITION_SUCCESS'],
    ])
  })

  it('tells a failure for good, a cancel, and a slot', async () => {
    const { beats } = await replaySteps(
      '{ plan: [{ task: buildImage, fail: { code: Bad, message: No luck. } }] }',
      '{ start: web }',
      '{ start: api }',
      '{ cancel: api }',
      '{ wait: web }',
    )
    const texts = beats.flatMap(({ happenings }) => happenings.map(({ text }) => text))
    expect(texts).toContain('cancel; CANCELLING')
    expect(texts).toContain('buildImage failed for good: Bad, No luck; RELEASING')
  })

  it('tells records that a scenario does not come to', async () => {
    const record = { execution: 1, seq: 2, n: 2, at: 5_000, ref: null }
    const told = (kind: 'attempt' | 'migration', body: object): string => {
      const row = { ...record, kind, body: JSON.stringify(body) }
      // Neither of these looks at the execution.
      const { clauses, status } = tell(row as never, { before: null, start: 0 } as never)
      expect(status).toBeNull()
      return sentence(clauses)
    }
    expect(told('migration', { from: '1', to: '2' })).toBe('moved to another version')
    const of = { task: 'buildImage', attempt: 2 }
    expect(told('attempt', { ...of, phase: 'started' })).toBe('buildImage attempt 2 started')
    expect(told('attempt', { ...of, phase: 'lost' })).toBe('buildImage attempt 2 was lost')
    expect(told('attempt', { ...of, phase: 'slot' })).toBe('buildImage got a slot')
    const error = { name: 'TypeError', message: 'x' }
    expect(told('attempt', { ...of, phase: 'failed', error })).toBe(
      'buildImage attempt 2 failed: TypeError',
    )
    expect(told('attempt', { ...of, phase: 'failed', error, retryAt: 65_000 })).toBe(
      'buildImage attempt 2 failed: TypeError, again at +1m5s',
    )
  })
})
