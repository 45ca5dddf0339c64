import type { Effect, EventData } from '../effects.js'
import type { State } from '../stepper.js'
import { admit, type Doubt, hasSymbols, isForbidden, isPlain } from './admit.js'
import { Args, AssignArgs, type Refusing } from './args.js'
import { LeftToXState } from './left-to-xstate.js'
import type { Place } from './place.js'
import { type Context, isIndex, type Merge, type Shape } from './shapes.js'

/** One thing that a step does. */
export type Op = (run: Run) => void

/** An action made ready, but for the parameters that a config gives it. */
export type Action = (run: Run, params: unknown) => void

/** An action that xstate's own step refuses when it comes to it, in words of its own. */
export function leave(what: string): Action {
  return () => {
    throw new LeftToXState(what)
  }
}

/** Where a step begins. */
export interface Start<P extends Place = Place> {
  readonly configuration: P
  readonly context: Context
  readonly shape: Shape
  /** id, src, id, src … of the tasks that run. */
  readonly tasks: readonly string[]
}

/** One step on its way: what xstate keeps in a snapshot for each action, changed in place. */
export class Run<P extends Place = Place> implements Refusing, Doubt {
  configuration: P
  context: Context
  shape: Shape
  event: EventData
  /** The start's own until one is started or stopped. */
  tasks: readonly string[]
  status: State['status'] = 'active'
  output: unknown = undefined
  error: unknown = undefined
  readonly effects: Effect[] = []
  /** Raised events that wait for their turn in this step. */
  readonly queue: EventData[] = []
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
  #ownTasks: string[] | null = null

  constructor(start: Start<P>, event: EventData, ended: string | null) {
    this.configuration = start.configuration
    this.context = start.context
    this.shape = start.shape
    this.tasks = start.tasks
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

  ask(effect: Effect): void {
    this.asked = true
    this.effects.push(effect)
  }

  /** Takes what a machine's context begins with. */
  begin(given: unknown): void {
    const from: Readonly<Record<string, unknown>> = isPlain(given)
      ? given
      : Object.assign({}, given)
    const { family } = this.shape
    this.shape = family.of(Object.keys(from))
    const next = this.shape.copy(from)
    if (hasSymbols(from)) this.doubtful = true
    for (const key of this.shape.keys) {
      if (isForbidden(key)) this.doubtful = true
      const value = next[key]
      const admitted = admit(value, undefined, this)
      if (admitted !== value) next[key] = admitted
    }
    this.context = next
  }

  /** Sets keys of the context to what a function gave, as `Object.assign` does. */
  assign(given: unknown): void {
    const { shape, context } = this
    const next = shape.copy(context)
    const partial: Readonly<Record<string, unknown>> = isPlain(given)
      ? given
      : Object.assign({}, given)
    if (hasSymbols(partial)) this.doubtful = true
    let grown = false
    for (const key in partial) {
      if (shape.has(key)) next[key] = admit(partial[key], context[key], this)
      else if (isForbidden(key)) this.doubtful = true
      else {
        next[key] = admit(partial[key], undefined, this)
        grown = true
      }
    }
    this.context = next
    if (grown) this.shape = shape.family.of(Object.keys(next))
    this.moved = true
  }

  /** Sets keys that are known beforehand. */
  merge({ copy, shape }: Merge, values: readonly unknown[]): void {
    this.context = copy(this.context, values)
    this.shape = shape
    this.moved = true
  }

  startTask(id: string, src: string): void {
    const tasks = this.#own()
    const at = placeOf(id, tasks)
    if (at >= 0) tasks[at + 1] = src
    else if (isTaskId(id)) tasks.push(id, src)
    else throw new LeftToXState(`a task with the id "${id}"`, true)
    if (id === this.#ended) this.#restarted = true
    this.moved = true
  }

  /** @returns whether there was anything to stop */
  stopTask(id: string): boolean {
    this.moved = true
    this.asked = true
    const at = placeOf(id, this.tasks)
    if (at < 0) return false
    this.#own().splice(at, 2)
    return id !== this.#ended || this.#restarted
  }

  /** Whether the step is worth writing down; if only because it consumed the end of a task. */
  hasChanged(): boolean {
    if (this.changed || this.asked) return true
    return this.#ended !== null && placeOf(this.#ended, this.tasks) >= 0
  }

  /** The tasks that run after the step: xstate never forgets one whose end was consumed, we do. */
  survivors(): readonly string[] {
    if (this.#ended === null || this.#restarted) return this.tasks
    const at = placeOf(this.#ended, this.tasks)
    if (at >= 0) this.#own().splice(at, 2)
    return this.tasks
  }

  #own(): string[] {
    if (this.#ownTasks === null) {
      this.#ownTasks = [...this.tasks]
      this.tasks = this.#ownTasks
    }
    return this.#ownTasks
  }
}

/** Where a task stands in a list of id, src, id, src …; -1 when it does not. */
export function placeOf(id: string, tasks: readonly string[]): number {
  for (let at = 0; at < tasks.length; at += 2) if (tasks[at] === id) return at
  return -1
}

/** Ids that the language would put in an order of its own as keys of an object, or not at all. */
export function isTaskId(id: string): boolean {
  const first = id.charCodeAt(0)
  return (first < 48 || first > 57 || !isIndex(id)) && id !== '__proto__'
}
