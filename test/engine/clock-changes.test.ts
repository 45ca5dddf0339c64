import { describe, expect, test } from 'vitest'
import type { ClockChange } from '../../src/core/ports.js'
import type { Engine } from '../../src/engine/engine.js'
import { turnLimit } from '../../src/engine/due.js'
import { engineOn } from '../helpers/engines.js'
import { reminder } from '../helpers/machines.js'
import { ManualWall, monday } from '../helpers/manual-wall.js'
import { overEachStore, virtual } from '../helpers/places.js'

const minute = 60_000
const hour = 60 * minute

const changesOf = (engine: Engine): Promise<readonly ClockChange[]> =>
  engine.read((reader) => reader.clockChanges({ limit: 100 }))

overEachStore((newPlace) => {
  const standing = (wall = new ManualWall()): Engine =>
    engineOn(newPlace({ clock: virtual }).open(), [reminder], { wall })

  describe('what was done to the clock', () => {
    test('is kept: jumps with where they led, and after which record they began', async () => {
      const engine = standing(new ManualWall(monday + 5))
      await engine.start(reminder, { input: {} })
      await engine.advance('3h')
      await engine.jump()
      const jump = { kind: 'jump', was: 'virtual', clock: 'virtual', wall: monday + 5 }
      expect(await changesOf(engine)).toEqual([
        { n: 1, ...jump, at: monday, until: monday + 3 * hour, record: 1 },
        { n: 2, ...jump, at: monday + 3 * hour, until: monday + 3 * hour + minute, record: 4 },
      ])
    })

    test('is nothing when the clock stands where it stood', async () => {
      const engine = standing()
      await engine.start(reminder, { input: {} })
      await engine.advance(0)
      expect(await engine.jump()).not.toBeNull()
      await engine.advanceTo((await engine.clock()).now)
      expect(await changesOf(engine)).toHaveLength(1)
    })

    test('is one jump, however many transactions it took', async () => {
      const engine = standing()
      const many = Array.from({ length: turnLimit + 1 }, (_, index) => ({
        input: { delay: minute * (index + 1) },
      }))
      await Promise.all(many.map((each) => engine.start(reminder, each)))
      await engine.advance(`${many.length + 1}m`)
      const until = monday + (many.length + 1) * minute
      expect(await changesOf(engine)).toMatchObject([{ at: monday, until }])
    })

    test('is a jump for each single thing that is done at a later instant', async () => {
      const engine = standing()
      await engine.start(reminder, { input: {} })
      await engine.start(reminder, { input: {} })
      await engine.doNext()
      await engine.doNext()
      expect(await changesOf(engine)).toMatchObject([{ at: monday, until: monday + minute }])
    })

    test('is another pace, unless it is the same', async () => {
      const engine = standing()
      for (const pace of [0, 60, 60, 2, 0]) await engine.transact((tx) => tx.setPace(pace))
      expect(await changesOf(engine)).toMatchObject([
        { kind: 'pace', at: monday, until: monday, was: 'virtual', clock: 'scale=60' },
        { kind: 'pace', was: 'scale=60', clock: 'scale=2' },
        { kind: 'pace', was: 'scale=2', clock: 'virtual' },
      ])
    })

    test("is that the wall's clock was set back, with the first record that it holds", async () => {
      const wall = new ManualWall(monday)
      const place = newPlace({ clock: { mode: 'system' } })
      const engine = engineOn(place.open(), [reminder], { wall })
      await engine.start(reminder, { input: {} })
      await engine.close()
      const back = new ManualWall(monday - hour)
      const later = engineOn(place.open(), [reminder], { wall: back })
      expect(await changesOf(later)).toEqual([])
      await later.start(reminder, { input: {} })
      await later.start(reminder, { input: {} })
      expect(await changesOf(later)).toEqual([
        {
          n: 1,
          kind: 'back',
          at: monday,
          until: monday - hour,
          was: 'system',
          clock: 'system',
          wall: monday - hour,
          record: 1,
        },
      ])
      await back.advance(2 * hour)
      await later.start(reminder, { input: {} })
      expect(await changesOf(later)).toHaveLength(1)
    })

    test('is told once, also where the pace changes in the same transaction', async () => {
      const place = newPlace({ clock: { mode: 'system' } })
      const engine = engineOn(place.open(), [reminder], { wall: new ManualWall(monday) })
      await engine.start(reminder, { input: {} })
      await engine.close()
      const wall = new ManualWall(monday - hour)
      const later = engineOn(place.open(), [reminder], { wall })
      await later.transact((tx) => {
        tx.start(reminder, { input: {} })
        tx.setPace(0)
      })
      expect((await changesOf(later)).map(({ n, kind }) => [n, kind])).toEqual([
        [1, 'back'],
        [2, 'pace'],
      ])
    })
  })
})
