import { describe, expect, expectTypeOf, test } from 'vitest'
import { deferred, engineOn, errorOf } from '../helpers/engines.js'
import { job } from '../helpers/machines.js'
import { breathe, ManualWall } from '../helpers/manual-wall.js'
import { overEachStore } from '../helpers/places.js'

const input = { name: 'abc' }

overEachStore((newPlace) => {
  const waiting = async () => {
    const place = newPlace()
    const wall = new ManualWall()
    const measure = (): Promise<number> => deferred<number>().promise
    const engine = engineOn(place.open(), [job], { wall, tasks: { measure } })
    const { id } = await engine.start(job, { input })
    return { place, wall, engine, id }
  }

  describe('waiting', () => {
    test('is over at once when the condition holds already', async () => {
      const { engine, id, wall } = await waiting()
      expect(await engine.waitFor(id, { tag: 'busy' })).toMatchObject({ id, value: 'working' })
      expect(await engine.waitFor(id, { status: 'working' })).toMatchObject({ id })
      expect(wall.alarms).toBe(0)
    })

    test.each([
      ['a tag', { tag: 'settled' }],
      ['a status', { status: 'stopped' }],
      ['the end', { ended: true }],
      ['a predicate', ({ outcome }: { outcome: unknown }) => outcome === 'done'],
    ] as const)('for %s ends with the commit that brings it', async (_what, condition) => {
      const { engine, id, wall } = await waiting()
      const waited = engine.waitFor(id, condition)
      await breathe()
      await engine.send(id, { type: 'stop' })
      expect(await waited).toMatchObject({ id, value: 'stopped', outcome: 'done' })
      expect(wall.alarms).toBe(0)
    })

    test('goes on past commits that do not bring it', async () => {
      const { engine, id } = await waiting()
      const waited = engine.waitFor(id, ({ context }) => context.name === 'third')
      for (const name of ['first', 'second', 'third'])
        await engine.send(id, { type: 'rename', name })
      expect(await waited).toMatchObject({ context: { name: 'third' } })
    })

    test('sees what another process commits', async () => {
      const { engine, id, place, wall } = await waiting()
      const other = engineOn(place.open(), [job])
      const waited = engine.waitFor(id, { ended: true })
      await breathe()
      await other.send(id, { type: 'stop' })
      await wall.advance(50)
      expect(await waited).toMatchObject({ outcome: 'done' })
    })

    test('fails when the execution ends without it', async () => {
      const { engine, id } = await waiting()
      const waited = errorOf(engine.waitFor(id, { status: 'done' }))
      await engine.cancel(id)
      expect(await waited).toMatchObject({
        code: 'NOT_LIVE',
        message: `${id} ended (cancelled) without what was waited for`,
        details: { execution: id, outcome: 'cancelled' },
      })
    })

    test('fails after its time, of the wall', async () => {
      const { engine, id, wall } = await waiting()
      const waited = errorOf(engine.waitFor(id, { ended: true }, { timeout: '2s' }))
      await wall.advance(1_999)
      await wall.advance(1)
      expect(await waited).toMatchObject({
        code: 'TIMEOUT',
        message: `${id} was still in "working" after 2000 ms`,
      })
      expect(wall.alarms).toBe(0)
    })

    test('fails for an execution that is not there', async () => {
      const { engine, wall } = await waiting()
      expect(await errorOf(engine.waitFor('nobody', { ended: true }))).toMatchObject({
        code: 'NOT_FOUND',
      })
      expect(wall.alarms).toBe(0)
    })

    test('fails with the predicate that throws', async () => {
      const { engine, id, wall } = await waiting()
      const failing = engine.waitFor(id, () => {
        throw new Error('mine')
      })
      expect(await errorOf(failing)).toMatchObject({ message: 'mine' })
      expect(wall.alarms).toBe(0)
    })

    test.each(['close', 'abandon'] as const)(
      'fails when the engine is told to %s meanwhile',
      async (how) => {
        const { engine, id, wall } = await waiting()
        const waited = errorOf(engine.waitFor(id, { ended: true }))
        await breathe()
        await engine[how]()
        await wall.advance(100)
        expect(await waited).toMatchObject({ code: 'CLOSED' })
        expect(wall.alarms).toBe(0)
      },
    )

    test('knows the machine of the id', async () => {
      const { engine, id } = await waiting()
      const execution = await engine.waitFor(id, { tag: 'busy' })
      expectTypeOf(execution.context.length).toEqualTypeOf<number | null>()
    })
  })
})
