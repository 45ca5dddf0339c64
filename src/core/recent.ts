/**
 * What was used last, by key. When there is too much of it, all that was not used for a while is
 * forgotten at once: one map takes the place of another. To delete entries one by one would leave a
 * great map full of holes, which is built anew, and its whole process waits, each time that it has as
 * many holes as places.
 */
export class Recent<K, V> {
  readonly #most: number
  #young = new Map<K, V>()
  #old = new Map<K, V>()

  /** @param most so many entries are kept; half of them at least, whatever is used beside them */
  constructor(most: number) {
    this.#most = most
  }

  get(key: K): V | undefined {
    const young = this.#young.get(key)
    if (young !== undefined) return young
    const old = this.#old.get(key)
    if (old !== undefined) this.#young.set(key, old)
    return old
  }

  has(key: K): boolean {
    return this.#young.has(key) || this.#old.has(key)
  }

  set(key: K, value: V): void {
    this.#young.set(key, value)
  }

  delete(key: K): void {
    this.#young.delete(key)
    this.#old.delete(key)
  }

  /** Forgets what was not used for long, when there is too much. */
  age(): void {
    if (this.#young.size <= this.#most / 2) return
    this.#old = this.#young
    this.#young = new Map()
  }

  clear(): void {
    this.#young = new Map()
    this.#old = new Map()
  }
}
