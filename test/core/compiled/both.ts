import type { AnyStateMachine } from 'xstate'
import { expect } from 'vitest'
import { compile, type CompileOptions } from '../../../src/core/compiled/stepper.js'
import type { EventData } from '../../../src/core/effects.js'
import { interpret } from '../../../src/core/interpreted.js'
import type { Json } from '../../../src/core/json.js'
import type { State, Step, Stepper, StepperReport } from '../../../src/core/stepper.js'

export interface Both extends StepperReport {
  /** The compiled steps, the first one first; one that threw is left out. */
  readonly steps: readonly Step[]
  readonly last: Step
}

/**
 * Takes the same steps compiled and by xstate, from the same text, and expects the same of both:
 * states, effects and what is thrown, as JSON text.
 */
export function both(
  original: unknown,
  events: readonly (string | EventData)[] = [],
  { input = null, ...options }: { readonly input?: Json } & CompileOptions = {},
): Both {
  const machine = original as AnyStateMachine
  const compiled = compile(machine, options)
  const steps: Step[] = []
  const take = (step: (stepper: Stepper) => Step): void => {
    const [mine, theirs] = [see(() => step(compiled)), see(() => step(interpret(machine)))]
    expect(mine.text).toBe(theirs.text)
    if (mine.step !== undefined) steps.push(mine.step)
  }
  take((stepper) => stepper.initial(input))
  for (const each of events) {
    const event = typeof each === 'string' ? { type: each } : each
    const { state } = steps.at(-1) as { readonly state: State }
    take((stepper) => stepper.next(stepper.load(state.text), event))
    expect(see(() => compiled.next(state, event)).text).toBe(
      see(() => compiled.next(compiled.load(state.text), event)).text,
    )
  }
  return { ...compiled.report(), steps, last: steps.at(-1) as Step }
}

function see(take: () => Step): { readonly text: string; readonly step?: Step } {
  try {
    const step = take()
    const { state, effects, changed } = step
    const { text, value, context, status, output, error, tags, children } = state
    const parts = [text, value, context, status, output, error, tags, children, effects, changed]
    return { text: JSON.stringify(parts), step }
  } catch (error) {
    const { name, message } = error as Error
    return { text: `${name}: ${message}` }
  }
}
