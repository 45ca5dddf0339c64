/**
 * What was used last, by key. When there is too much of it, all that was not used for a while is
 * forgotten at once: one map takes the place of another. To delete entries one by one would leave a
 * great map full of holes, which is built anew, and its whole process waits, each time that it has as
 * many holes as places.
 *
 * The newest entry stands beside the maps, so that what comes and goes again at once never was in
 * them: a map that is built anew holds on to the one before it, and with it to what that held, until
 * the old generation is collected.
 */
export class Recent<K, V> {
  readonly #most: number
  #newest: { readonly key: K; readonly value: V } | null = null
  #young = new Map<K, V>()
  #old = new Map<K, V>()

  /** @param most so many entries are kept; half of them at least, whatever is used beside them */
  constructor(most: number) {
    this.#most = most
  }

  get(key: K): V | undefined {
    if (this.#newest?.key === key) return this.#newest.value
    const young = this.#young.get(key)
    if (young !== undefined) return young
    const old = this.#old.get(key)
    if (old !== undefined) this.#young.set(key, old)
    return old
  }

  has(key: K): boolean {
    return this.#newest?.key === key || this.#young.has(key) || this.#old.has(key)
  }

  set(key: K, value: V): void {
    if (this.#newest?.key !== key) this.#settle()
    this.#newest = { key, value }
  }

  delete(key: K): void {
    if (this.#newest?.key === key) this.#newest = null
    this.#young.delete(key)
    this.#old.delete(key)
  }

  /** Forgets what was not used for long, when there is too much. */
  age(): void {
    if (this.#young.size + (this.#newest === null ? 0 : 1) <= this.#most / 2) return
    this.#settle()
    this.#old = this.#young
    this.#young = new Map()
  }

  #settle(): void {
    if (this.#newest !== null) this.#young.set(this.#newest.key, this.#newest.value)
    this.#newest = null
  }

  clear(): void {
    this.#newest = null
    this.#young = new Map()
    this.#old = new Map()
  }
}
