import type { AnyStateMachine } from 'xstate'
import type { Effect, EventData } from '../effects.js'
import { interpret, type StoredSnapshot } from '../interpreted.js'
import type { Json } from '../json.js'
import type { State, Step, Stepper, StepperReport } from '../stepper.js'
import { isPlain } from './admit.js'
import { finish } from './finish.js'
import { codeGeneration } from './generate.js'
import { LeftToXState } from './left-to-xstate.js'
import { makeReady } from './make-ready.js'
import { Program } from './program.js'
import { Shapes } from './shapes.js'
import { CompiledState } from './state.js'
import { isTaskId } from './tasks.js'

export interface CompileOptions {
  /** False: no code is made of text, as where a policy forbids it. Up to a few times slower. */
  readonly generateCode?: boolean
  /**
   * True: what a context takes over from its input as it stands there is not copied, so that executions
   * that begin with one and the same input share it. For a machine of which it is known that it changes
   * nothing in place; false when absent.
   */
  readonly sharesInput?: boolean
}

const none: readonly Effect[] = Object.freeze([])

/**
 * The step of a machine whose config was read once, into tables: the same states and effects as
 * xstate's own, to the byte, some tens of times as fast. What it does not know it leaves to xstate:
 * a machine with something unknown in it altogether; a step that throws, or whose context JSON may
 * not give back, for that one time.
 */
export function compile(machine: AnyStateMachine, options: CompileOptions = {}): Stepper {
  return new CompiledStepper(machine, options)
}

const once = new WeakMap<AnyStateMachine, Stepper>()

/** The stepper of a machine, which is compiled when it is first asked for, and only then. */
export function stepperOf(machine: AnyStateMachine): Stepper {
  const known = once.get(machine)
  if (known !== undefined) return known
  const stepper = compile(machine)
  once.set(machine, stepper)
  return stepper
}

class CompiledStepper implements Stepper {
  readonly #machine: AnyStateMachine
  readonly #shapes: Shapes
  /** Null when xstate takes the steps. */
  #program: Program | null = null
  #reasons: readonly string[]
  #interpreted: Stepper | null = null
  #repeated = 0

  constructor(
    machine: AnyStateMachine,
    { generateCode = true, sharesInput = false }: CompileOptions,
  ) {
    this.#machine = machine
    this.#shapes = new Shapes(generateCode ? codeGeneration() : null)
    const { code, reasons } = makeReady(machine, this.#shapes)
    this.#reasons = reasons
    if (reasons.length > 0) return
    try {
      this.#program = new Program(machine, code, this.#shapes, sharesInput)
    } catch (error) {
      this.#reasons = [`${machine.id}: its first states: ${(error as Error).message}`]
    }
  }

  report(): StepperReport {
    return {
      compiled: this.#program !== null,
      reasons: this.#reasons,
      repeated: this.#repeated,
    }
  }

  load(text: string): State {
    return this.#load(text) ?? this.#xstate().load(text)
  }

  initial(input: Json): Step {
    const program = this.#program
    if (program === null) return this.#xstate().initial(input)
    try {
      return finish(program.initial(input), program)
    } catch (error) {
      return this.#leave(error, (xstate) => xstate.initial(input))
    }
  }

  next(state: State, event: EventData): Step {
    if (state.status !== 'active') return { state, effects: none, changed: false }
    const program = this.#program
    if (program === null) return this.#xstate().next(state, event)
    const start = this.#own(state)
    if (start === null) return this.#adopted(this.#xstate().next(state, event))
    try {
      const run = program.next(start, event)
      if (!run.hasChanged()) return { state: start, effects: none, changed: false }
      return finish(run, program)
    } catch (error) {
      return this.#leave(error, (xstate) => xstate.next(start, event))
    }
  }

  #xstate(): Stepper {
    return (this.#interpreted ??= interpret(this.#machine))
  }

  /** xstate takes the step again: it is pure, so nothing has happened. */
  #leave(error: unknown, again: (xstate: Stepper) => Step): Step {
    this.#repeated += 1
    if (error instanceof LeftToXState && error.forGood) {
      this.#program = null
      this.#reasons = [`${this.#machine.id}: ${error.message}`]
    }
    return this.#adopted(again(this.#xstate()))
  }

  #adopted(step: Step): Step {
    const own = this.#own(step.state)
    return own === null ? step : { ...step, state: own }
  }

  #own(state: State): CompiledState | null {
    if (state instanceof CompiledState && state.shape.family === this.#shapes) return state
    return this.#load(state.text)
  }

  /** Null for what no compiled step leads to: a state that xstate must judge. */
  #load(text: string): CompiledState | null {
    const program = this.#program
    if (program === null) return null
    const { value, context, status, ...rest } = JSON.parse(text) as StoredSnapshot
    if (!isPlain(context) || !Object.keys(rest.children ?? {}).every(isTaskId)) return null
    try {
      const configuration = program.configurations.load(value, rest.history)
      if (status === 'active' && configuration.finished) return null
      const shape = this.#shapes.of(context)
      const tasks = program.tasks.of(Object.entries(rest.children ?? {}).flat())
      const end = status === 'active' ? null : { status, output: rest.output, error: rest.error }
      return new CompiledState({ configuration, context, shape, tasks }, end, text)
    } catch {
      return null
    }
  }
}
