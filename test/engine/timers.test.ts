import { assign, cancel, createMachine, raise } from 'xstate'
import { describe, expect, test } from 'vitest'
import { engineOn } from '../helpers/engines.js'
import { reminder } from '../helpers/machines.js'
import { ManualWall, monday } from '../helpers/manual-wall.js'
import { overEachStore, virtual } from '../helpers/places.js'

const minute = 60_000
const hour = 60 * minute

overEachStore((newPlace) => {
  describe('a timer', () => {
    test('of an after fires at its time, and not before', async () => {
      const wall = new ManualWall()
      const engine = engineOn(newPlace().open(), [reminder], { wall })
      const { id } = await engine.start(reminder, { input: {} })
      wall.jump(minute - 1)
      await engine.settle()
      expect(await engine.get(id)).toMatchObject({ value: 'waiting' })
      wall.jump(1)
      await engine.settle()
      expect(await engine.get(id)).toMatchObject({ value: 'reminding', updatedAt: monday + minute })
    })

    test('survives the process at its original due time', async () => {
      const place = newPlace()
      const wall = new ManualWall()
      const before = engineOn(place.open(), [reminder], { wall })
      const { id } = await before.start(reminder, { input: {} })
      wall.jump(40_000)
      await before.abandon()
      const after = engineOn(place.open(), [reminder], { wall })
      wall.jump(19_999)
      await after.settle()
      expect(await after.get(id)).toMatchObject({ value: 'waiting' })
      wall.jump(1)
      await after.settle()
      expect(await after.get(id)).toMatchObject({ value: 'reminding', updatedAt: monday + minute })
    })

    test('of a delayed raise survives too, with its own event', async () => {
      const place = newPlace()
      const wall = new ManualWall()
      const before = engineOn(place.open(), [reminder], { wall })
      const { id } = await before.start(reminder, { input: {} })
      await before.send(id, { type: 'snooze' })
      await before.close()
      wall.jump(hour)
      const after = engineOn(place.open(), [reminder], { wall })
      await after.settle()
      expect(await after.get(id)).toMatchObject({
        value: 'reminding',
        context: { reminded: 1 },
        updatedAt: monday + 10 * minute,
      })
    })

    test('that fell due while nobody was up is stamped with its due time, and so are the next', async () => {
      const place = newPlace()
      const wall = new ManualWall()
      const before = engineOn(place.open(), [reminder], { wall })
      const { id } = await before.start(reminder, { input: {} })
      await before.close()
      wall.jump(3 * hour)
      const after = engineOn(place.open(), [reminder], { wall })
      await after.settle()
      const times = (await after.history(id)).map(({ at }) => at - monday)
      expect(times).toEqual([0, minute, minute + hour, minute + 2 * hour])
    })

    test('is done before a command that comes later, in the same turn', async () => {
      const wall = new ManualWall()
      const engine = engineOn(newPlace().open(), [reminder], { wall })
      const { id } = await engine.start(reminder, { input: {} })
      wall.jump(2 * minute)
      await engine.send(id, { type: 'off' })
      const records = await engine.history(id)
      expect(records.map(({ at }) => at - monday)).toEqual([0, minute, 2 * minute])
      expect(await engine.get(id)).toMatchObject({ context: { reminded: 1 }, outcome: 'done' })
    })

    test('is forgotten when its state is left, also when the state is entered again', async () => {
      const again = createMachine({
        id: 'again',
        initial: 'a',
        context: { n: 0 },
        states: {
          a: { after: { 1_000: 'late' }, on: { redo: { target: 'a', reenter: true } } },
          late: { type: 'final' },
        },
      })
      const engine = engineOn(newPlace({ clock: virtual }).open(), [again])
      const { id } = await engine.start(again)
      await engine.advance(700)
      await engine.send(id, { type: 'redo' })
      await engine.advance(700)
      expect(await engine.get(id)).toMatchObject({ outcome: null })
      await engine.advance(300)
      expect(await engine.get(id)).toMatchObject({ outcome: 'done', endedAt: monday + 1_700 })
    })

    test('of an id that is raised again is replaced; one without an id is not', async () => {
      const count = assign({ n: ({ context }: { context: { n: number } }) => context.n + 1 })
      const twice = createMachine({
        id: 'twice',
        context: { n: 0 },
        on: {
          named: { actions: raise({ type: 'tick' }, { id: 't', delay: 1_000 }) },
          nameless: { actions: raise({ type: 'tick' }, { delay: 1_000 }) },
          forget: { actions: cancel('t') },
          tick: { actions: count },
        },
      })
      const engine = engineOn(newPlace({ clock: virtual }).open(), [twice])
      const { id } = await engine.start(twice)
      for (const type of ['named', 'named', 'nameless', 'nameless']) await engine.send(id, { type })
      await engine.advance(1_000)
      expect(await engine.get(id)).toMatchObject({ context: { n: 3 } })
      await engine.send(id, { type: 'named' })
      await engine.send(id, { type: 'forget' })
      expect(await engine.jump()).toBeNull()
    })

    test('whose event nobody has a use for is gone without a record', async () => {
      const idle = createMachine({
        id: 'idle',
        entry: raise({ type: 'nobody' }, { delay: 5 }),
      })
      const engine = engineOn(newPlace({ clock: virtual }).open(), [idle])
      const { id } = await engine.start(idle)
      await engine.advance(5)
      expect(await engine.history(id)).toHaveLength(1)
      expect(await engine.jump()).toBeNull()
    })

    test('fires in order of due time, and of its making where that is the same', async () => {
      const order = createMachine({
        id: 'order',
        context: { seen: [] as string[] },
        entry: [
          raise({ type: 'late' }, { id: 'l', delay: 20 }),
          raise({ type: 'first' }, { id: 'f', delay: 10 }),
          raise({ type: 'second' }, { id: 's', delay: 10 }),
        ],
        on: {
          '*': { actions: assign({ seen: ({ context, event }) => [...context.seen, event.type] }) },
        },
      })
      const engine = engineOn(newPlace({ clock: virtual }).open(), [order])
      const { id } = await engine.start(order)
      await engine.advance(20)
      expect(await engine.get(id)).toMatchObject({ context: { seen: ['first', 'second', 'late'] } })
    })
  })

  describe('a command', () => {
    test('does again what fell due while it was decided', async () => {
      /** An hour passes between what is due and the command. */
      class Hasty extends ManualWall {
        looks = Number.NEGATIVE_INFINITY
        override now(): number {
          if (++this.looks === 2) this.jump(3_600_000)
          return super.now()
        }
      }
      const wall = new Hasty()
      const engine = engineOn(newPlace().open(), [reminder], { wall })
      const { id } = await engine.start(reminder, { input: {} })
      wall.jump(60_000)
      wall.looks = 0
      expect(await engine.send(id, { type: 'off' })).toMatchObject({
        context: { reminded: 2 },
        seq: 4,
      })
      expect(await engine.verify()).toEqual([])
    })
  })

  describe('time only goes forward', () => {
    test('when the wall clock is set back', async () => {
      const wall = new ManualWall()
      const engine = engineOn(newPlace().open(), [reminder], { wall })
      const first = await engine.start(reminder, { input: {} })
      await engine.send(first.id, { type: 'snooze' })
      wall.jump(-hour)
      const second = await engine.start(reminder, { input: {} })
      await engine.send(first.id, { type: 'off' })
      const all = await engine.read((reader) => reader.stream(0, 100))
      expect(all.map(({ at }) => at - monday)).toEqual([0, 0, 0, 0])
      expect((await engine.clock()).now).toBe(monday)
      // The second one's minute begins where time stands, and passes when the wall has caught up.
      wall.jump(hour + minute)
      await engine.settle()
      expect(await engine.get(second.id)).toMatchObject({
        value: 'reminding',
        updatedAt: monday + minute,
      })
      expect(await engine.verify()).toEqual([])
    })

    test('for a late item of an execution that has a later record', async () => {
      const place = newPlace()
      const wall = new ManualWall()
      const engine = engineOn(place.open(), [reminder], { wall })
      const { id } = await engine.start(reminder, { input: {} })
      const ahead = new ManualWall(monday + 30_000)
      const other = engineOn(place.open(), [reminder], { wall: ahead })
      await other.send(id, { type: 'snooze' })
      await engine.send(id, { type: 'ring' })
      const times = (await engine.history(id)).map(({ at }) => at - monday)
      expect(times).toEqual([0, 30_000, 30_000])
    })
  })

  describe('a scaled clock', () => {
    test('runs on while no process is up, so many times faster', async () => {
      const clock = { mode: 'scaled', scale: 60, anchorWall: monday, anchorFile: monday } as const
      const place = newPlace({ clock })
      const wall = new ManualWall()
      const before = engineOn(place.open(), [reminder], { wall })
      const { id } = await before.start(reminder, { input: {} })
      await before.close()
      wall.jump(1_000)
      const after = engineOn(place.open(), [reminder], { wall })
      await after.settle()
      expect(await after.get(id)).toMatchObject({ value: 'reminding', updatedAt: monday + minute })
      expect((await after.clock()).now).toBe(monday + minute)
    })
  })
})
