import type { AnyStateMachine } from 'xstate'
import type { Json } from '../core/json.js'
import type { ExecutionRow } from '../core/ports.js'
import type { Registry } from './definition.js'
import type { Execution, Stuck } from './types.js'

interface Snapshot {
  readonly value: Json
  readonly context: Json
  readonly output?: Json
  readonly error?: Json
}

/** An execution as callers see it; its tags are looked up when they are asked for. */
export function executionView<M extends AnyStateMachine = AnyStateMachine>(
  row: ExecutionRow,
  registry: Registry,
): Execution<M> {
  const snapshot = JSON.parse(row.snapshot) as Snapshot
  const view = {
    id: row.id,
    machine: row.machine,
    singletonKey: row.singletonKey,
    status: row.status,
    outcome: row.outcome,
    stuck: row.stuck === null ? null : (JSON.parse(row.stuck) as Stuck),
    value: snapshot.value,
    context: snapshot.context,
    output: snapshot.output ?? null,
    error: snapshot.error ?? null,
    tags: [],
    startedAt: row.startedAt,
    updatedAt: row.updatedAt,
    endedAt: row.endedAt,
    seq: row.seq,
  }
  Object.defineProperty(view, 'tags', {
    get: () => tagsOf(row, registry),
    enumerable: true,
  })
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
