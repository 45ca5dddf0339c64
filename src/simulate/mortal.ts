import type { Decide, Reader, Store } from '../core/ports.js'

/** The process died: whoever called will never hear of it. */
export class Crash extends Error {
  override readonly name = 'Crash'

  constructor() {
    super('the process died before its commit')
  }
}

export interface MortalOptions {
  /** The process dies before it would commit more often than this. */
  readonly lastCommit: number
  /** Called before each commit with the number of those before it. */
  readonly onCommit?: (before: number) => void
}

/**
 * A store as a process has it that is going to die: after so many commits the next one is not written,
 * nor anything after it. Closing it leaves the store itself open.
 */
export function mortal(store: Store, { lastCommit, onCommit }: MortalOptions): Store {
  let commits = 0
  const transact = <T>(decide: Decide<T>): Promise<T> =>
    store.transact((reader) => {
      const decision = decide(reader)
      if (decision.batch === null) return decision
      if (commits >= lastCommit) throw new Crash()
      onCommit?.(commits)
      commits++
      return decision
    })
  return {
    transact,
    gathered: () => store.gathered(),
    read: <T>(query: (reader: Reader) => T) => store.read(query),
    foreignVersion: () => store.foreignVersion(),
    close: () => Promise.resolve(),
  }
}
