import type { Effect, EventData } from '../../../../src/core/effects.js'
import type { Json } from '../../../../src/core/json.js'
import type { State, Step, Stepper } from '../../../../src/core/stepper.js'

/** A machine in virtual time, with timers and nothing else around it. */
export class Host {
  readonly #stepper: Stepper
  #state: State
  #now = 0
  #timers: { readonly id: string | null; readonly due: number; readonly event: EventData }[] = []

  constructor(stepper: Stepper) {
    this.#stepper = stepper
    const first = stepper.initial(null)
    this.#state = first.state
    this.#perform(first.effects)
    this.advance(0)
  }

  /** The names of the active states that have none within. */
  get leaves(): string[] {
    return leavesOf(this.#state.value).sort()
  }

  send(type: string): void {
    this.#take({ type })
    this.advance(0)
  }

  /** Moves the clock on, doing what falls due on the way; to the end of everything when endless. */
  advance(ms: number): void {
    const until = this.#now + ms
    for (;;) {
      const [next] = this.#timers.toSorted((a, b) => a.due - b.due)
      if (next === undefined || next.due > until) break
      this.#timers = this.#timers.filter((timer) => timer !== next)
      this.#now = next.due
      this.#take(next.event)
    }
    this.#now = until
  }

  #take(event: EventData): void {
    const step: Step = this.#stepper.next(this.#stepper.load(this.#state.text), event)
    this.#state = step.state
    this.#perform(step.effects)
  }

  #perform(effects: readonly Effect[]): void {
    for (const effect of effects) {
      if (effect.kind === 'setTimer') {
        const { id, event, delay } = effect
        this.#timers.push({ id, event, due: this.#now + delay })
      }
      if (effect.kind === 'cancelTimer') {
        this.#timers = this.#timers.filter(({ id }) => id !== effect.id)
      }
      if (effect.kind === 'complete') this.#timers = []
    }
  }
}

function leavesOf(value: Json): string[] {
  if (typeof value === 'string') return [value]
  return Object.entries(value as object).flatMap(([key, inner]: [string, Json]) => {
    const leaves = leavesOf(inner)
    return leaves.length === 0 ? [key] : leaves
  })
}
