import type { AnyStateMachine } from 'xstate'
import { type Json, viaJson } from '../core/json.js'
import type { ExecutionRow } from '../core/ports.js'
import type { State } from '../core/stepper.js'
import type { Registry } from './definition.js'
import type { Execution, Stuck } from './types.js'

interface Snapshot {
  readonly value: Json
  readonly context: Json
  readonly output?: Json
  readonly error?: Json
}

/**
 * An execution as callers see it. Who lists many seldom looks into them all, so that snapshot and
 * tags are read when they are asked for.
 */
export function executionView<M extends AnyStateMachine = AnyStateMachine>(
  row: ExecutionRow,
  registry: Registry,
): Execution<M> {
  let read: Snapshot | null = null
  const snapshot = (): Snapshot => (read ??= JSON.parse(row.snapshot) as Snapshot)
  const view = {
    id: row.id,
    machine: row.machine,
    singletonKey: row.singletonKey,
    status: row.status,
    outcome: row.outcome,
    stuck: row.stuck === null ? null : (JSON.parse(row.stuck) as Stuck),
    get value() {
      return snapshot().value
    },
    get context() {
      return snapshot().context
    },
    get output() {
      return snapshot().output ?? null
    },
    get error() {
      return snapshot().error ?? null
    },
    get tags() {
      return tagsOf(row, registry)
    },
    startedAt: row.startedAt,
    updatedAt: row.updatedAt,
    endedAt: row.endedAt,
    seq: row.seq,
  }
  return view as unknown as Execution<M>
}

/** A snapshot up to this long is copied at once: five getters cost more than that. */
const shortText = 2_000

/** The execution after a step that was just taken, as callers see it. */
export function steppedView<M extends AnyStateMachine = AnyStateMachine>(
  row: ExecutionRow,
  { value, context, output, error, tags }: State,
  registry: Registry,
): Execution<M> {
  if (row.snapshot.length > shortText) return executionView(row, registry)
  const view = {
    id: row.id,
    machine: row.machine,
    singletonKey: row.singletonKey,
    status: row.status,
    outcome: row.outcome,
    stuck: row.stuck === null ? null : (JSON.parse(row.stuck) as Stuck),
    // Whoever is given it may change it.
    value: viaJson(value),
    context: viaJson(context),
    output: viaJson(output),
    error: viaJson(error),
    tags: [...tags],
    startedAt: row.startedAt,
    updatedAt: row.updatedAt,
    endedAt: row.endedAt,
    seq: row.seq,
  }
  return view as unknown as Execution<M>
}

/** A state that the machine here does not have is its execution's trouble, not that of who lists. */
function tagsOf(row: ExecutionRow, registry: Registry): readonly string[] {
  try {
    return registry.get(row.machine)?.stepper.load(row.snapshot).tags ?? []
  } catch {
    return []
  }
}
