import { executionMachine } from '../../machines/execution.js'
import type { ExecutionEmitted } from '../../machines/execution-events.js'
import type { CopyImageInput } from '../../machines/tasks.js'
import { type ExecutionSnapshot, view } from '../../machines/view.js'
import type { Json } from '../core/json.js'
import type { CatalogWrite } from '../core/ports.js'
import type { TaskPolicy } from '../core/policy.js'
import type { State } from '../core/stepper.js'
import type { EmitContext, EmitHandler, MachineDefinition } from '../engine/definition.js'
import { imageWrites } from './images.js'

/** Copies at a time into one region; the service queues the rest (documented under CopyImage). */
export const copiesPerRegion = 5

/** How often a task of an execution is tried; the pauses are ours, the service does not tell. */
export const policies = {
  copyImage: {
    attempts: 3,
    backoff: { first: '30s', factor: 2 },
    pool: (input: Json) => ({
      name: `copy/${(input as unknown as CopyImageInput).region}`,
      limit: copiesPerRegion,
    }),
  },
  shareImage: { attempts: 3, backoff: { first: '10s', factor: 2 } },
  releaseResources: { attempts: 3, backoff: { first: '10s', factor: 2 } },
} as const satisfies Readonly<Record<string, TaskPolicy>>

/** The status of an execution, as callers see it. */
export function statusOf(state: Pick<State, 'value' | 'context' | 'status' | 'error'>): string {
  // The engine ended it by force: the machine itself never saw a cancel.
  if (state.status === 'stopped') return 'CANCELLED'
  return view(state as unknown as ExecutionSnapshot).Status
}

const onImage: EmitHandler = (event, context): readonly CatalogWrite[] =>
  imageWrites(event as unknown as ExecutionEmitted, context satisfies EmitContext)

/** The execution machine with all that the engine is to know of it. */
export const executionDefinition: MachineDefinition<typeof executionMachine> = {
  machine: executionMachine,
  policies,
  status: statusOf,
  on: Object.fromEntries(
    [
      'image.creating',
      'image.available',
      'image.removed',
      'image.copying',
      'image.copied',
      'image.copyFailed',
      'image.shared',
    ].map((type) => [type, onImage]),
  ),
}
