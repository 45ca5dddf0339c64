import type { AnyTransitionDefinition } from 'xstate'
import type { Guard } from './guards.js'
import type { Op } from './run.js'
import type { Arrow, Node } from './tree.js'

/** A transition of the machine's config, with its guard and actions made ready. */
export interface Transition extends Arrow {
  /** Its place among all transitions of the machine. */
  readonly number: number
  /** Null when it is always taken. */
  readonly guard: Guard | null
  readonly ops: readonly Op[]
  /** Itself alone: what is enabled, nearly always. */
  readonly alone: readonly Transition[]
}

/** What a state does, made ready. */
export interface NodeCode {
  readonly entry: readonly Op[]
  readonly invoke: readonly Op[]
  /** Those of the transition to its initial state. */
  readonly initial: readonly Op[]
  readonly exit: readonly Op[]
  /** One for each invoke, after `exit`. */
  readonly stop: readonly Op[]
  readonly always: readonly Transition[]
}

/** A machine's config made ready. */
export interface Code {
  readonly nodes: ReadonlyMap<Node, NodeCode>
  readonly transitions: ReadonlyMap<AnyTransitionDefinition, Transition>
}

/**
 * Whom an event is offered to in a configuration: the regions within first, and only if none of them
 * takes it, a state's own transitions, in order. What can take no event of the type is left out.
 */
export interface Selector {
  readonly own: readonly Transition[]
  readonly inner: readonly Selector[]
}

/** What an event type means in a configuration. */
export interface Reception extends Selector {
  /** The task whose end such an event is. */
  readonly ended: string | null
}
