import { fromPromise, setup } from 'xstate'
import { describe, expect, test } from 'vitest'
import type { Store } from '../../src/core/ports.js'
import type { TaskArguments } from '../../src/engine/types.js'
import { deferred, engineOn } from '../helpers/engines.js'
import { breathe } from '../helpers/manual-wall.js'
import { type NewPlace, overEachStore } from '../helpers/places.js'

const work = fromPromise<number, object>(async () => 1)

/** Three tasks one after the other. */
const line = setup({ actors: { work } }).createMachine({
  id: 'line',
  initial: 'first',
  states: {
    first: { invoke: { src: 'work', id: 'first', input: {}, onDone: 'second' } },
    second: { invoke: { src: 'work', id: 'second', input: {}, onDone: 'third' } },
    third: { invoke: { src: 'work', id: 'third', input: {}, onDone: 'done' } },
    done: { type: 'final' },
  },
})

/** A store that counts its transactions, and refuses the next one when it is told to. */
function watched(store: Store): Store & { asked: number; refuseNext: boolean } {
  return Object.assign(Object.create(store) as Store, {
    asked: 0,
    refuseNext: false,
    transact<T>(
      this: { asked: number; refuseNext: boolean },
      decide: Parameters<Store['transact']>[0],
    ) {
      this.asked++
      if (!this.refuseNext) return store.transact(decide) as Promise<T>
      this.refuseNext = false
      return Promise.reject(new Error('not now'))
    },
  }) as Store & { asked: number; refuseNext: boolean }
}

overEachStore((newPlace: NewPlace) => {
  describe('real tasks that end in one turn', () => {
    test('share a transaction, in which what follows them is claimed', async () => {
      const store = watched(newPlace().open())
      const engine = engineOn(store, [line])
      const ids = await Promise.all(Array.from({ length: 20 }, () => engine.start(line)))
      store.asked = 0
      await engine.settle()
      for (const { id } of ids)
        expect(await engine.get(id)).toMatchObject({ outcome: 'done', seq: 4 })
      // One claims the first tasks, three write the ends; a few find that nothing is due.
      expect(store.asked).toBeLessThan(10)
      expect(await engine.verify()).toEqual([])
    })

    test('are written one by one when they cannot be written together', async () => {
      const store = watched(newPlace().open())
      const ends: (() => void)[] = []
      const hold = (): Promise<number> => {
        const { promise, resolve } = deferred<number>()
        ends.push(() => resolve(1))
        return promise
      }
      const engine = engineOn(store, [line], { tasks: { work: hold } })
      const ids = await Promise.all([engine.start(line), engine.start(line)])
      const settled = engine.settle()
      while (ends.length < 2) await breathe()
      store.refuseNext = true
      for (const end of ends.splice(0)) end()
      for (let task = 0; task < 2; task++) {
        while (ends.length < 2) await breathe()
        for (const end of ends.splice(0)) end()
      }
      await settled
      for (const { id } of ids) expect(await engine.get(id)).toMatchObject({ outcome: 'done' })
    })

    test('claim no more once the engine closes: another need not wait for a lease', async () => {
      const place = newPlace()
      const { promise, resolve } = deferred<number>()
      const began: string[] = []
      const hold = ({ key }: TaskArguments): Promise<number> => {
        began.push(key)
        return promise
      }
      const engine = engineOn(place.open(), [line], { tasks: { work: hold } })
      const { id } = await engine.start(line)
      engine.run()
      while (began.length === 0) await breathe()
      resolve(1)
      await engine.close()
      const other = engineOn(place.open(), [line])
      await other.settle()
      expect(await other.get(id)).toMatchObject({ outcome: 'done' })
      expect(began).toHaveLength(1)
    })
  })
})
