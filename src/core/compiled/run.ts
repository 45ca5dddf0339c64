import type { Effect, EventData } from '../effects.js'
import type { State } from '../stepper.js'
import { admit, copyOf, type Doubt, hasSymbols, isForbidden, isPlain } from './admit.js'
import { Args, AssignArgs, type Refusing } from './args.js'
import { LeftToXState } from './left-to-xstate.js'
import type { Place } from './place.js'
import type { Context, Merge, Shape } from './shapes.js'
import { placeOf, startIn, type TaskList, type TaskLists } from './tasks.js'

/** One thing that a step does. */
export type Op = (run: Run) => void

/** An action made ready, but for the parameters that a config gives it. */
export type Action = (run: Run, params: unknown) => void

export type Assigner = (args: AssignArgs, params: unknown) => unknown

/** What `assign` was given: a function of everything, or for each key a value or a function. */
export type Assignment = Assigner | Readonly<Record<string, unknown>>

const nothing: Context = {}

/** Nobody is there to be sent to: xstate's own step is refused for it, in words of its own. */
export function sendTo(): never {
  throw new LeftToXState('sendTo')
}

/** Where a step begins. */
export interface Start<P extends Place = Place> {
  readonly configuration: P
  readonly context: Context
  readonly shape: Shape
  readonly tasks: TaskList
}

/** One step on its way: what xstate keeps in a snapshot for each action, changed in place. */
export class Run<P extends Place = Place> implements Refusing, Doubt {
  configuration: P
  context: Context
  shape: Shape
  event: EventData
  /** Those that run, unless there are many and some were started or stopped: then `#many` has them. */
  #tasks: TaskList
  #many: string[] | null = null
  status: State['status'] = 'active'
  output: unknown = undefined
  error: unknown = undefined
  readonly effects: Effect[] = []
  /** Raised events that wait for their turn in this step; null for none ever. */
  queue: EventData[] | null = null
  /** Whether xstate would have asked for an action, if only for an immediate raise. */
  asked = false
  /** Whether xstate would give another snapshot than before the microstep. */
  moved = false
  /** The same since the step began. */
  changed = false
  doubtful = false
  refused: Error | null = null
  /** The task whose end the step is about: it runs no more, unless the step starts it anew. */
  readonly #ended: string | null
  #restarted = false

  constructor(start: Start<P>, event: EventData, ended: string | null) {
    this.configuration = start.configuration
    this.context = start.context
    this.shape = start.shape
    this.#tasks = start.tasks
    this.event = event
    this.#ended = ended
  }

  args(): Args {
    return new Args(this.context, this.event, this)
  }

  assignArgs(): AssignArgs {
    return new AssignArgs(this.context, this.event, this)
  }

  refuse(what: string): never {
    return this.noting(() => {
      throw new LeftToXState(`a function of the machine uses "${what}"`, true)
    })
  }

  /** What a compiled step cannot do counts, even if the machine's own code catches it. */
  noting<T>(part: () => T): T {
    try {
      return part()
    } catch (error) {
      this.refused = error as Error
      throw error
    }
  }

  /** An event of this very step. */
  raise(event: EventData): void {
    this.asked = true
    this.enqueue(event)
  }

  enqueue(event: EventData): void {
    if (this.queue === null) this.queue = [event]
    else this.queue.push(event)
  }

  ask(effect: Effect): void {
    this.asked = true
    this.effects.push(effect)
  }

  /**
   * Takes what a machine's context begins with.
   *
   * @param input JSON, of which the context may have taken over something under the same key
   * @param shares whether that may stay the caller's; a copy of it otherwise
   * @param like what another execution began with: texts that both have are kept once
   */
  begin(given: unknown, input: unknown, shares: boolean, like: Context): void {
    const from: Readonly<Record<string, unknown>> = isPlain(given)
      ? given
      : Object.assign({}, given)
    const { family } = this.shape
    this.shape = family.of(from)
    const next = this.shape.copyAlike(from, like)
    if (hasSymbols(from) || !this.shape.isLegal) this.doubtful = true
    const known = isPlain(input) ? input : nothing
    for (const key of this.shape.keys) {
      const value = next[key]
      if (typeof value === 'string') continue
      const isInputs = typeof value === 'object' && value === known[key]
      if (!isInputs) next[key] = admit(value, undefined, this)
      else if (!shares) next[key] = copyOf(value, like[key])
    }
    this.context = next
  }

  /** Sets keys of the context, as `Object.assign` does with what an `assign` comes to. */
  assign(assignment: Assignment, params: unknown): void {
    const isFunction = typeof assignment === 'function'
    const given: unknown = isFunction ? assignment(this.assignArgs(), params) : assignment
    const partial: Context = isPlain(given) ? given : Object.assign({}, given)
    if (isFunction && hasSymbols(partial)) this.doubtful = true
    const merge = this.shape.mergeOf(partial)
    if (merge === null) return this.#put(partial, isFunction, params)
    const { context } = this
    const values: unknown[] = []
    for (const key in partial) {
      const value = isFunction ? partial[key] : this.valueOf(partial[key], params)
      values.push(typeof value === 'string' ? value : admit(value, context[key], this))
    }
    this.merge(merge, values)
  }

  /** What a key of an `assign` is set to. */
  valueOf(value: unknown, params: unknown): unknown {
    return typeof value === 'function' ? (value as Assigner)(this.assignArgs(), params) : value
  }

  /** The same for keys that nobody remembers. */
  #put(partial: Context, isFunction: boolean, params: unknown): void {
    const next = this.shape.copy(this.context)
    for (const key in partial) {
      const value = isFunction ? partial[key] : this.valueOf(partial[key], params)
      if (isForbidden(key)) this.doubtful = true
      else next[key] = admit(value, this.context[key], this)
    }
    this.context = next
    this.shape = this.shape.family.of(next)
    this.moved = true
  }

  /** Sets keys that are known beforehand. */
  merge({ copy, shape }: Merge, values: readonly unknown[]): void {
    this.context = copy(this.context, values)
    this.shape = shape
    this.moved = true
  }

  startTask(id: string, src: string): void {
    if (this.#many !== null || !this.#tasks.hasRoom) startIn(this.#own(), id, src)
    else this.#tasks = this.#tasks.with(id, src)
    if (id === this.#ended) this.#restarted = true
    this.moved = true
  }

  /** @returns whether there was anything to stop */
  stopTask(id: string): boolean {
    this.moved = true
    this.asked = true
    if (!this.#runs(id)) return false
    if (this.#many === null) this.#tasks = this.#tasks.without(id)
    else this.#many.splice(placeOf(id, this.#many), 2)
    return id !== this.#ended || this.#restarted
  }

  /** Whether the step is worth writing down; if only because it consumed the end of a task. */
  hasChanged(): boolean {
    if (this.changed || this.asked) return true
    return this.#ended !== null && this.#runs(this.#ended)
  }

  /** The tasks that run after the step: xstate never forgets one whose end was consumed, we do. */
  survivors(lists: TaskLists): TaskList {
    const tasks = this.#many === null ? this.#tasks : lists.of([...this.#many])
    return this.#ended === null || this.#restarted ? tasks : tasks.without(this.#ended)
  }

  #runs(id: string): boolean {
    return this.#many === null ? this.#tasks.has(id) : placeOf(id, this.#many) >= 0
  }

  /** A list of many tasks is copied once a step. */
  #own(): string[] {
    this.#many ??= [...this.#tasks.entries]
    return this.#many
  }
}
