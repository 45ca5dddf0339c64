import type { ExecutionStatus } from '../../../machines/status.js'
import { type ExecutionSnapshot, view } from '../../../machines/view.js'
import type { EventData } from '../../core/effects.js'
import type { ImageState } from '../scenario/types.js'
import type { Retold, Stepped } from './attempts.js'
import type { ObservedAttempt } from './observed.js'

/** What a run came to, as an expectation of a scenario says it. */
export interface End {
  readonly ended: boolean
  /** When its last step was. */
  readonly at: number
  readonly status: ExecutionStatus
  readonly error: string
  readonly visited: readonly ExecutionStatus[]
  readonly images: Readonly<Record<string, ImageState>>
  /** By region, the accounts in order. */
  readonly shared: Readonly<Record<string, readonly string[]>>
  /** Of tasks that were tried more than once. */
  readonly attempts: Readonly<Record<string, number>>
  /** From the start to the last step. */
  readonly lasted: number
}

/** @param begun whether an attempt after the first has begun, and is no longer waited for */
export function endOf(
  { steps, attempts }: Retold,
  begun: (again: ObservedAttempt) => boolean,
): End {
  const [first, last] = [steps[0] as Stepped, steps.at(-1) as Stepped]
  const { Status, ErrorCode } = viewOf(last)
  return {
    ended: last.state.status !== 'active',
    at: last.record.at,
    status: Status,
    error: ErrorCode,
    visited: visitedBy(steps),
    ...imagesOf(steps),
    attempts: repeated(
      attempts.filter((each) => each.attempt === 1 || begun(each)).map(({ task }) => task),
    ),
    lasted: last.record.at - first.record.at,
  }
}

function viewOf({ state }: Stepped) {
  const { value, context, status, error } = state
  return view({ value, context, status, error } as unknown as ExecutionSnapshot)
}

function visitedBy(steps: readonly Stepped[]): ExecutionStatus[] {
  const visited: ExecutionStatus[] = []
  for (const step of steps) {
    const { Status } = viewOf(step)
    if (visited.at(-1) !== Status) visited.push(Status)
  }
  return visited
}

/** What became of the images, told by the domain events of the steps. */
function imagesOf(steps: readonly Stepped[]): Pick<End, 'images' | 'shared'> {
  const images: Record<string, ImageState> = {}
  const shared: Record<string, string[]> = {}
  for (const event of steps.flatMap(emitted)) {
    const region = String(event['region'])
    const status = statusAfter[event.type]
    if (status !== undefined) images[region] = status
    if (event.type === 'image.shared') {
      const accounts = event['accounts'] as readonly string[]
      shared[region] = [...(shared[region] ?? []), ...accounts].sort()
    }
  }
  return { images, shared }
}

function emitted({ effects }: Stepped): readonly EventData[] {
  return effects.flatMap((effect) => (effect.kind === 'emit' ? [effect.event] : []))
}

const statusAfter: Readonly<Record<string, ImageState>> = {
  'image.creating': 'Creating',
  'image.copying': 'Creating',
  'image.available': 'Available',
  'image.copied': 'Available',
  'image.copyFailed': 'CreateFailed',
  'image.removed': 'none',
}

function repeated(tasks: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>()
  for (const task of tasks) counts.set(task, (counts.get(task) ?? 0) + 1)
  return Object.fromEntries([...counts].filter(([, count]) => count > 1))
}
