import type { AnyStateMachine } from 'xstate'
import type { EventData } from '../effects.js'
import { initEvent, stopEvent } from '../history.js'
import { maxMicrostepsOf } from '../interpreted.js'
import type { Json } from '../json.js'
import type { Code, Reception, Transition } from './code.js'
import { type Configuration, Configurations, type Plan } from './configurations.js'
import { ContextArgs } from './args.js'
import { LeftToXState } from './left-to-xstate.js'
import { Plans } from './plan.js'
import { Run, type Start } from './run.js'
import { receptionOf, select, selectEventless } from './selector.js'
import type { Context, Shapes } from './shapes.js'
import { TaskLists } from './tasks.js'

/** A machine made ready: steps without their surroundings. */
export class Program {
  readonly configurations: Configurations
  readonly tasks = new TaskLists()
  readonly #machine: AnyStateMachine
  readonly #code: Code
  readonly #plans: Plans
  readonly #maxMicrosteps: number
  readonly #sharesInput: boolean
  readonly #before: Start<Configuration>
  readonly #first: Plan
  /** What the execution before began with. */
  #like: Context = {}

  /** @throws when a machine's first states cannot be told. */
  constructor(machine: AnyStateMachine, code: Code, shapes: Shapes, sharesInput: boolean) {
    this.#machine = machine
    this.#code = code
    this.#maxMicrosteps = maxMicrostepsOf(machine)
    this.#sharesInput = sharesInput
    this.configurations = new Configurations(machine)
    this.#plans = new Plans(code, this.configurations)
    const configuration = this.configurations.beforeAll()
    this.#before = { configuration, context: {}, shape: shapes.of({}), tasks: this.tasks.none }
    this.#first = this.#plans.initial(configuration, machine.root)
  }

  initial(input: Json): Run<Configuration> {
    const event: EventData = { type: initEvent, input }
    const run = new Run(this.#before, event, null)
    const { context } = this.#machine.config
    const given: unknown =
      typeof context === 'function' ? context(new ContextArgs(input, run) as never) : context
    run.begin(given, input, this.#sharesInput, this.#like)
    this.#like = run.context
    microstep(run, this.#first)
    this.#settle(run)
    return run
  }

  next(start: Start<Configuration>, event: EventData): Run<Configuration> {
    const reception = this.#receptionOf(start.configuration, event)
    const run = new Run(start, event, reception.ended)
    if (event.type === stopEvent) {
      run.status = 'stopped'
      run.changed = true
      return run
    }
    if (event.type !== initEvent) {
      const enabled = select(reception, run)
      if (enabled.length > 0) this.#take(run, enabled)
      else if (event.type.startsWith('xstate.error.actor')) {
        run.status = 'error'
        run.error = event['error']
        run.changed = true
      }
    }
    this.#settle(run)
    return run
  }

  /** Follows eventless transitions and raised events until there are none. */
  #settle(run: Run<Configuration>): void {
    let tryEventless = true
    for (let count = 1; run.status === 'active'; count += 1) {
      if (count > this.#maxMicrosteps) throw new LeftToXState('a step that goes round in a circle')
      const eventless = tryEventless ? selectEventless(run, this.#code) : []
      if (eventless.length > 0) {
        this.#take(run, eventless)
        tryEventless = run.moved
        continue
      }
      const raised = run.queue?.shift()
      if (raised === undefined) return
      run.event = raised
      const enabled = select(this.#receptionOf(run.configuration, raised), run)
      if (enabled.length > 0) this.#take(run, enabled)
      tryEventless = true
    }
  }

  #receptionOf(configuration: Configuration, { type }: EventData): Reception {
    return receptionOf(configuration, type, this.#code, this.configurations)
  }

  #take(run: Run<Configuration>, enabled: readonly Transition[]): void {
    microstep(run, this.#plans.of(run.configuration, enabled))
  }
}

function microstep(run: Run<Configuration>, { ops, next }: Plan): void {
  run.moved = false
  for (const op of ops) op(run)
  if (next !== null) {
    run.configuration = next
    run.moved = true
  }
  if (run.moved) run.changed = true
}
