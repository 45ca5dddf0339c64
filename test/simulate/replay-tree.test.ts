import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { renderTree } from '../../src/simulate/replay/tree.js'
import type { Replayed } from '../../src/simulate/replay/types.js'
import { replaySteps } from './replaying.js'

const run: Replayed = {
  name: 'A small run',
  file: 'x.yaml',
  seed: 3,
  at: Date.parse('2026-01-05T02:00:00Z'),
  ok: true,
  beats: [
    {
      line: 4,
      column: 5,
      offset: 0,
      took: 0,
      title: 'start web',
      result: 'exec-1',
      happenings: [{ offset: 0, execution: 'web', text: 'PREPARING', seq: 1 }],
      failures: [],
    },
    {
      line: 5,
      column: 5,
      offset: 0,
      took: 60_000,
      title: 'advance 1m',
      result: '',
      happenings: [],
      failures: [],
    },
  ],
  executions: 1,
  records: 2,
  trace: [],
  hash: '0123456789abcdef0123',
}

describe('the tree of a run', () => {
  it('has a branch for each step and a leaf for each thing that happened', () => {
    expect(renderTree(run, '1.2.3')).toBe(
      [
        'A small run  (seed 3, from 2026-01-05T02:00:00Z)',
        '├─ start web   exec-1',
        '│  └─ +0s       web  PREPARING',
        '└─ advance 1m',
        '✔ all as expected: 1 execution, 2 records',
        '  trace 0123456789abcdef, bakeline 1.2.3',
        '',
      ].join('\n'),
    )
  })

  it('marks what was not as expected, and counts it', () => {
    const [first, last] = run.beats
    if (!first || !last) throw new Error('the run has two steps')
    const failed = { ...last, failures: ['too late', 'too loud'] }
    expect(renderTree({ ...run, ok: false, beats: [first, failed] }, '1.2.3')).toBe(
      [
        'A small run  (seed 3, from 2026-01-05T02:00:00Z)',
        '├─ start web   exec-1',
        '│  └─ +0s       web  PREPARING',
        '└─ ✘ advance 1m',
        '   ├─ ✘ too late',
        '   └─ ✘ too loud',
        '✘ 2 not as expected: 1 execution, 2 records',
        '  trace 0123456789abcdef, bakeline 1.2.3',
        '',
      ].join('\n'),
    )
  })

  it('is drawn for a run in which nothing happens', () => {
    expect(renderTree({ ...run, beats: [] }, '1.2.3')).toContain('A small run')
  })
})

describe('the trace', () => {
  it('has every command and every record, and its hash is that of its text', async () => {
    const { trace, hash, records } = await replaySteps('{ start: api }', '{ advance: 90s }')
    expect(trace).toHaveLength(records + 5)
    expect(trace.at(-2)).toBe('2026-01-05T02:00:00.000Z > advance 1m30s = ')
    expect(trace.at(-1)).toMatch(/^2026-01-05T02:01:00.000Z 2 exec-\w{20} 2 step \{"event":/)
    expect(hash).toBe(createHash('sha256').update(trace.join('\n')).digest('hex'))
  })

  it('is the same for the same steps, and another for another seed or step', async () => {
    const one = await replaySteps('{ start: api }', '{ wait: api }')
    const same = await replaySteps('{ start: api }', '{ wait: api }')
    const other = await replaySteps('{ start: web }', '{ wait: web }')
    expect(same.hash).toBe(one.hash)
    expect(other.hash).not.toBe(one.hash)
  })
})
