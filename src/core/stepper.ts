import type { Effect, EventData } from './effects.js'
import type { Json } from './json.js'

/** A machine's state at rest, between two steps. */
export interface State {
  /** The snapshot as the store keeps it: JSON in the step's own key order. */
  readonly text: string
  /** xstate's state value: `'idle'` or `{ create: 'building' }`. */
  readonly value: Json
  readonly context: Json
  readonly status: 'active' | 'done' | 'error' | 'stopped'
  readonly output: Json
  /** What the machine ended with when `status` is `error`: `{ name, message }`. */
  readonly error: Json
  readonly tags: readonly string[]
  /** Tasks that run, by id, in the order in which they were started. */
  readonly children: readonly string[]
}

/** What one step leads to. */
export interface Step {
  readonly state: State
  readonly effects: readonly Effect[]
  /** False when the machine had no use for the event: nothing is written then. */
  readonly changed: boolean
}

/** How a stepper takes its steps. */
export interface StepperReport {
  /** Whether they are compiled; xstate takes them otherwise. */
  readonly compiled: boolean
  /** Why not, a line each that begins with the id of a state; none when xstate was asked for. */
  readonly reasons: readonly string[]
  /** Steps that xstate took though the machine is compiled: those that threw, nearly always. */
  readonly repeated: number
}

/**
 * One machine's pure step: state and event in, next state and effects out. The interpreted one
 * (`interpreted.ts`) asks xstate; the compiled one (`compiled/`) agrees with it to the byte. What is
 * handed in is not changed, and must not be changed afterwards.
 *
 * `initial` and `next` throw when the machine's own code throws, and a NotDurable error when the
 * step does what cannot outlive the process.
 */
export interface Stepper {
  /** The state that a stored snapshot stands for. */
  load(text: string): State
  initial(input: Json): Step
  next(state: State, event: EventData): Step
  report(): StepperReport
}
