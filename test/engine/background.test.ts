import { describe, expect, test, vi } from 'vitest'
import { BakelineError } from '../../src/core/errors.js'
import { buildEngine } from '../../src/engine/create.js'
import { ids } from '../../src/ids/ids.js'
import { memory } from '../../src/store/memory/memory.js'
import { deferred, engineOn, errorOf } from '../helpers/engines.js'
import { flaky } from '../helpers/flaky.js'
import { job, reminder } from '../helpers/machines.js'
import { breathe, ManualWall, monday } from '../helpers/manual-wall.js'
import { overEachStore } from '../helpers/places.js'

const input = { name: 'abc' }
const full = new BakelineError('STORE', 'the disk is full')

overEachStore((newPlace) => {
  describe('an engine that runs', () => {
    test('does what falls due without being asked', async () => {
      const wall = new ManualWall()
      const engine = engineOn(newPlace().open(), [reminder], { wall })
      engine.run()
      const { id } = await engine.start(reminder, { input: {} })
      await wall.advance(59_999)
      expect(await engine.get(id)).toMatchObject({ value: 'waiting' })
      await wall.advance(1)
      expect(await engine.get(id)).toMatchObject({ value: 'reminding' })
    })

    test('does it once, however many processes run', async () => {
      const wall = new ManualWall()
      const place = newPlace()
      const engines = [1, 2, 3].map(() => engineOn(place.open(), [reminder], { wall }))
      for (const engine of engines) engine.run()
      const { id } = await engines[0]!.start(reminder, { input: {} })
      await wall.advance(60_000)
      expect(await engines[1]!.get(id)).toMatchObject({ context: { reminded: 1 }, seq: 2 })
    })

    test('takes up what another process starts', async () => {
      const wall = new ManualWall()
      const place = newPlace()
      const measure = vi.fn(() => 4)
      const worker = engineOn(place.open(), [job], { wall, tasks: { measure } })
      worker.run()
      await breathe()
      const { id } = await engineOn(place.open(), [job], { wall }).start(job, { input })
      await wall.advance(50)
      expect(await worker.get(id)).toMatchObject({ output: { length: 4 } })
    })

    test('sleeps until something is due, at most for the time between two looks', async () => {
      const wall = new ManualWall()
      const engine = engineOn(newPlace().open(), [reminder], { wall, pollMs: 10_000 })
      engine.run()
      const { id } = await engine.start(reminder, { input: { delay: 15_000 } })
      await breathe()
      expect(wall.alarms).toBe(1)
      await wall.advance(15_000)
      expect(await engine.get(id)).toMatchObject({ updatedAt: monday + 15_000, value: 'reminding' })
      await engine.close()
      expect(wall.alarms).toBe(0)
    })
  })

  describe('an engine that sleeps', () => {
    /** Between two looks of its own accord there is a day. */
    const pollMs = 24 * 3_600_000

    test('wakes for what falls due sooner than what it waits for', async () => {
      const wall = new ManualWall()
      const engine = engineOn(newPlace().open(), [reminder], { wall, pollMs })
      engine.run()
      await engine.start(reminder, { input: { delay: 3_600_000 } })
      await breathe()
      const { id } = await engine.start(reminder, { input: { delay: 1_000 } })
      await breathe()
      await wall.advance(1_000)
      expect(await engine.get(id)).toMatchObject({ value: 'reminding' })
    })

    test('does not look again for what falls due later', async () => {
      const wall = new ManualWall()
      const store = newPlace().open()
      const looks = vi.spyOn(store, 'read')
      const engine = engineOn(store, [reminder], { wall, pollMs })
      engine.run()
      await engine.start(reminder, { input: { delay: 1_000 } })
      await breathe()
      looks.mockClear()
      const more = Array.from({ length: 20 }, () =>
        engine.start(reminder, { input: { delay: 2_000 } }),
      )
      const [last] = (await Promise.all(more)).slice(-1)
      await breathe()
      expect(looks).not.toHaveBeenCalled()
      await wall.advance(2_000)
      expect(await engine.get(last!.id)).toMatchObject({ value: 'reminding' })
    })

    test('wakes when the pace of the clock is set', async () => {
      const wall = new ManualWall()
      const engine = engineOn(newPlace().open(), [reminder], { wall, pollMs })
      engine.run()
      const { id } = await engine.start(reminder, { input: { delay: 3_600_000 } })
      await breathe()
      await engine.transact((tx) => tx.setPace(3_600))
      await breathe()
      await wall.advance(1_000)
      expect(await engine.get(id)).toMatchObject({ value: 'reminding' })
    })
  })

  describe('trouble with the store', () => {
    test('is told once, harms nothing, and the work goes on when it is over', async () => {
      const wall = new ManualWall()
      const logged: unknown[] = []
      const store = flaky(newPlace().open())
      const engine = engineOn(store, [reminder], { wall, log: (line) => logged.push(line) })
      engine.run()
      const { id } = await engine.start(reminder, { input: {} })
      store.trouble = full
      expect(await errorOf(engine.send(id, { type: 'off' }))).toBe(full)
      await wall.advance(60_000)
      expect(store.failed).toBeGreaterThan(100)
      expect(logged).toEqual([full])
      store.trouble = null
      await wall.advance(100)
      expect(await engine.get(id)).toMatchObject({ value: 'reminding', updatedAt: monday + 60_000 })
      store.trouble = full
      await wall.advance(100)
      expect(logged).toEqual([full, full])
      store.trouble = null
    })

    test('does not lose the result of a function: it is written when that can be', async () => {
      const wall = new ManualWall()
      const store = flaky(newPlace().open())
      const work = deferred<number>()
      const measure = vi.fn(() => work.promise)
      const engine = engineOn(store, [job], { wall, tasks: { measure } })
      const { id } = await engine.start(job, { input })
      engine.run()
      await breathe()
      store.trouble = full
      work.resolve(5)
      await wall.advance(10_000)
      store.trouble = null
      await wall.advance(1_000)
      expect(await engine.get(id)).toMatchObject({ output: { length: 5 } })
      expect(measure).toHaveBeenCalledTimes(1)
    })

    test('that outlives a lease means that the function runs again', async () => {
      const wall = new ManualWall()
      const store = flaky(newPlace().open())
      const measure = vi.fn(() => Promise.resolve(measure.mock.calls.length))
      const engine = engineOn(store, [job], { wall, tasks: { measure } })
      const { id } = await engine.start(job, { input })
      engine.run()
      await Promise.resolve()
      await breathe(3)
      store.trouble = full
      await wall.advance(70_000)
      store.trouble = null
      await wall.advance(40_000)
      expect(await engine.get(id)).toMatchObject({ outcome: 'done' })
    })

    test('when an engine closes keeps it from nothing but giving back its leases', async () => {
      const store = flaky(newPlace().open())
      const engine = engineOn(store, [job], {
        tasks: { measure: () => deferred<number>().promise },
      })
      await engine.start(job, { input })
      engine.run()
      await breathe()
      store.trouble = full
      await engine.close()
      store.trouble = null
      expect(await errorOf(engine.list())).toMatchObject({ code: 'CLOSED' })
    })

    test('is trouble enough: a log that throws as well changes nothing', async () => {
      const wall = new ManualWall()
      const store = flaky(newPlace().open())
      const log = (): void => {
        throw new Error('no log either')
      }
      const engine = engineOn(store, [reminder], { wall, log })
      engine.run()
      const { id } = await engine.start(reminder, { input: {} })
      store.trouble = full
      await wall.advance(60_000)
      store.trouble = null
      await wall.advance(100)
      expect(await engine.get(id)).toMatchObject({ value: 'reminding' })
    })
  })

  describe('a closed engine', () => {
    test('refuses everything, may be closed twice, and leaves no alarm behind', async () => {
      const wall = new ManualWall()
      const engine = engineOn(newPlace().open(), [reminder], { wall })
      engine.run()
      const { id } = await engine.start(reminder, { input: {} })
      await engine.close()
      await engine.close()
      expect(await errorOf(engine.start(reminder, { input: {} }))).toMatchObject({ code: 'CLOSED' })
      expect(await errorOf(engine.send(id, { type: 'off' }))).toMatchObject({ code: 'CLOSED' })
      expect(await errorOf(engine.get(id))).toMatchObject({ code: 'CLOSED' })
      expect(wall.alarms).toBe(0)
    })
  })
})

describe('a command whose way was not made free', () => {
  test('is refused, and nothing of it is written', async () => {
    const wall = new ManualWall()
    const inner = memory()
    let fails = false
    const store = {
      ...inner,
      transact: (decide: Parameters<typeof inner.transact>[0]) => {
        // What is due cannot be done, the command after it could.
        fails = wall.now() > monday && !fails
        return fails ? Promise.reject(full) : inner.transact(decide)
      },
    } as typeof inner
    const engine = engineOn(store, [reminder], { wall })
    const { id } = await engine.start(reminder, { input: {} })
    wall.jump(60_000)
    expect(await errorOf(engine.send(id, { type: 'off' }))).toBe(full)
    expect(await engine.get(id)).toMatchObject({ seq: 1, outcome: null })
  })
})

describe('a log that nobody gave', () => {
  test('is the console’s', async () => {
    const error = vi.spyOn(console, 'error').mockReturnValue()
    const engine = buildEngine(
      { store: memory(), machines: [reminder] },
      { wall: new ManualWall(), ids: ids('s'), owner: 'o' },
    )
    engine.subscribe(() => {
      throw new Error('mine')
    })
    await engine.start(reminder, { input: {} })
    expect(error).toHaveBeenCalledWith(expect.objectContaining({ message: 'mine' }))
    await engine.close()
  })
})

describe('overload', () => {
  test('is answered before anything is written, and what was taken is done', async () => {
    const engine = engineOn(memory({ queueLimit: 10 }), [reminder])
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, () => engine.start(reminder, { input: {} })),
    )
    const started = results.filter(({ status }) => status === 'fulfilled')
    const refused = results.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []))
    expect(started.length).toBeGreaterThan(0)
    expect(refused.length).toBeGreaterThan(0)
    for (const reason of refused) expect(reason).toMatchObject({ code: 'OVERLOADED' })
    expect(await engine.list()).toHaveLength(started.length)
  })
})
