import { createHash } from 'node:crypto'
import type { Simulate } from '../../src/engine/simulate.js'

/** Every task takes a time, and now and then fails, as its names and attempt have it. */
export const chancy: Simulate = ({ executionId, task, attempt }) => {
  const bytes = createHash('sha256').update(`${executionId} ${task} ${attempt}`).digest()
  const duration = 100 + bytes.readUInt16BE(0) / 10
  const failed = { error: { name: 'Error', message: `attempt ${attempt}` } }
  return { duration, outcome: bytes.readUInt8(2) < 90 ? failed : { output: attempt } }
}

/** Every task takes as long as its input says, or a second, and gives the time it took. */
export const steady: Simulate = ({ input }) => {
  const given = (input as { ms?: number } | null)?.ms
  const duration = given ?? 1_000
  return { duration, outcome: { output: duration } }
}
