import { assign, createMachine, setup } from 'xstate'
import { describe, expect, test, vi } from 'vitest'
import type { Engine } from '../../src/engine/engine.js'
import { engineOn, errorOf } from '../helpers/engines.js'
import { job, reminder } from '../helpers/machines.js'
import { overEachStore } from '../helpers/places.js'
import { steady } from '../helpers/simulated.js'

const input = { name: 'abc' }

overEachStore((newPlace) => {
  const open = (): Engine => engineOn(newPlace().open(), [job, reminder], { simulate: steady })

  describe('a start', () => {
    test('answers with an id, and the execution stands in its first state', async () => {
      const engine = open()
      const { id, created } = await engine.start(job, { input })
      expect(created).toBe(true)
      expect(await engine.get(id)).toMatchObject({
        id,
        machine: 'job@1',
        singletonKey: null,
        status: 'working',
        outcome: null,
        stuck: null,
        value: 'working',
        context: { name: 'abc' },
        output: null,
        error: null,
        tags: ['busy'],
        endedAt: null,
        seq: 1,
      })
      expect(await engine.history(id)).toMatchObject([{ seq: 1, kind: 'step' }])
    })

    test('is listed without its snapshot being read before somebody looks into it', async () => {
      const engine = open()
      await engine.start(job, { input })
      const parse = vi.spyOn(JSON, 'parse')
      try {
        const [listed] = await engine.list()
        expect(listed).toMatchObject({ status: 'working', seq: 1 })
        const snapshots = () => parse.mock.calls.filter(([text]) => text.startsWith('{"value"'))
        expect(snapshots()).toEqual([])
        expect(listed?.context).toMatchObject(input)
        expect({ ...listed }).toMatchObject({ value: 'working', output: null, tags: ['busy'] })
        expect(snapshots().length).toBeGreaterThan(0)
      } finally {
        parse.mockRestore()
      }
    })

    test('gives an input function the new id', async () => {
      const engine = open()
      const { id } = await engine.start(job, { input: (id) => ({ name: id }) })
      expect((await engine.get(id))?.context).toMatchObject({ name: id })
    })

    test('of a machine that the engine does not have is refused with what it has', async () => {
      const other = createMachine({ id: 'other' })
      expect(await errorOf(open().start(other))).toMatchObject({
        code: 'UNKNOWN_MACHINE',
        message:
          'the engine does not have other@1; it has job@1, reminder@1: ' +
          'name it in createEngine({ machines })',
        details: { machine: 'other@1' },
      })
    })

    test('with an input that JSON cannot say is refused', async () => {
      const big = { name: 1n as unknown as string }
      expect(await errorOf(open().start(job, { input: big }))).toMatchObject({
        code: 'INVALID_INPUT',
        message: expect.stringContaining('the input must be what JSON can say') as string,
      })
    })

    test('of a machine whose first step throws writes nothing', async () => {
      const broken = setup({ delays: { odd: () => Number.NaN } }).createMachine({
        id: 'broken',
        initial: 'a',
        states: { a: { after: { odd: 'b' } }, b: {} },
      })
      const throwing = createMachine({
        id: 'throwing',
        entry: assign(() => {
          throw new Error('bang')
        }),
      })
      const engine = engineOn(newPlace().open(), [broken, { machine: throwing, status: () => 'x' }])
      expect(await errorOf(engine.start(broken))).toMatchObject({ code: 'NOT_DURABLE' })
      const { id } = await engine.start(throwing)
      // An error in the first step ends it: that is what xstate's initial snapshot says.
      expect(await engine.get(id)).toMatchObject({ outcome: 'failed', error: { message: 'bang' } })
      expect(await engine.list()).toHaveLength(1)
    })

    test('fails with the machine named when what stands beside the machine throws', async () => {
      const status = (): string => {
        throw new Error('no word')
      }
      const engine = engineOn(newPlace().open(), [{ machine: reminder, status }])
      expect(await errorOf(engine.start(reminder, { input: {} }))).toMatchObject({
        code: 'STEP_FAILED',
        message: 'reminder@1 cannot start: no word',
      })
      const odd = engineOn(newPlace().open(), [
        { machine: reminder, status: () => 7 as unknown as string },
      ])
      expect(await errorOf(odd.start(reminder, { input: {} }))).toMatchObject({
        message: 'reminder@1 cannot start: the status function of reminder@1 gave 7, no text',
      })
      expect(await engine.list()).toEqual([])
    })
  })

  describe('a singleton key', () => {
    test('has at most one live execution, and the loser is told who won', async () => {
      const engine = open()
      const [won, lost] = await Promise.allSettled([
        engine.start(job, { input, singletonKey: 'k' }),
        engine.start(job, { input, singletonKey: 'k' }),
      ])
      const id = won.status === 'fulfilled' ? won.value.id : ''
      expect(lost).toMatchObject({
        reason: {
          code: 'ALREADY_RUNNING',
          message: `${id} is running under the key "k"; it has to end first`,
          details: { execution: id, key: 'k' },
        },
      })
      expect(await engine.list()).toHaveLength(1)
    })

    test('is free again when its execution has ended', async () => {
      const engine = open()
      const first = await engine.start(job, { input, singletonKey: 'k' })
      await engine.send(first.id, { type: 'stop' })
      expect((await engine.start(job, { input, singletonKey: 'k' })).created).toBe(true)
      expect(await engine.list({ singletonKey: 'k', live: true })).toHaveLength(1)
    })

    test('is held across processes', async () => {
      const place = newPlace()
      const [one, two] = [engineOn(place.open(), [job]), engineOn(place.open(), [job])]
      const results = await Promise.allSettled(
        [one, two, one, two].map((engine) => engine.start(job, { input, singletonKey: 'k' })),
      )
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    })
  })

  describe('an idempotency key', () => {
    test('with the same request finds the execution that it made', async () => {
      const engine = open()
      const first = await engine.start(job, { input, idempotencyKey: 'i', singletonKey: 'k' })
      const again = await engine.start(job, { input: { ...input }, idempotencyKey: 'i' })
      expect(again).toEqual({ id: first.id, created: false })
      await engine.send(first.id, { type: 'stop' })
      expect(await engine.start(job, { input, idempotencyKey: 'i' })).toEqual(again)
    })

    test('with another request is refused and names the execution', async () => {
      const engine = open()
      const { id } = await engine.start(job, { input, idempotencyKey: 'i' })
      const other = engine.start(job, { input: { name: 'x' }, idempotencyKey: 'i' })
      expect(await errorOf(other)).toMatchObject({
        code: 'IDEMPOTENCY_MISMATCH',
        message: 'the idempotency key "i" came before with another request: use a new key',
        details: { execution: id, key: 'i' },
      })
    })

    test('compares the request as the caller gave it, whatever the order of its fields', async () => {
      const engine = open()
      const named = (id: string): { name: string } => ({ name: id })
      const start = { input: named, idempotencyKey: 'i' }
      const first = await engine.start(job, { ...start, request: { a: 1, b: [2] } })
      const again = await engine.start(job, { ...start, request: { b: [2], a: 1 } })
      expect(again).toEqual({ id: first.id, created: false })
      const changed = engine.start(job, { ...start, request: { b: [3], a: 1 } })
      expect(await errorOf(changed)).toMatchObject({ code: 'IDEMPOTENCY_MISMATCH' })
    })

    test('needs a request beside an input function', async () => {
      const start = open().start(job, { input: () => input, idempotencyKey: 'i' })
      expect(await errorOf(start)).toMatchObject({
        code: 'INVALID_INPUT',
        message:
          'an input function cannot be compared: give the request that idempotencyKey stands for',
      })
    })

    test('with a request that JSON cannot say is refused', async () => {
      const start = open().start(job, { input, idempotencyKey: 'i', request: 1n })
      expect(await errorOf(start)).toMatchObject({ code: 'INVALID_INPUT' })
    })

    test('without an input stands for none', async () => {
      const engine = open()
      const first = await engine.start(reminder, { idempotencyKey: 'i', input: {} })
      const again = await engine.start(reminder, { input: {}, idempotencyKey: 'i', request: {} })
      expect(again).toEqual({ id: first.id, created: false })
    })

    test('goes with its execution when that is removed', async () => {
      const engine = open()
      const { id } = await engine.start(job, { input, idempotencyKey: 'i' })
      await engine.send(id, { type: 'stop' })
      await engine.remove(id)
      expect((await engine.start(job, { input, idempotencyKey: 'i' })).created).toBe(true)
    })
  })
})
