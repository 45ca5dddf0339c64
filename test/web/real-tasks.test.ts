import { describe, expect, it } from 'vitest'
import type { RecordData } from '../../web/model/history.js'
import { tasksOf } from '../../web/model/tasks.js'

const began = {
  n: 1,
  seq: 1,
  at: 1_000,
  kind: 'step',
  body: { event: { type: 'xstate.init' }, value: 'charging' },
  effects: [{ kind: 'startTask', id: 'charge', src: 'charge', input: null }],
} as unknown as RecordData

const lost = {
  n: 2,
  seq: 2,
  at: 40_000,
  kind: 'attempt',
  body: { task: 'charge', attempt: 1, phase: 'lost', since: 3_000 },
} as unknown as RecordData

const done = {
  n: 3,
  seq: 3,
  at: 50_000,
  kind: 'step',
  body: {
    event: { type: 'xstate.done.actor.charge', output: null, actorId: 'charge' },
    value: 'paid',
    attempt: 2,
    since: 40_000,
  },
  effects: [],
} as unknown as RecordData

const pending = { id: 'charge', kind: 'task', state: 'running', axis: 'wall', pool: null } as const

describe('a real function in the Gantt', () => {
  it('runs since its row says so, and waited before', () => {
    const [task] = tasksOf([began], [{ ...pending, due: 33_000, attempt: 1, since: 3_000 }])
    expect(task?.waits).toEqual([{ from: 1_000, to: 3_000 }])
    expect(task?.attempts).toMatchObject([{ n: 1, from: 3_000, to: null, end: 'open', due: null }])
  })

  it('has a bar for the attempt that was lost with its process, and one for the last', () => {
    const [task] = tasksOf([began, lost, done], [])
    expect(task?.attempts).toMatchObject([
      { n: 1, from: 3_000, to: 40_000, end: 'lost', seq: 2 },
      { n: 2, from: 40_000, to: 50_000, end: 'done', seq: 3 },
    ])
  })
})
