type Revert<A, B, C> = (a: A, b: B, c: C) => void

/** How many entries of the list one thing done takes: a function and what it is called with. */
const width = 4

/**
 * What a turn has done, step by step, so that a part of it can be taken back. A flat list of
 * functions and their arguments: a closure a step would be most of a turn's garbage.
 */
export class Undo {
  readonly #steps: unknown[] = []
  #depth = 0

  /** Runs a part; when it throws, everything that it did is taken back. Parts may hold parts. */
  attempt<T>(part: () => T): T {
    const mark = this.#steps.length
    this.#depth++
    try {
      return part()
    } catch (error) {
      this.#back(mark)
      throw error
    } finally {
      // What no part encloses is never taken back.
      if (--this.#depth === 0) this.#steps.length = 0
    }
  }

  /** Remembers how to take something back. */
  did<A, B, C>(revert: Revert<A, B, C>, a: A, b: B, c: C): void {
    if (this.#depth > 0) this.#steps.push(revert, a, b, c)
  }

  push<T>(list: T[], item: T): void {
    list.push(item)
    this.did(popped, list, null, null)
  }

  add<T>(set: Set<T>, item: T): void {
    if (set.has(item)) return
    set.add(item)
    this.did(deleted, set, item, null)
  }

  set<K, V>(map: Map<K, V>, key: K, value: V): void {
    const old = map.get(key)
    if (old === undefined && !map.has(key)) this.did(deleted, map, key, null)
    else this.did(setBack, map as Map<K, unknown>, key, old as unknown)
    map.set(key, value)
  }

  #back(mark: number): void {
    const steps = this.#steps
    while (steps.length > mark) {
      const [revert, a, b, c] = steps.splice(steps.length - width, width)
      ;(revert as Revert<unknown, unknown, unknown>)(a, b, c)
    }
  }
}

function popped(list: unknown[]): void {
  list.pop()
}

function deleted<K>(from: { delete(key: K): boolean }, key: K): void {
  from.delete(key)
}

function setBack<K>(map: Map<K, unknown>, key: K, old: unknown): void {
  map.set(key, old)
}
