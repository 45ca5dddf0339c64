import type {
  AnyStateMachine,
  ContextFrom,
  EventFrom,
  InputFrom,
  OutputFrom,
  ProvidedActor,
  StateMachine,
  StateValueFrom,
  TagsFrom,
} from 'xstate'
import type { Outcome } from '../core/effects.js'
import type { Json } from '../core/json.js'
import type { MachineDefinition } from './definition.js'

declare const machineOf: unique symbol

/** The id of an execution; it remembers its machine, so that `send` and `waitFor` are checked. */
export type ExecutionId<M extends AnyStateMachine = AnyStateMachine> = string & {
  readonly [machineOf]: M
}

/** The machine of an id; any machine for plain text. */
export type MachineOf<I extends string> = I extends ExecutionId<infer M> ? M : AnyStateMachine

/** The events that a caller may send: those of the machine that are not xstate's own. */
export type SendableEvent<M extends AnyStateMachine> = Exclude<
  EventFrom<M>,
  { type: `xstate.${string}` }
>

/** What stands in `machines`: a machine, or one with its policies and handlers. */
export type MachineEntry = AnyStateMachine | MachineDefinition

/** The machine of an entry. */
export type MachineIn<E> = E extends { readonly machine: infer M extends AnyStateMachine }
  ? M
  : E extends AnyStateMachine
    ? E
    : never

/** A real task: outside work, run at least once. */
export type TaskFunction<Input = unknown, Output = unknown> = (
  task: TaskArguments<Input>,
) => Promise<Output> | Output

/** What a real task is given. */
export interface TaskArguments<Input = unknown> {
  readonly input: Input
  /** Aborted when the machine stops the task, when its time is over, and on `close`. */
  readonly signal: AbortSignal
  /** The same for every attempt of this task: give it to the outside as idempotency key. */
  readonly key: string
  /** 1 for the first. */
  readonly attempt: number
  readonly executionId: string
  /** Says that the work goes on; needed when the policy names a `heartbeat`. */
  readonly heartbeat: () => void
}

type ActorsOf<M> =
  M extends StateMachine<
    infer _Context,
    infer _Event,
    infer _Children,
    infer Actor,
    infer _Action,
    infer _Guard,
    infer _Delay,
    infer _Value,
    infer _Tag,
    infer _Input,
    infer _Output,
    infer _Emitted,
    infer _Meta,
    infer _Schema,
    infer _TransitionMeta
  >
    ? Actor
    : never

/** The real functions for a machine's tasks, by name; what is missing runs the machine's own. */
export type TaskFunctions<M> = {
  readonly [A in Extract<ActorsOf<M>, ProvidedActor> as A['src']]?: TaskFunction<
    InputFrom<A['logic']>,
    OutputFrom<A['logic']>
  >
}

/** An execution as callers see it. Times are the file's, in milliseconds since 1970. */
export interface Execution<M extends AnyStateMachine = AnyStateMachine> {
  readonly id: ExecutionId<M>
  /** The `id@version` to which it is pinned. */
  readonly machine: string
  readonly singletonKey: string | null
  readonly status: string
  /** Null while it lives. */
  readonly outcome: Outcome | null
  /** Set while the execution waits for `retry` or a new version: its step threw. */
  readonly stuck: Stuck | null
  readonly value: StateValueFrom<M>
  readonly context: ContextFrom<M>
  readonly output: OutputFrom<M> | null
  readonly error: Json
  /** Empty when this process does not have the machine. */
  readonly tags: readonly string[]
  readonly startedAt: number
  readonly updatedAt: number
  readonly endedAt: number | null
  /** The number of its newest record. */
  readonly seq: number
}

/** Why and where an execution is stuck. */
export interface Stuck {
  readonly message: string
  readonly event: string
  readonly value: Json
  readonly at: number
}

/** What `waitFor` waits for. */
export type Condition<M extends AnyStateMachine> =
  | { readonly tag: TagsFrom<M> }
  | { readonly status: string }
  | { readonly ended: true }
  | ((execution: Execution<M>) => boolean)
