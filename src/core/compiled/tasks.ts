import { LeftToXState } from './left-to-xstate.js'
import { isIndex } from './shapes.js'

/** More tasks than this in a list, and it is nobody's but its execution's. */
const mostShared = 8
/** More lists than this, and all are forgotten. */
const mostLists = 4_096

/**
 * The tasks that run, in the order in which they were started. Executions of one machine run the same
 * tasks, so a short list is one object for all of them, and knows the lists that follow upon it.
 */
export class TaskList {
  /** id, src, id, src … */
  readonly entries: readonly string[]
  readonly #family: TaskLists
  /** By the task that is started, or stopped. */
  readonly #after = new Map<string, TaskList>()
  #text: string | null = null

  constructor(entries: readonly string[], family: TaskLists) {
    this.entries = entries
    this.#family = family
  }

  /** Whether a list with one task more is shared, too. */
  get hasRoom(): boolean {
    return this.entries.length < 2 * mostShared
  }

  has(id: string): boolean {
    return placeOf(id, this.entries) >= 0
  }

  /** @throws LeftToXState for an id that the keys of an object would not keep in its place */
  with(id: string, src: string): TaskList {
    const { length } = this.entries
    const known = this.#after.get(id)
    if (known !== undefined && known.entries[length + 1] === src) return known
    const entries = [...this.entries]
    startIn(entries, id, src)
    return this.#then(id, entries)
  }

  /** Itself where the task does not run. */
  without(id: string): TaskList {
    const known = this.#after.get(id)
    if (known !== undefined && known.entries.length < this.entries.length) return known
    const at = placeOf(id, this.entries)
    return at < 0 ? this : this.#then(id, this.entries.toSpliced(at, 2))
  }

  forget(): void {
    this.#after.clear()
  }

  /** `,"children":{…}`, or nothing. */
  get text(): string {
    return (this.#text ??= textOf(this.entries))
  }

  #then(id: string, entries: readonly string[]): TaskList {
    const list = this.#family.of(entries)
    if (list.entries.length <= 2 * mostShared) this.#after.set(id, list)
    return list
  }
}

/** The lists of one machine's tasks. */
export class TaskLists {
  readonly none = new TaskList([], this)
  readonly #known = new Map<string, TaskList>()

  of(entries: readonly string[]): TaskList {
    if (entries.length === 0) return this.none
    if (entries.length > 2 * mostShared) return new TaskList(entries, this)
    const name = JSON.stringify(entries)
    const known = this.#known.get(name)
    if (known !== undefined) return known
    if (this.#known.size === mostLists) this.#forget()
    const list = new TaskList(entries, this)
    this.#known.set(name, list)
    return list
  }

  #forget(): void {
    for (const list of [this.none, ...this.#known.values()]) list.forget()
    this.#known.clear()
  }
}

/** Adds a task to a list; one that is there stays in its place. */
export function startIn(tasks: string[], id: string, src: string): void {
  const at = placeOf(id, tasks)
  if (at >= 0) tasks[at + 1] = src
  else if (isTaskId(id)) tasks.push(id, src)
  else throw new LeftToXState(`a task with the id "${id}"`, true)
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

function textOf(entries: readonly string[]): string {
  if (entries.length === 0) return ''
  const parts = entries.map((text, at) => `${at % 2 === 0 ? ',' : ':'}${JSON.stringify(text)}`)
  return `,"children":{${parts.join('').slice(1)}}`
}
