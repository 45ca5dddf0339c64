import { assign, createMachine, emit } from 'xstate'
import { describe, expect, test } from 'vitest'
import { engineOn, errorOf } from '../helpers/engines.js'
import { fan, job, reminder, trip } from '../helpers/machines.js'
import { overEachStore, virtual } from '../helpers/places.js'
import { steady } from '../helpers/simulated.js'

const counter = createMachine({
  types: {} as { events: { type: 'add'; n?: unknown } | { type: 'boom' } | { type: 'note' } },
  id: 'counter',
  context: { n: 0 },
  on: {
    add: { actions: assign({ n: ({ context }) => context.n + 1 }) },
    note: { actions: emit({ type: 'noted' }) },
    boom: {
      actions: assign(() => {
        throw new Error('bang')
      }),
    },
  },
})

overEachStore((newPlace) => {
  describe('a step happens exactly once', () => {
    test('however many ask for one at the same time', async () => {
      const place = newPlace()
      const engines = [engineOn(place.open(), [counter]), engineOn(place.open(), [counter])]
      const { id } = await engines[0]!.start(counter)
      await Promise.all(
        Array.from({ length: 60 }, (_, n) => engines[n % 2]!.send(id, { type: 'add' })),
      )
      expect(await engines[0]!.get(id)).toMatchObject({ context: { n: 60 }, seq: 61 })
      expect(await engines[0]!.verify()).toEqual([])
    })

    test('and stands before or after when the process dies in the middle', async () => {
      for (const turns of [0, 1, 2, 3]) {
        const place = newPlace()
        const engine = engineOn(place.open(), [counter])
        const { id } = await engine.start(counter)
        const sent = engine.send(id, { type: 'add' }).then(
          () => 'answered',
          () => 'unanswered',
        )
        for (let turn = 0; turn < turns; turn++) await Promise.resolve()
        await engine.abandon()
        const after = engineOn(place.open(), [counter])
        const { seq, context } = (await after.get(id))!
        expect([1, 2]).toContain(seq)
        expect(context).toEqual({ n: seq - 1 })
        if ((await sent) === 'answered') expect(seq).toBe(2)
        expect(await after.verify()).toEqual([])
      }
    })

    test('and is the view that send answers with', async () => {
      const engine = engineOn(newPlace().open(), [counter])
      const { id } = await engine.start(counter)
      expect(await engine.send(id, { type: 'add' })).toMatchObject({ context: { n: 1 }, seq: 2 })
    })

    test('also when it changes no state but emits', async () => {
      const engine = engineOn(newPlace().open(), [counter])
      const { id } = await engine.start(counter)
      expect(await engine.send(id, { type: 'note' })).toMatchObject({ context: { n: 0 }, seq: 2 })
    })

    test('is handed out as a copy, as get gives it, however long its snapshot is', async () => {
      for (const length of [1, 5_000]) {
        const long = createMachine({
          types: {} as { events: { type: 'add' } },
          id: 'long',
          context: { n: 0, text: 'x'.repeat(length) },
          on: { add: { actions: assign({ n: ({ context }) => context.n + 1 }) } },
        })
        const engine = engineOn(newPlace().open(), [long])
        const { id } = await engine.start(long)
        const sent = await engine.send(id, { type: 'add' })
        expect({ ...sent }).toEqual({ ...(await engine.get(id)) })
        Object.assign(sent.context, { n: 7 })
        expect(await engine.send(id, { type: 'add' })).toMatchObject({ context: { n: 2 } })
      }
    })
  })

  describe('an event is refused', () => {
    test('by name and state when the machine has no use for it, and nothing is written', async () => {
      const engine = engineOn(newPlace().open(), [trip])
      const { id } = await engine.start(trip, { input: { slow: 1 } })
      await engine.send(id, { type: 'go' })
      expect(await errorOf(engine.send(id, { type: 'resume' }))).toMatchObject({
        code: 'EVENT_REFUSED',
        message: `${id} has no use for "resume" in {"way":{"road":"street","engine":"calm"}}`,
        details: {
          execution: id,
          event: 'resume',
          state: '{"way":{"road":"street","engine":"calm"}}',
        },
      })
      expect(await engine.history(id)).toHaveLength(2)
    })

    test.each(['xstate.done.actor.measuring', 'xstate.stop', 'xstate.init'])(
      'when it is xstate’s own: %s',
      async (type) => {
        const engine = engineOn(newPlace().open(), [job])
        const { id } = await engine.start(job, { input: { name: 'a' } })
        expect(await errorOf(engine.send(id, { type } as never))).toMatchObject({
          code: 'INVALID_INPUT',
          message: 'an event needs a type, which is not xstate.…',
        })
      },
    )

    test.each([null, {}, { type: 7 }])('when it is none: %j', async (event) => {
      const engine = engineOn(newPlace().open(), [job])
      const { id } = await engine.start(job, { input: { name: 'a' } })
      expect(await errorOf(engine.send(id, event as never))).toMatchObject({
        code: 'INVALID_INPUT',
      })
    })

    test('when JSON cannot say it', async () => {
      const engine = engineOn(newPlace().open(), [counter])
      const { id } = await engine.start(counter)
      expect(await errorOf(engine.send(id, { type: 'add', n: 1n }))).toMatchObject({
        code: 'INVALID_INPUT',
        message: expect.stringContaining('an event must be what JSON can say') as string,
      })
    })

    test('when the step throws: the caller hears of it and the execution is as before', async () => {
      const engine = engineOn(newPlace().open(), [counter])
      const { id } = await engine.start(counter)
      expect(await errorOf(engine.send(id, { type: 'boom' }))).toMatchObject({
        code: 'STEP_FAILED',
        message: 'counter@1 failed on "boom" in {}: bang',
        details: { execution: id, event: 'boom' },
      })
      expect(await engine.get(id)).toMatchObject({ stuck: null, seq: 1 })
    })

    test('when the execution has ended, or never was', async () => {
      const engine = engineOn(newPlace().open(), [reminder])
      const { id } = await engine.start(reminder, { input: {} })
      await engine.send(id, { type: 'off' })
      expect(await errorOf(engine.send(id, { type: 'off' }))).toMatchObject({
        code: 'NOT_LIVE',
        message: `${id} has ended (done)`,
        details: { execution: id, outcome: 'done' },
      })
      expect(await errorOf(engine.send('nobody', { type: 'off' }))).toMatchObject({
        code: 'NOT_FOUND',
        message: 'no execution nobody',
      })
      expect(await errorOf(engine.history('nobody'))).toMatchObject({ code: 'NOT_FOUND' })
      expect(await engine.get('nobody')).toBeUndefined()
    })
  })

  describe('cancel', () => {
    test('ends any execution with its tasks and timers', async () => {
      const engine = engineOn(newPlace({ clock: virtual }).open(), [fan], { simulate: steady })
      const { id } = await engine.start(fan, { input: { parts: ['a', 'b'] } })
      await engine.cancel(id)
      expect(await engine.get(id)).toMatchObject({ outcome: 'cancelled', status: 'out' })
      expect(await engine.jump()).toBeNull()
      expect(await engine.verify()).toEqual([])
      expect(await errorOf(engine.cancel(id))).toMatchObject({ code: 'NOT_LIVE' })
      expect(await errorOf(engine.cancel('nobody'))).toMatchObject({ code: 'NOT_FOUND' })
    })
  })

  describe('remove', () => {
    test('deletes an ended execution with its history, and no other', async () => {
      const engine = engineOn(newPlace().open(), [reminder])
      const { id } = await engine.start(reminder, { input: {} })
      expect(await errorOf(engine.remove(id))).toMatchObject({
        code: 'ALREADY_RUNNING',
        message: `${id} is running: cancel it first`,
      })
      await engine.cancel(id)
      await engine.remove(id)
      expect(await engine.get(id)).toBeUndefined()
      expect(await engine.read((reader) => reader.stream(0, 10))).toEqual([])
      expect(await errorOf(engine.remove(id))).toMatchObject({ code: 'NOT_FOUND' })
    })
  })

  describe('a list', () => {
    test('is newest first, 50 long, and narrowed by what is asked', async () => {
      const engine = engineOn(newPlace().open(), [reminder, counter])
      const ids: string[] = []
      for (let n = 0; n < 52; n++) {
        const { id } = await engine.start(reminder, { input: {}, singletonKey: `k${n % 26}-${n}` })
        ids.push(id)
      }
      const all = await engine.list()
      expect(all.map(({ id }) => id)).toEqual(ids.toReversed().slice(0, 50))
      await engine.cancel(ids[3]!)
      expect(await engine.list({ live: false })).toMatchObject([{ id: ids[3] }])
      expect(await engine.list({ machine: 'counter@1' })).toEqual([])
      expect(
        await engine.list({ statuses: ['waiting'], oldestFirst: true, limit: 1 }),
      ).toMatchObject([{ id: ids[0] }])
    })
  })
})
