import { describe, expect, test } from 'vitest'
import type { Engine } from '../../src/engine/engine.js'
import { engineOn, errorOf } from '../helpers/engines.js'
import { job, reminder } from '../helpers/machines.js'
import { ManualWall, monday } from '../helpers/manual-wall.js'
import { overEachStore, virtual } from '../helpers/places.js'
import { steady } from '../helpers/simulated.js'

const input = { name: 'abc' }

overEachStore((newPlace) => {
  const open = (): Engine =>
    engineOn(newPlace({ clock: virtual }).open(), [job, reminder], { simulate: steady })

  describe('a transaction', () => {
    test('writes all that it did, or nothing when it throws', async () => {
      const engine = open()
      const failed = engine.transact((transaction) => {
        transaction.start(job, { input, singletonKey: 'k' })
        transaction.catalogWrite({ op: 'insert', kind: 'image', key: 'a', body: {} })
        transaction.set('s', '1')
        throw new Error('no')
      })
      expect(await errorOf(failed)).toMatchObject({ message: 'no' })
      expect(await engine.list()).toEqual([])
      const found = await engine.transact((transaction) => [
        transaction.catalogGet('image', 'a'),
        transaction.setting('s'),
        transaction.live('k'),
      ])
      expect(found).toEqual([undefined, undefined, undefined])
    })

    test('sees executions with what it did to them', async () => {
      const engine = open()
      const seen = await engine.transact((transaction) => {
        const id = transaction.start(job, { input, singletonKey: 'k' })
        const before = transaction.live('k')?.value
        transaction.send(id, { type: 'stop' })
        return [before, transaction.live('k'), transaction.get(id)?.value, id]
      })
      expect(seen).toMatchObject(['working', undefined, 'stopped', expect.any(String)])
      expect(await engine.get(seen[3] as string)).toMatchObject({ value: 'stopped', seq: 2 })
      expect(await engine.verify()).toEqual([])
    })

    test('lists what was stored before, as it is now', async () => {
      const engine = open()
      const { id } = await engine.start(job, { input })
      const seen = await engine.transact((transaction) => {
        transaction.send(id, { type: 'stop' })
        return transaction.executions({ live: true, limit: 10 })
      })
      expect(seen).toMatchObject([{ id, value: 'stopped' }])
    })

    test('may start the same key again after it cancelled the one before', async () => {
      const engine = open()
      const { id } = await engine.start(job, { input, singletonKey: 'k' })
      const next = await engine.transact((transaction) => {
        transaction.cancel(id)
        return transaction.start(job, { input, singletonKey: 'k' })
      })
      expect(await engine.list({ singletonKey: 'k' })).toMatchObject([
        { id: next, outcome: null },
        { id, outcome: 'cancelled' },
      ])
      const twice = engine.transact((transaction) => {
        transaction.start(job, { input, singletonKey: 'j' })
        transaction.start(job, { input, singletonKey: 'j' })
      })
      expect(await errorOf(twice)).toMatchObject({ code: 'ALREADY_RUNNING' })
    })

    test('finds what an idempotency key started, also itself a moment ago', async () => {
      const engine = open()
      const ids = await engine.transact((transaction) => [
        transaction.idempotent('i', input),
        transaction.start(job, { input, idempotencyKey: 'i' }),
        transaction.start(job, { input, idempotencyKey: 'i' }),
        transaction.idempotent('i', input)?.id,
      ])
      expect(ids).toEqual([null, ids[1], ids[1], ids[1]])
      const mismatch = engine.transact((transaction) => transaction.idempotent('i', 'other'))
      expect(await errorOf(mismatch)).toMatchObject({ code: 'IDEMPOTENCY_MISMATCH' })
    })

    test('removes ended executions with their keys', async () => {
      const engine = open()
      const { id } = await engine.start(job, { input, idempotencyKey: 'i' })
      const seen = await engine.transact((transaction) => {
        transaction.cancel(id)
        transaction.remove(id)
        return [transaction.get(id), transaction.idempotent('i', input)]
      })
      expect(seen).toEqual([undefined, null])
      expect(await engine.get(id)).toBeUndefined()
    })

    test('goes on after a send that was refused, and keeps the rest', async () => {
      const engine = open()
      const { id } = await engine.start(reminder, { input: {} })
      await engine.transact((transaction) => {
        expect(() => transaction.send(id, { type: 'ring' })).toThrow(/no use for "ring"/)
        transaction.send(id, { type: 'snooze' })
      })
      expect(await engine.get(id)).toMatchObject({ value: 'snoozing', seq: 2 })
    })

    test('does what is due first, and sees what that wrote', async () => {
      const wall = new ManualWall()
      const on = {
        reminded: () => [{ op: 'insert', kind: 'note', key: 'x', body: {} }] as const,
      }
      const engine = engineOn(newPlace().open(), [{ machine: reminder, on }], { wall })
      const { id } = await engine.start(reminder, { input: {} })
      wall.jump(60_000)
      const seen = await engine.transact((transaction) => [
        transaction.get(id)?.value,
        transaction.executions({ statuses: ['reminding'], limit: 1 }).length,
        transaction.now - monday,
      ])
      expect(seen).toEqual(['reminding', 1, 60_000])
    })

    test('tells when the oldest work of an execution is due', async () => {
      const engine = open()
      const dues = await engine.transact((transaction) => {
        const id = transaction.start(job, { input })
        const due = transaction.nextDue(id)
        transaction.send(id, { type: 'stop' })
        return [due, transaction.nextDue(id), transaction.nextDue('nobody')]
      })
      expect(dues).toEqual([monday + 1_000, null, null])
    })

    test('keeps a catalog, settings and ids of its own', async () => {
      const engine = open()
      const ids = await engine.transact((transaction) => {
        const writes = ['a', 'b'].map((key) => {
          return { op: 'insert', kind: 'image', key, body: { n: 1 } } as const
        })
        transaction.catalogWrite(...writes)
        transaction.catalogWrite({ op: 'delete', kind: 'image', key: 'b' })
        transaction.set('s', '1')
        return [transaction.newId('image'), transaction.newId('image')]
      })
      expect(new Set(ids).size).toBe(2)
      const seen = await engine.transact((transaction) => [
        transaction.catalogFind({ kind: 'image', where: { n: 1 } }),
        transaction.setting('s'),
      ])
      expect(seen).toEqual([[{ kind: 'image', key: 'a', body: { n: 1 } }], '1'])
    })

    test('refuses a contradiction of the catalog at once', async () => {
      const engine = open()
      const write = { op: 'insert', kind: 'image', key: 'a', body: {} } as const
      const twice = engine.transact((transaction) => transaction.catalogWrite(write, write))
      expect(await errorOf(twice)).toMatchObject({
        code: 'INVALID_INPUT',
        message: 'cannot insert image "a": it exists',
        details: { kind: 'image', key: 'a' },
      })
    })
  })
})
