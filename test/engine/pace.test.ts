import { describe, expect, test } from 'vitest'
import { engineOn } from '../helpers/engines.js'
import { reminder } from '../helpers/machines.js'
import { ManualWall, monday } from '../helpers/manual-wall.js'
import { overEachStore, virtual } from '../helpers/places.js'

const minute = 60_000

overEachStore((newPlace) => {
  describe('the pace of the clock', () => {
    test('changes without a leap, and what falls due comes at its own time', async () => {
      const wall = new ManualWall()
      const engine = engineOn(newPlace({ clock: virtual }).open(), [reminder], { wall })
      engine.run()
      const { id } = await engine.start(reminder, { input: {} })
      await engine.advance('30s')
      const clock = await engine.transact((tx) => tx.setPace(60))
      expect(clock).toMatchObject({ mode: 'scaled', scale: 60, anchorFile: monday + 30_000 })
      expect((await engine.clock()).now).toBe(monday + 30_000)
      await wall.advance(499)
      expect(await engine.get(id)).toMatchObject({ value: 'waiting' })
      await wall.advance(1)
      expect(await engine.get(id)).toMatchObject({ value: 'reminding' })
      expect((await engine.history(id)).at(-1)?.at).toBe(monday + minute)
    })

    test('of nothing is a clock that can be advanced', async () => {
      const wall = new ManualWall()
      const engine = engineOn(newPlace({ clock: { mode: 'system' } }).open(), [reminder], { wall })
      await engine.start(reminder, { input: {} })
      await wall.advance(10_000)
      expect(await engine.transact((tx) => tx.setPace(0))).toEqual({
        mode: 'virtual',
        now: monday + 10_000,
      })
      await wall.advance(minute)
      expect((await engine.clock()).now).toBe(monday + 10_000)
      expect(await engine.advance('50s')).toMatchObject({ done: 1, held: null })
    })

    test('is the same for everybody who opens the store', async () => {
      const place = newPlace({ clock: virtual })
      const first = engineOn(place.open(), [reminder])
      await first.transact((tx) => tx.setPace(2))
      await first.close()
      const later = engineOn(place.open(), [reminder], { wall: new ManualWall(monday + minute) })
      expect((await later.clock()).now).toBe(monday + 2 * minute)
      expect(await later.transact((tx) => tx.clock())).toMatchObject({ mode: 'scaled', scale: 2 })
    })
  })
})
