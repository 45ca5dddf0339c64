import { afterEach, describe, expect, it } from 'vitest'
import type { Store } from '../../src/core/ports.js'
import type { StoreOptions } from '../../src/store/options.js'
import { describeReading } from './reading.js'
import { everything, execution, insertion, record, timer, write } from './rows.js'
import { describeTransacting } from './transacting.js'
import { describeWriting } from './writing.js'

/** How a store is had. */
export interface Subject {
  /** A new, empty store. */
  open(options?: StoreOptions): Store
  /** The store that was opened last, again; absent where nothing outlives a store. */
  reopen?(options?: StoreOptions): Store
}

/** What every store does, word for word the same. */
export function describeStore(name: string, subject: Subject): void {
  const stores: Store[] = []
  const kept = (store: Store): Store => {
    stores.push(store)
    return store
  }
  const open = (options?: StoreOptions): Store => kept(subject.open(options))

  describe(name, () => {
    afterEach(async () => {
      await Promise.all(stores.splice(0).map((store) => store.close()))
    })

    describeReading(open)
    describeWriting(open)
    describeTransacting(open)

    const reopen = subject.reopen
    if (!reopen) return
    describe('reopened', () => {
      it('tells what it told before, and keeps its own clock and settings', async () => {
        const store = open({ clock: { mode: 'virtual', now: 7 }, settings: { seed: 'first' } })
        await write(store, {
          insert: [execution(1, { singletonKey: 'a', snapshot: '{"note":"é😀\\u0000"}' })],
          records: [record(1, 1, 1)],
          put: [timer(1, 1, 5, { parked: true })],
          catalog: [insertion('image', 'm-1', { Name: 'x' })],
        })
        const before = await store.read(everything)
        await store.close()
        const options = { clock: { mode: 'system' }, settings: { seed: 'second' } } as const
        const again = kept(reopen(options))
        expect(await again.read(everything)).toEqual(before)
        expect(await again.read((reader) => reader.setting('seed'))).toBe('first')
        expect(await again.read((reader) => reader.catalogGet('image', 'm-1')?.body)).toEqual({
          Name: 'x',
        })
      })
    })
  })
}
