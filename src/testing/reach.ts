import { type ExecutionStatus, terminalStatuses } from '../../machines/status.js'
import type { Duration } from '../core/duration.js'
import { durationMs } from '../core/duration.js'
import { waitUntil } from '../simulate/replay/waiting.js'
import { type ExecutionRef, statusOf } from './execution.js'

/** How long an execution may take, in the time of the service. */
export interface Within {
  /** `7d` when absent: long enough for everything that ends at all. */
  readonly within?: Duration
}

/** Wall time for a clock that runs by itself. */
const longestMs = 30_000

/**
 * Waits for a status: moves a clock that stands still, from one thing that happens to the next, and
 * waits by the wall, 30 s at most, for one that runs by itself.
 *
 * @returns where it ended
 */
export async function reach(
  execution: ExecutionRef,
  wanted: ExecutionStatus,
  { within = '7d' }: Within,
): Promise<string> {
  const { id, emulator } = execution
  const { engine } = emulator.imageBuilder
  const limit = durationMs(within)
  const { state } = await engine.clock()
  if (state.mode === 'virtual') {
    const until = [wanted, ...terminalStatuses]
    return (await waitUntil(emulator.imageBuilder, id, { until, within: limit })).status
  }
  const scale = state.mode === 'scaled' ? state.scale : 1
  const timeout = Math.ceil(Math.min(limit / scale, longestMs))
  await engine
    .waitFor(id, ({ status, outcome }) => status === wanted || outcome !== null, { timeout })
    .catch(() => undefined)
  return (await statusOf(execution)) ?? 'deleted'
}
