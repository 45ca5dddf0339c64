import { assign, createMachine, emit, enqueueActions, log } from 'xstate'
import { describe, expect, test, vi } from 'vitest'
import type { CatalogWrite } from '../../src/core/ports.js'
import type { EmitHandler } from '../../src/engine/definition.js'
import type { Engine } from '../../src/engine/engine.js'
import { engineOn, errorOf } from '../helpers/engines.js'
import { breathe, monday } from '../helpers/manual-wall.js'
import { overEachStore, type Place, virtual } from '../helpers/places.js'

const bang = (): Record<string, never> => {
  throw new Error('bang')
}

/** Makes an image with a name, and may fail right after. */
const maker = createMachine({
  types: {} as {
    context: { made: number }
    events:
      | { type: 'make'; name: string }
      | { type: 'change'; name: string }
      | { type: 'drop'; name: string }
      | { type: 'fail'; name: string }
      | { type: 'later' }
    emitted: { type: string; name: string }
  },
  id: 'maker',
  context: { made: 0 },
  initial: 'on',
  states: {
    on: {
      on: {
        make: {
          actions: [
            assign({ made: ({ context }) => context.made + 1 }),
            emit(({ event }) => ({ ...event, type: 'made' })),
          ],
        },
        change: { actions: emit(({ event }) => ({ ...event, type: 'changed' })) },
        drop: { actions: emit(({ event }) => ({ ...event, type: 'dropped' })) },
        fail: { actions: [emit(({ event }) => ({ ...event, type: 'made' })), assign(bang)] },
        later: 'later',
      },
    },
    later: { after: { 1_000: { target: 'on', actions: emit({ type: 'made', name: 'timed' }) } } },
  },
})

const key = ({ name }: { readonly [field: string]: unknown }): string => String(name)
const on: Record<string, EmitHandler> = {
  made: (event, { executionId, at }) => [
    { op: 'insert', kind: 'image', key: key(event), body: { executionId, at } },
  ],
  changed: (event) => [{ op: 'patch', kind: 'image', key: key(event), body: { changed: true } }],
  dropped: (event) => [{ op: 'delete', kind: 'image', key: key(event) }],
}

overEachStore((newPlace) => {
  const open = (place: Place): Engine => engineOn(place.open(), [{ machine: maker, on }])
  const images = (engine: Engine): Promise<readonly unknown[]> =>
    engine.read((reader) =>
      reader.catalogFind({ kind: 'image' }).map(({ key, body }) => [key, body]),
    )

  describe('a domain event', () => {
    test('becomes catalog writes of the same transaction, with the step’s id and time', async () => {
      const engine = open(newPlace())
      const { id } = await engine.start(maker)
      await engine.send(id, { type: 'make', name: 'a' })
      expect(await images(engine)).toEqual([['a', { executionId: id, at: monday }]])
      await engine.send(id, { type: 'change', name: 'a' })
      expect(await images(engine)).toMatchObject([['a', { changed: true, at: monday }]])
      await engine.send(id, { type: 'drop', name: 'a' })
      expect(await images(engine)).toEqual([])
    })

    test('is rolled back with a step that fails', async () => {
      const engine = open(newPlace())
      const { id } = await engine.start(maker)
      const failed = engine.send(id, { type: 'fail', name: 'a' })
      expect(await errorOf(failed)).toMatchObject({ code: 'STEP_FAILED' })
      expect(await images(engine)).toEqual([])
    })

    test('without a handler is written nowhere', async () => {
      const engine = engineOn(newPlace().open(), [maker])
      const { id } = await engine.start(maker)
      await engine.send(id, { type: 'make', name: 'a' })
      expect(await images(engine)).toEqual([])
    })

    test.each([
      ['make', 'cannot insert image "a": it exists'],
      ['change', 'cannot patch image "b": it does not exist'],
    ] as const)('that contradicts the catalog is its step’s fault (%s)', async (type, message) => {
      const engine = open(newPlace())
      const { id } = await engine.start(maker)
      await engine.send(id, { type: 'make', name: 'a' })
      const sent = engine.send(id, { type, name: type === 'make' ? 'a' : 'b' })
      expect(await errorOf(sent)).toMatchObject({ code: 'INVALID_INPUT', message })
      expect(await engine.get(id)).toMatchObject({ seq: 2 })
    })

    test('that contradicts the catalog in the background sets its execution aside, and no other', async () => {
      const engine = open(newPlace({ clock: virtual }))
      const [one, two, three] = [
        await engine.start(maker),
        await engine.start(maker),
        await engine.start(maker),
      ]
      for (const { id } of [one, two]) await engine.send(id, { type: 'later' })
      await engine.advance('1s')
      expect(await engine.get(one.id)).toMatchObject({ value: 'on', stuck: null })
      expect(await engine.get(two.id)).toMatchObject({
        value: 'later',
        stuck: { message: 'cannot insert image "timed": it exists' },
      })
      await engine.send(three.id, { type: 'make', name: 'c' })
    })

    test('with a kind that is no word is its step’s fault', async () => {
      const bad = { made: (): CatalogWrite[] => [{ op: 'delete', kind: 'a-b', key: 'x' }] }
      const engine = engineOn(newPlace().open(), [{ machine: maker, on: bad }])
      const { id } = await engine.start(maker)
      expect(await errorOf(engine.send(id, { type: 'make', name: 'a' }))).toMatchObject({
        code: 'INVALID_INPUT',
        message: 'cannot delete a-b "x": a kind is letters, digits and _',
      })
    })
  })

  describe('custom actions and log', () => {
    const talker = (shout: () => unknown) =>
      createMachine({
        id: 'talker',
        context: {},
        on: {
          talk: { actions: [log('hello'), shout] },
          fail: { actions: [shout, assign(bang)] },
          both: {
            actions: enqueueActions(({ enqueue }) => {
              enqueue(shout)
              enqueue(shout)
            }),
          },
        },
      })

    test('run after the commit, at most once, in order', async () => {
      const seen: unknown[] = []
      const engine = engineOn(newPlace().open(), [talker(() => seen.push('shout'))], {
        log: (...line) => seen.push(...line),
      })
      engine.subscribe(() => seen.push('heard'))
      const { id } = await engine.start(talker(() => undefined))
      seen.length = 0
      await engine.send(id, { type: 'talk' })
      expect(seen).toEqual(['hello', 'shout', 'heard'])
      expect(await engine.verify()).toEqual([])
      expect(seen).toHaveLength(3)
    })

    test('do not run for a step that fails', async () => {
      const shout = vi.fn()
      const engine = engineOn(newPlace().open(), [talker(shout)])
      const { id } = await engine.start(talker(() => undefined))
      await errorOf(engine.send(id, { type: 'fail' }))
      expect(shout).not.toHaveBeenCalled()
    })

    test('that throw or reject are logged, and undo nothing', async () => {
      const logged: unknown[] = []
      const shouts = [
        () => {
          throw new Error('at once')
        },
        () => Promise.reject(new Error('later')),
      ]
      const engine = engineOn(newPlace().open(), [talker(() => shouts.shift()?.())], {
        log: (line) => logged.push((line as Error).message),
      })
      const { id } = await engine.start(talker(() => undefined))
      await engine.send(id, { type: 'both' })
      await breathe()
      expect(logged).toEqual(['at once', 'later'])
      expect(await engine.get(id)).toMatchObject({ seq: 2 })
    })
  })

  describe('a subscriber', () => {
    test('hears the id of what each commit changed, until it leaves', async () => {
      const engine = open(newPlace())
      const heard: string[] = []
      const leave = engine.subscribe((id) => heard.push(id))
      const { id } = await engine.start(maker)
      await errorOf(engine.send(id, { type: 'fail', name: 'a' }))
      await engine.send(id, { type: 'make', name: 'a' })
      leave()
      await engine.send(id, { type: 'make', name: 'b' })
      expect(heard).toEqual([id, id])
    })

    test('that throws hinders nobody', async () => {
      const logged: unknown[] = []
      const engine = engineOn(newPlace().open(), [maker], { log: (line) => logged.push(line) })
      engine.subscribe(() => {
        throw new Error('mine')
      })
      const heard = vi.fn()
      engine.subscribe(heard)
      await engine.start(maker)
      expect(heard).toHaveBeenCalledTimes(1)
      expect(logged).toMatchObject([{ message: 'mine' }])
    })
  })
})
