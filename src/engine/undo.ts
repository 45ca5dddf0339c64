type Revert<A, B, C> = (a: A, b: B, c: C) => void

/** A map, or what is like one. That it has nothing of a key is no other than that it has `undefined`. */
type Mapping<K, V> = Pick<Map<K, V>, 'get'> & {
  set(key: K, value: V): void
  delete(key: K): void
}

/** A longer list is let go of when its turn is over, with all that it holds. */
const longest = 4_096

/** How many entries of the list one thing done takes: a function and what it is called with. */
const width = 4

/**
 * What a turn has done, step by step, so that a part of it can be taken back. A flat list of
 * functions and their arguments: a closure a step would be most of a turn's garbage.
 */
export class Undo {
  #steps: unknown[] = []
  /** So much of the list counts: it is used again, and never made anew. */
  #length = 0
  #depth = 0

  /** Runs a part; when it throws, everything that it did is taken back. Parts may hold parts. */
  attempt<T>(part: () => T): T {
    const mark = this.#length
    this.#depth++
    try {
      return part()
    } catch (error) {
      this.#back(mark)
      throw error
    } finally {
      // What no part encloses is never taken back.
      if (--this.#depth === 0) this.#reset()
    }
  }

  /** Remembers how to take something back. */
  did<A, B, C>(revert: Revert<A, B, C>, a: A, b: B, c: C): void {
    if (this.#depth === 0) return
    const steps = this.#steps
    const at = this.#length
    steps[at] = revert
    steps[at + 1] = a
    steps[at + 2] = b
    steps[at + 3] = c
    this.#length = at + width
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

  /** As `set`, of a key that has nothing yet: in a great map it takes its time to find that out. */
  put<K, V>(map: Mapping<K, V>, key: K, value: V): void {
    this.did(deleted, map, key, null)
    map.set(key, value)
  }

  set<K, V>(map: Mapping<K, V>, key: K, value: V): void {
    const old = map.get(key)
    if (old === undefined) return this.put(map, key, value)
    this.did(setBack, map as Mapping<K, unknown>, key, old as unknown)
    map.set(key, value)
  }

  delete<K, V>(map: Mapping<K, V>, key: K): void {
    const old = map.get(key)
    if (old === undefined) return
    map.delete(key)
    this.did(setBack, map as Mapping<K, unknown>, key, old as unknown)
  }

  #reset(): void {
    this.#length = 0
    if (this.#steps.length > longest) this.#steps = []
  }

  #back(mark: number): void {
    const steps = this.#steps
    while (this.#length > mark) {
      this.#length -= width
      const at = this.#length
      const revert = steps[at] as Revert<unknown, unknown, unknown>
      revert(steps[at + 1], steps[at + 2], steps[at + 3])
    }
  }
}

function popped(list: unknown[]): void {
  list.pop()
}

function deleted<K>(from: { delete(key: K): void }, key: K): void {
  from.delete(key)
}

function setBack<K>(map: Mapping<K, unknown>, key: K, old: unknown): void {
  map.set(key, old)
}
