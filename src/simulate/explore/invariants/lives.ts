import { type ExecutionStatus, terminalStatuses } from '../../../../machines/status.js'
import { formatDuration } from '../../../core/duration.js'
import { verifyExecution } from '../../../engine/verify.js'
import { type Invariant, listed, ofEach } from './invariant.js'

/** Which status may follow which: the documented order, told a second time. */
const after: Readonly<Record<string, readonly ExecutionStatus[]>> = {
  '': ['PREPARING'],
  PREPARING: ['REPAIRING', 'BUILDING', 'RELEASING', 'CANCELLING'],
  REPAIRING: ['BUILDING', 'RELEASING', 'CANCELLING'],
  BUILDING: ['TESTING', 'DISTRIBUTING', 'RELEASING', 'CANCELLING'],
  TESTING: ['DISTRIBUTING', 'RELEASING'],
  DISTRIBUTING: ['RELEASING'],
  RELEASING: ['SUCCESS', 'PARTITION_SUCCESS', 'FAILED', 'TEST_FAILED'],
  CANCELLING: ['CANCELLED'],
}

/** The states in which executions end, by status. */
const endIn: Readonly<Record<string, string>> = {
  SUCCESS: 'done',
  PARTITION_SUCCESS: 'done',
  FAILED: 'failed',
  TEST_FAILED: 'failed',
  CANCELLED: 'cancelled',
}

/** About how executions live and end. */
export const lives: readonly Invariant[] = [
  {
    name: 'one-live-execution-per-template',
    says: 'At most one execution of a template lives at a time.',
    *check({ runs }) {
      const live = new Map<string, string>()
      for (const { row, life } of runs) {
        if (row.outcome !== null) continue
        const { key } = life.ledger.wanted
        const other = live.get(key)
        if (other !== undefined) {
          yield { execution: life.name, message: `it lives beside ${other}, of the same template` }
        }
        live.set(key, life.name)
      }
    },
  },
  ofEach(
    'every-execution-ends',
    'A live execution always has something pending that will move it, and it ends when it is done.',
    function* ({ row, work, expected }) {
      const pending = work.filter(({ row: { due, state } }) => due !== null || state === 'waiting')
      if (row.outcome === null && row.stuck === null && pending.length === 0) {
        yield `it is ${row.status}, and nothing is pending that would ever end it`
      }
      if (row.outcome === null && expected.ended) yield `it is done, and lives as ${row.status}`
      if (row.outcome !== null && !expected.ended) {
        yield `it has ended, but ${listed(expected.running)} had not`
      }
    },
  ),
  ofEach(
    'no-step-throws',
    'No step of an execution throws; one that does is stuck.',
    function* ({ row }) {
      if (row.stuck === null) return
      const { message, event } = JSON.parse(row.stuck) as { message: string; event: string }
      yield `it is stuck on ${event}: ${message}`
    },
  ),
  ofEach(
    'status-in-order',
    'A status is followed only by those that the documentation lets follow it.',
    function* ({ life: { visited } }) {
      for (const [index, status] of visited.entries()) {
        const before = visited[index - 1] ?? ''
        const legal = after[before] ?? []
        if (legal.some((each) => each === status)) continue
        yield `it was ${status} after ${before === '' ? 'nothing' : before}`
      }
    },
  ),
  ofEach(
    'status-never-goes-back',
    'What callers are told never goes back to a status that was left.',
    function* ({ life: { visited } }) {
      const back = visited.find((status, index) => visited.indexOf(status) !== index)
      if (back !== undefined) yield `it is ${back} a second time`
    },
  ),
  ofEach(
    'status-as-documented',
    'The status is the one that follows from what has happened.',
    function* ({ row, expected, life }) {
      if (row.status !== expected.status) yield `it is ${row.status}, not ${expected.status}`
      const terminal = terminalStatuses.some((status) => status === row.status)
      if (terminal !== (row.outcome !== null)) {
        yield `its status ${row.status} ${terminal ? 'is terminal, and it lives' : 'is not terminal, and it has ended'}`
      }
      if (life.ledger.cancelled && row.outcome !== null && row.status !== 'CANCELLED') {
        yield `it was cancelled, and ended as ${row.status}`
      }
    },
  ),
  ofEach(
    'state-as-documented',
    'An execution ends in the state that its status stands for: done, failed or cancelled.',
    function* ({ row, expected }) {
      const { value, status } = JSON.parse(row.snapshot) as { value: unknown; status: string }
      const wanted = endIn[expected.status]
      if (wanted === undefined || row.outcome === null || status !== 'done') return
      if (value !== wanted)
        yield `it ended in "${String(value)}" as ${row.status}, not in "${wanted}"`
    },
  ),
  ofEach(
    'history-folds-to-the-snapshot',
    'The history, taken step by step again, leads to what is stored.',
    function* ({ row, life }, { reader }, { registry }) {
      yield* life.ledger.flaws
      // Folding takes every step again: it is done where an execution came to rest.
      if (row.outcome === null && row.stuck === null && row.seq > 2) return
      for (const { problem } of verifyExecution(reader, row, registry)) yield problem
    },
  ),
  ofEach(
    'time-goes-forward',
    'No record is before the one that it follows, or after the present.',
    function* ({ row }, { now }) {
      if (row.updatedAt > now) {
        yield `its newest record is ${formatDuration(row.updatedAt - now)} ahead of the clock`
      }
    },
  ),
]
