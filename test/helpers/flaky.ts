import type { Store } from '../../src/core/ports.js'

/** A store that can be told to fail, as a full disk does. */
export function flaky(store: Store): Store & { trouble: Error | null; failed: number } {
  const flaky = {
    trouble: null as Error | null,
    failed: 0,
    transact: <T>(decide: Parameters<typeof store.transact<T>>[0]) =>
      attempt(() => store.transact(decide)),
    gathered: () => store.gathered(),
    read: <T>(query: Parameters<typeof store.read<T>>[0]) => attempt(() => store.read(query)),
    foreignVersion: () => store.foreignVersion(),
    close: () => store.close(),
  }
  async function attempt<T>(part: () => Promise<T>): Promise<T> {
    if (flaky.trouble === null) return part()
    flaky.failed++
    throw flaky.trouble
  }
  return flaky
}
