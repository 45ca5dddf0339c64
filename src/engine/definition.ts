import type { AnyStateMachine } from 'xstate'
import { assertDurable, ownFunction, type PromiseFunction, taskNames } from '../core/durable.js'
import type { EventData } from '../core/effects.js'
import { BakelineError } from '../core/errors.js'
import { compile } from '../core/compiled/stepper.js'
import { interpret } from '../core/interpreted.js'
import type { Json } from '../core/json.js'
import { normalisePolicy, type Policy, type TaskPolicy } from '../core/policy.js'
import type { CatalogWrite } from '../core/ports.js'
import type { State, Stepper, StepperReport } from '../core/stepper.js'

/** What a handler of a domain event knows beside the event. */
export interface EmitContext {
  readonly executionId: string
  /** The file's time of the step, in milliseconds. */
  readonly at: number
}

/** Pure: a domain event in, catalog writes of the same transaction out. */
export type EmitHandler = (event: EventData, context: EmitContext) => readonly CatalogWrite[]

/** Carries a snapshot of one version to the next. */
export type Migration = (snapshot: Json) => Json

/** A machine and what the engine is to know of it. */
export interface MachineDefinition<M extends AnyStateMachine = AnyStateMachine> {
  readonly machine: M
  /** By task name, as in `setup({ actors })`. */
  readonly policies?: Readonly<Record<string, TaskPolicy>>
  /** A word for a state, kept in a column of its own; the state value when absent. */
  readonly status?: (state: State) => string
  /** By type of the emitted event. */
  readonly on?: Readonly<Record<string, EmitHandler>>
  /** By the version that is left: `{ '1': (snapshot) => … }` leads from 1 to this machine. */
  readonly migrations?: Readonly<Record<string, Migration>>
}

/** A machine as the engine uses it. */
export interface Definition {
  /** `id@version`, the version being `1` when the machine names none. */
  readonly key: string
  readonly machine: AnyStateMachine
  readonly stepper: Stepper
  readonly tasks: readonly string[]
  status(state: State): string
  policy(task: string): Policy
  handler(event: string): EmitHandler | undefined
  ownFunction(task: string): PromiseFunction | null
  readonly migrations: Readonly<Record<string, Migration>>
}

/** Who takes a machine's steps. Both agree to the byte; xstate's own are some tens of times slower. */
export type StepperKind = 'compiled' | 'interpreted'

/** How a machine's steps are taken in this process. */
export interface MachineReport extends StepperReport {
  /** `id@version`. */
  readonly machine: string
}

/** The `id@version` of a machine. */
export function machineKey(machine: AnyStateMachine): string {
  return `${machine.id}@${machine.version ?? '1'}`
}

/** Every machine that this process knows, by key. */
export type Registry = ReadonlyMap<string, Definition>

/**
 * @throws BakelineError `NOT_DURABLE` for a machine that cannot be made durable, `INVALID_INPUT` for
 *   two machines of one key or a policy for a task that the machine does not have.
 */
export function register(
  machines: readonly (AnyStateMachine | MachineDefinition)[],
  kind: StepperKind = 'compiled',
): Map<string, Definition> {
  const registry = new Map<string, Definition>()
  for (const entry of machines) {
    const definition = define('machine' in entry ? entry : { machine: entry }, kind)
    if (registry.has(definition.key)) {
      throw new BakelineError(
        'INVALID_INPUT',
        `two machines are named ${definition.key}: give one another id or version`,
      )
    }
    registry.set(definition.key, definition)
  }
  return registry
}

function define(entry: MachineDefinition, kind: StepperKind): Definition {
  const { machine } = entry
  assertDurable(machine)
  const key = machineKey(machine)
  const tasks = taskNames(machine)
  const policies = new Map<string, Policy>()
  for (const [task, policy] of Object.entries(entry.policies ?? {})) {
    if (!tasks.includes(task)) throw unknownTask(key, task, tasks)
    policies.set(task, normalisePolicy(policy))
  }
  const standard = normalisePolicy()
  let stepper: Stepper | null = null
  // Asked at every task, and found out by trying.
  const own = new Map<string, PromiseFunction | null>()
  return {
    key,
    machine,
    tasks,
    // Made when the machine first takes a step: most commands touch one machine, or none.
    get stepper() {
      return (stepper ??= kind === 'compiled' ? compile(machine) : interpret(machine))
    },
    status: entry.status ?? ((state) => valueText(state.value)),
    policy: (task) => policies.get(task) ?? standard,
    handler: (event) => entry.on?.[event],
    ownFunction(task) {
      const known = own.get(task)
      if (known !== undefined) return known
      const found = ownFunction(machine, task)
      own.set(task, found)
      return found
    },
    migrations: entry.migrations ?? {},
  }
}

function unknownTask(key: string, task: string, tasks: readonly string[]): BakelineError {
  return new BakelineError(
    'INVALID_INPUT',
    `${key} has no task "${task}"; it has ${tasks.join(', ') || 'none'}`,
  )
}

/** A state value as one word: `create.building`, `{"a":"x","b":"y"}` for parallel states. */
function valueText(value: Json): string {
  if (typeof value === 'string') return value
  const entries = Object.entries(value as { readonly [key: string]: Json })
  const only = entries.length === 1 ? entries[0] : undefined
  return only ? `${only[0]}.${valueText(only[1])}` : JSON.stringify(value)
}
