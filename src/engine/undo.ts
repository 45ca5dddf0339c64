/** What a turn has done, step by step, so that a part of it can be taken back. */
export class Undo {
  #steps: (() => void)[] = []

  /** Runs a part; when it throws, everything that it did is taken back. Parts may hold parts. */
  attempt<T>(part: () => T): T {
    const outer = this.#steps
    this.#steps = []
    try {
      const value = part()
      for (const step of this.#steps) outer.push(step)
      return value
    } catch (error) {
      for (const step of this.#steps.reverse()) step()
      throw error
    } finally {
      this.#steps = outer
    }
  }

  /** Remembers how to take something back. */
  did(step: () => void): void {
    this.#steps.push(step)
  }

  push<T>(list: T[], item: T): void {
    list.push(item)
    this.did(() => list.pop())
  }

  add<T>(set: Set<T>, item: T): void {
    if (set.has(item)) return
    set.add(item)
    this.did(() => set.delete(item))
  }

  set<K, V>(map: Map<K, V>, key: K, value: V): void {
    const had = map.has(key)
    const old = map.get(key)
    map.set(key, value)
    this.did(() => (had ? map.set(key, old as V) : map.delete(key)))
  }
}
