import type { EventData } from '../../core/effects.js'
import type { Json } from '../../core/json.js'
import type { State, Step, Stepper } from '../../core/stepper.js'

/** So many bytes may be remembered, by an estimate: that of a fleet's common ways is a small part. */
const mostBytes = 16_000_000

/** What a step takes beside the texts of its state: maps, effects, contexts. */
const bytesOfStep = 1_000

/**
 * The steps of a machine, each taken once: a step is pure, and executions that begin alike mostly do
 * the same. States whose texts are equal are one, so that ways which part and meet again are walked on
 * together. When there is no more room, what is known stays, and other steps are taken every time.
 *
 * Inputs and events are known by identity. An event that is made anew each time must not be handed in.
 */
export class RememberedSteps {
  readonly #stepper: Stepper
  readonly #initial = new Map<Json, Step>()
  /** What events lead to, by the state in which they come. */
  readonly #next = new Map<State, Map<EventData, Step>>()
  readonly #states = new Map<string, State>()
  #room: number

  constructor(stepper: Stepper, room = mostBytes) {
    this.#stepper = stepper
    this.#room = room
  }

  initial(input: Json): Step {
    const known = this.#initial.get(input)
    if (known !== undefined) return known
    const step = this.#stepper.initial(input)
    if (this.#room <= 0) return step
    const only = this.#only(step)
    this.#initial.set(input, only)
    return only
  }

  next(state: State, event: EventData): Step {
    const next = this.#next.get(state)
    // What something unknown has led to is unknown from there on.
    if (next === undefined) return this.#stepper.next(state, event)
    const known = next.get(event)
    if (known !== undefined) return known
    const step = this.#stepper.next(state, event)
    if (this.#room <= 0) return step
    const only = this.#only(step)
    next.set(event, only)
    return only
  }

  /** The step to the one state that has its text. */
  #only(step: Step): Step {
    const { text } = step.state
    this.#room -= bytesOfStep
    const state = this.#states.get(text)
    if (state !== undefined) return { ...step, state }
    this.#room -= 2 * text.length
    this.#states.set(text, step.state)
    this.#next.set(step.state, new Map())
    return step
  }
}
