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

/** Where a view keeps what it reads from; not enumerable, so that a copy does not have it. */
const source = Symbol('source')

/** What a view reads when it is asked. */
class Source {
  readonly row: ExecutionRow
  readonly registry: Registry
  #snapshot: Snapshot | null = null

  constructor(row: ExecutionRow, registry: Registry) {
    this.row = row
    this.registry = registry
  }

  get snapshot(): Snapshot {
    return (this.#snapshot ??= JSON.parse(this.row.snapshot) as Snapshot)
  }
}

interface View {
  readonly [source]: Source
}

function lazy(name: keyof Execution, read: (from: Source) => unknown) {
  function get(this: View): unknown {
    return read(this[source])
  }
  return { name, accessor: { get, enumerable: true, configurable: true } }
}

/**
 * The same functions for all views: of an object with accessors of its own V8 makes a dictionary, two
 * kilobytes that outlive the young generation.
 */
const lazily = [
  lazy('value', ({ snapshot }) => snapshot.value),
  lazy('context', ({ snapshot }) => snapshot.context),
  lazy('output', ({ snapshot }) => snapshot.output ?? null),
  lazy('error', ({ snapshot }) => snapshot.error ?? null),
  lazy('tags', ({ row, registry }) => tagsOf(row, registry)),
]

/**
 * An execution as callers see it. Who lists many seldom looks into them all, so that snapshot and
 * tags are read when they are asked for.
 */
export function executionView<M extends AnyStateMachine = AnyStateMachine>(
  row: ExecutionRow,
  registry: Registry,
): Execution<M> {
  const view: Record<PropertyKey, unknown> = {
    id: row.id,
    machine: row.machine,
    singletonKey: row.singletonKey,
    status: row.status,
    outcome: row.outcome,
    stuck: row.stuck === null ? null : (JSON.parse(row.stuck) as Stuck),
  }
  Object.defineProperty(view, source, { value: new Source(row, registry) })
  for (const { name, accessor } of lazily) Object.defineProperty(view, name, accessor)
  view['startedAt'] = row.startedAt
  view['updatedAt'] = row.updatedAt
  view['endedAt'] = row.endedAt
  view['seq'] = row.seq
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
