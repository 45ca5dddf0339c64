/**
 * Lets any number through at a time, or one alone. Whoever is to be alone waits for those inside, but
 * no longer than it must; those who come meanwhile wait for it.
 */
export class Gate {
  #inside = 0
  #shut: Promise<void> | null = null
  #empty: (() => void) | null = null

  async pass<T>(work: () => Promise<T> | T): Promise<T> {
    while (this.#shut !== null) await this.#shut
    this.#inside += 1
    try {
      return await work()
    } finally {
      this.#inside -= 1
      if (this.#inside === 0) this.#empty?.()
    }
  }

  /** @param patience resolves when those inside are waited for no longer */
  async alone<T>(work: () => Promise<T>, patience: () => Promise<void>): Promise<T> {
    while (this.#shut !== null) await this.#shut
    let open: () => void = () => undefined
    this.#shut = new Promise((resolve) => {
      open = resolve
    })
    try {
      await this.#emptied(patience)
      return await work()
    } finally {
      this.#shut = null
      open()
    }
  }

  async #emptied(patience: () => Promise<void>): Promise<void> {
    if (this.#inside === 0) return
    const empty = new Promise<void>((resolve) => {
      this.#empty = resolve
    })
    await Promise.race([empty, patience()])
    this.#empty = null
  }
}
