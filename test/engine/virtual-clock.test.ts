import { describe, expect, test, vi } from 'vitest'
import type { TaskPolicy } from '../../src/core/policy.js'
import type { Engine } from '../../src/engine/engine.js'
import { deferred, engineOn, errorOf } from '../helpers/engines.js'
import { job, reminder } from '../helpers/machines.js'
import { breathe, ManualWall, monday } from '../helpers/manual-wall.js'
import { overEachStore, virtual } from '../helpers/places.js'

const minute = 60_000
const hour = 60 * minute
const input = { name: 'abc' }

overEachStore((newPlace) => {
  const open = (): Engine => engineOn(newPlace({ clock: virtual }).open(), [reminder])

  describe('a virtual clock', () => {
    test('stands still until it is advanced', async () => {
      const wall = new ManualWall()
      const engine = engineOn(newPlace({ clock: virtual }).open(), [reminder], { wall })
      const { id } = await engine.start(reminder, { input: {} })
      engine.run()
      await wall.advance(hour)
      expect(await engine.get(id)).toMatchObject({ value: 'waiting' })
      expect(await engine.clock()).toEqual({ state: virtual, now: monday })
    })

    test('does on the way what falls due, each at its own time', async () => {
      const engine = open()
      const { id } = await engine.start(reminder, { input: {} })
      expect(await engine.advance('3h')).toEqual({ now: monday + 3 * hour, done: 3, held: null })
      const times = (await engine.history(id)).map(({ at }) => at - monday)
      expect(times).toEqual([0, minute, minute + hour, minute + 2 * hour])
    })

    test('does what is due exactly then', async () => {
      const engine = open()
      const { id } = await engine.start(reminder, { input: {} })
      await engine.advanceTo(monday + minute)
      expect(await engine.get(id)).toMatchObject({ value: 'reminding' })
      expect(await engine.advanceTo(monday + minute)).toMatchObject({ done: 0, held: null })
    })

    test('jumps to the next due item, and to nothing when nothing is due', async () => {
      const engine = open()
      const { id } = await engine.start(reminder, { input: {} })
      expect(await engine.jump()).toEqual({ now: monday + minute, done: 1, held: null })
      expect(await engine.jump()).toEqual({ now: monday + minute + hour, done: 1, held: null })
      await engine.send(id, { type: 'off' })
      expect(await engine.jump()).toBeNull()
    })

    test('does one thing of what is due at an instant: the first, or the one that is named', async () => {
      const engine = open()
      const { id: a } = await engine.start(reminder, { input: {} })
      const { id: b } = await engine.start(reminder, { input: {} })
      const { id: c } = await engine.start(reminder, { input: { delay: hour } })
      const timer = 'xstate.after.first.reminder.waiting'
      const states = (): Promise<readonly unknown[]> =>
        Promise.all([a, b, c].map(async (id) => (await engine.get(id))?.value))

      expect(await engine.doNext({ execution: c, id: timer })).toBeNull()
      expect(await engine.doNext({ execution: b, id: 'no such timer' })).toBeNull()
      expect(await states()).toEqual(['waiting', 'waiting', 'waiting'])
      expect((await engine.clock()).now).toBe(monday)

      expect(await engine.doNext({ execution: b, id: timer })).toEqual({ execution: b, id: timer })
      expect(await states()).toEqual(['waiting', 'reminding', 'waiting'])
      expect((await engine.clock()).now).toBe(monday + minute)

      expect(await engine.doNext()).toEqual({ execution: a, id: timer })
      expect(await states()).toEqual(['reminding', 'reminding', 'waiting'])
      await engine.cancel(a)
      await engine.cancel(b)
      expect(await engine.doNext()).toEqual({ execution: c, id: timer })
      expect((await engine.clock()).now).toBe(monday + hour)
      await engine.cancel(c)
      expect(await engine.doNext()).toBeNull()
    })

    test('keeps its time across a restart', async () => {
      const place = newPlace({ clock: virtual })
      const before = engineOn(place.open(), [reminder])
      await before.advance('10m')
      await before.abandon()
      const after = engineOn(place.open(), [reminder], { wall: new ManualWall(0) })
      expect((await after.clock()).now).toBe(monday + 10 * minute)
      const { id } = await after.start(reminder, { input: {} })
      expect(await after.get(id)).toMatchObject({ startedAt: monday + 10 * minute })
    })

    test('only goes forward', async () => {
      const engine = open()
      await engine.advance('1h')
      expect(await errorOf(engine.advanceTo(monday))).toMatchObject({
        code: 'CLOCK',
        message: 'time only goes forward: the clock stands 1h later than that',
      })
      expect(await errorOf(engine.advance(-1))).toMatchObject({ code: 'INVALID_INPUT' })
    })

    test('is the only one that can be advanced', async () => {
      const measure = vi.fn(() => 1)
      const engine = engineOn(newPlace().open(), [job], { tasks: { measure } })
      await engine.start(job, { input })
      for (const call of [engine.advance('1s'), engine.advanceTo(monday * 2), engine.jump()]) {
        expect(await errorOf(call)).toMatchObject({
          code: 'CLOCK',
          message: 'the clock is system: it moves by itself; only a virtual clock can be advanced',
        })
      }
      expect(measure).not.toHaveBeenCalled()
    })

    test('moved by two at once ends at the later time, and nobody is refused', async () => {
      const place = newPlace({ clock: virtual })
      const [one, two] = [engineOn(place.open(), [reminder]), engineOn(place.open(), [reminder])]
      const { id } = await one.start(reminder, { input: {} })
      await Promise.all([
        one.advanceTo(monday + 10 * hour),
        two.advanceTo(monday + 5 * hour),
        two.advanceTo(monday + 10 * hour),
      ])
      expect((await two.clock()).now).toBe(monday + 10 * hour)
      expect(await one.get(id)).toMatchObject({ context: { reminded: 10 } })
      expect(await one.verify()).toEqual([])
    })

    test('works off more than one turn takes', async () => {
      const engine = open()
      await engine.start(reminder, { input: {} })
      expect(await engine.advance('100d')).toMatchObject({ done: 2_400 })
    })
  })

  describe('real tasks under a virtual clock', () => {
    const withTask = async (measure: () => Promise<number> | number, policy: TaskPolicy = {}) => {
      const place = newPlace({ clock: virtual })
      const wall = new ManualWall()
      const machines = [{ machine: job, policies: { measure: policy } }, reminder] as const
      const engine = engineOn(place.open(), machines, { tasks: { measure }, wall })
      return { place, wall, engine }
    }

    test('are run on the way, and take none of the file’s time', async () => {
      const { engine } = await withTask(() => 3)
      const { id } = await engine.start(job, { input })
      const { id: other } = await engine.start(reminder, { input: {} })
      expect(await engine.advance('1h')).toEqual({ now: monday + hour, done: 1, held: null })
      expect(await engine.get(id)).toMatchObject({ outcome: 'done', endedAt: monday })
      expect(await engine.get(other)).toMatchObject({ value: 'reminding' })
    })

    test('hold the clock while they pause between two attempts', async () => {
      let calls = 0
      const measure = vi.fn(() => {
        if (++calls === 1) throw new Error('no')
        return 1
      })
      const { engine, wall } = await withTask(measure, { attempts: 2, backoff: { first: '3s' } })
      const { id } = await engine.start(job, { input })
      const moved = engine.advance('1h')
      await wall.advance(2_900)
      expect((await engine.clock()).now).toBe(monday)
      await wall.advance(200)
      expect(await moved).toMatchObject({ now: monday + hour, held: null })
      expect(await engine.get(id)).toMatchObject({ outcome: 'done', endedAt: monday })
    })

    test('hold the clock of a process that cannot run them', async () => {
      const { place, engine } = await withTask(() => deferred<number>().promise)
      await engine.start(job, { input })
      engine.run()
      await breathe()
      const other = engineOn(place.open(), [reminder])
      await other.start(reminder, { input: {} })
      expect(await other.advance('1h')).toEqual({ now: monday, done: 0, held: 'task' })
      expect(await other.jump()).toEqual({ now: monday, done: 0, held: 'task' })
    })

    test('hold the clock as long as another process has their lease', async () => {
      const work = deferred<number>()
      const { place, engine, wall } = await withTask(() => work.promise)
      const { id } = await engine.start(job, { input })
      engine.run()
      await breathe()
      const measure = vi.fn(() => 9)
      const other = engineOn(place.open(), [job], { tasks: { measure }, wall })
      const moved = other.advance('1h')
      await wall.advance(60_000)
      expect((await other.clock()).now).toBe(monday)
      work.resolve(7)
      await wall.advance(1_000)
      expect(await moved).toMatchObject({ now: monday + hour, held: null })
      expect(measure).not.toHaveBeenCalled()
      expect(await other.get(id)).toMatchObject({ output: { length: 7 }, endedAt: monday })
    })

    test('are waited for by jump when nothing else is due', async () => {
      const { place, engine, wall } = await withTask(() => deferred<number>().promise)
      await engine.start(job, { input })
      engine.run()
      await breathe()
      const other = engineOn(place.open(), [reminder], { wall })
      expect(await other.jump()).toEqual({ now: monday, done: 0, held: 'task' })
    })
  })
})
