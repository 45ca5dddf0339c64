import type { ExecutionStatus } from '../../../machines/status.js'
import { formatDuration } from '../../core/duration.js'
import type { ImageBuilder } from '../../imagebuilder/image-builder.js'

/** What an execution was waited for, and for how many virtual milliseconds at most. */
export interface Wait {
  readonly until: readonly ExecutionStatus[]
  readonly within: number
}

/** Where a wait ended; a reason when the execution did not come to one of the statuses. */
export interface Waited {
  readonly status: ExecutionStatus | 'deleted'
  readonly gaveUp: string | null
}

/** Jumps from one due item to the next until the execution has one of the statuses. */
export async function waitUntil(
  builder: ImageBuilder,
  id: string,
  { until, within }: Wait,
): Promise<Waited> {
  const { engine } = builder
  const limit = (await engine.clock()).now + within
  for (;;) {
    const status = (await builder.execution(id))?.Status ?? 'deleted'
    if (status !== 'deleted' && until.includes(status)) return { status, gaveUp: null }
    const next = await engine.read((reader) => {
      return reader.due({ axis: 'file', until: limit, limit: 1 })[0]?.due ?? null
    })
    if (next === null || (await engine.get(id))?.outcome !== null) {
      const gaveUp = `nothing that is due within ${formatDuration(within)} changes that`
      return { status, gaveUp }
    }
    await engine.jump()
  }
}
