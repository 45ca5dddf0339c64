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

export type Assigner = (args: AssignArgs, params: unknown) => unknown

/** What `assign` was given: a function of everything, or for each key a value or a function. */
export type Assignment = Assigner | Readonly<Record<string, unknown>>

/** Nobody is there to be sent to: xstate's own step is refused for it, in words of its own. */
export function sendTo(): never {
  throw new LeftToXState('sendTo')
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
  #grown = false
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

  /** Sets keys of the context, as `Object.assign` does with what an `assign` comes to. */
  assign(assignment: Assignment, params: unknown): void {
    const next = this.shape.copy(this.context)
    if (typeof assignment === 'function') {
      this.#putAll(next, assignment(this.assignArgs(), params))
    } else {
      for (const key of Object.keys(assignment)) {
        this.#put(next, key, this.valueOf(assignment[key], params))
      }
    }
    this.context = next
    this.moved = true
    if (!this.#grown) return
    this.shape = this.shape.family.of(Object.keys(next))
    this.#grown = false
  }

  /** What a key of an `assign` is set to. */
  valueOf(value: unknown, params: unknown): unknown {
    return typeof value === 'function' ? (value as Assigner)(this.assignArgs(), params) : value
  }

  #putAll(next: Record<string, unknown>, given: unknown): void {
    const partial: Readonly<Record<string, unknown>> = isPlain(given)
      ? given
      : Object.assign({}, given)
    if (hasSymbols(partial)) this.doubtful = true
    for (const key in partial) this.#put(next, key, partial[key])
  }

  #put(next: Record<string, unknown>, key: string, value: unknown): void {
    if (this.shape.has(key)) next[key] = admit(value, this.context[key], this)
    else if (isForbidden(key)) this.doubtful = true
    else {
      next[key] = admit(value, next[key], this)
      this.#grown = true
    }
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
    const at = this.#ended === null || this.#restarted ? -1 : placeOf(this.#ended, this.tasks)
    if (at >= 0) return this.tasks.toSpliced(at, 2)
    // A list that has grown keeps room that nobody needs.
    return this.#ownTasks === null ? this.tasks : [...this.#ownTasks]
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
function placeOf(id: string, tasks: readonly string[]): number {
  for (let at = 0; at < tasks.length; at += 2) if (tasks[at] === id) return at
  return -1
}

/** Ids that the language would put in an order of its own as keys of an object, or not at all. */
export function isTaskId(id: string): boolean {
  const first = id.charCodeAt(0)
  return (first < 48 || first > 57 || !isIndex(id)) && id !== '__proto__'
}
