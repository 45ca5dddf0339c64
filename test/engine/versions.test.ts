import { assign, type AnyStateMachine, createMachine, fromPromise, setup } from 'xstate'
import { describe, expect, test } from 'vitest'
import type { Json } from '../../src/core/json.js'
import type { MachineDefinition, Migration } from '../../src/engine/definition.js'
import { register } from '../../src/engine/definition.js'
import { engineOn, errorOf } from '../helpers/engines.js'
import { monday } from '../helpers/manual-wall.js'
import { overEachStore, virtual } from '../helpers/places.js'
import { steady } from '../helpers/simulated.js'

const work = fromPromise<number, object>(async () => 1)

/** Two versions of one machine: the second names its state in another way and counts twice. */
function version(n: '1' | '2', id = 'desk.open') {
  const by = Number(n)
  const state = n === '1' ? 'open' : 'opened'
  return setup({
    types: { context: {} as { n: number }, events: {} as { type: 'add' } | { type: 'close' } },
    actors: { work },
  }).createMachine({
    id: 'desk',
    version: n,
    context: { n: 0 },
    initial: state,
    states: {
      [state]: {
        // The name of the timers that the state has set.
        id,
        invoke: { src: 'work', id: 'w', input: {}, onDone: '#desk.closed' },
        after: { 60_000: '#desk.closed' },
        on: {
          add: { actions: assign({ n: ({ context }) => context.n + by }) },
          close: '#desk.closed',
        },
      },
      closed: { type: 'final' },
    },
  })
}

const [one, two] = [version('1'), version('2')]
const renamed: Migration = (snapshot) => ({
  ...(snapshot as { [key: string]: Json }),
  value: 'opened',
})
const withMigration = (migration: Migration): MachineDefinition => ({
  machine: two as unknown as AnyStateMachine,
  migrations: { '1': migration },
})

overEachStore((newPlace) => {
  const started = async () => {
    const place = newPlace({ clock: virtual })
    const old = engineOn(place.open(), [one], { simulate: steady })
    const { id } = await old.start(one)
    await old.send(id, { type: 'add' })
    return { place, old, id: id as string }
  }

  describe('a process without the version of an execution', () => {
    test('leaves it untouched, and says for which machine it waits', async () => {
      const { place, old, id } = await started()
      const records = await old.history(id)
      await old.close()
      const engine = engineOn(place.open(), [two])
      expect(await engine.advance('1h')).toEqual({ now: monday + 1_000, done: 0, held: 'machine' })
      expect(await engine.jump()).toEqual({ now: monday + 1_000, done: 0, held: 'machine' })
      expect(await engine.history(id)).toEqual(records)
      expect(await engine.list()).toMatchObject([
        { id, machine: 'desk@1', value: 'open', tags: [], stuck: null },
      ])
      for (const call of [engine.send(id, { type: 'close' }), engine.cancel(id)]) {
        expect(await errorOf(call)).toMatchObject({
          code: 'UNKNOWN_MACHINE',
          message: `${id} runs desk@1, which this process does not have`,
          details: { execution: id, machine: 'desk@1' },
        })
      }
      expect(await engine.verify()).toEqual([])
    })

    test('works on those that it knows meanwhile', async () => {
      const { place, old } = await started()
      await old.close()
      const other = createMachine({
        id: 'other',
        initial: 'a',
        states: { a: { after: { 500: 'b' } }, b: { type: 'final' } },
      })
      const engine = engineOn(place.open(), [other])
      const { id } = await engine.start(other)
      await engine.advance('1h')
      expect(await engine.get(id)).toMatchObject({ outcome: 'done', endedAt: monday + 500 })
    })
  })

  describe('a machine that was changed under the same version', () => {
    test('makes its executions stuck, hides no list, and may not be cancelled blindly', async () => {
      const { place, old, id } = await started()
      await old.close()
      const changed = createMachine({ id: 'desk', version: '1', initial: 'x', states: { x: {} } })
      const engine = engineOn(place.open(), [changed])
      await engine.advance('1m')
      expect(JSON.stringify(await engine.list())).toContain('"tags":[]')
      expect(await engine.get(id)).toMatchObject({
        stuck: { message: expect.stringContaining('open') as string },
      })
      expect(await errorOf(engine.cancel(id))).toMatchObject({ code: 'STEP_FAILED' })
      await engine.close()
      const again = engineOn(place.open(), [one], { simulate: steady })
      await again.retry(id)
      await again.advance(0)
      expect(await again.get(id)).toMatchObject({ outcome: 'done' })
      expect(await again.verify()).toEqual([])
    })
  })

  describe('a migration', () => {
    test('moves live executions with their timers and tasks, and the history goes on', async () => {
      const { place, old, id } = await started()
      const ended = await old.start(one)
      await old.send(ended.id, { type: 'close' })
      await old.close()
      const engine = engineOn(place.open(), [withMigration(renamed)], { simulate: steady })
      expect(await engine.migrate(two)).toEqual([id])
      expect(await engine.get(id)).toMatchObject({ machine: 'desk@2', value: 'opened', seq: 3 })
      expect(await engine.migrate(two)).toEqual([])
      await engine.send(id, { type: 'add' })
      expect(await engine.get(id)).toMatchObject({ context: { n: 3 } })
      await engine.advance('1h')
      expect(await engine.get(id)).toMatchObject({ outcome: 'done', endedAt: monday + 1_000 })
      expect(await engine.get(ended.id)).toMatchObject({ machine: 'desk@1' })
      expect(await engine.verify()).toEqual([])
    })

    test('frees an execution that was stuck', async () => {
      const { place, old, id } = await started()
      await old.close()
      const broken = version('1')
      const status = (): string => {
        throw new Error('bang')
      }
      const stuck = engineOn(place.open(), [{ machine: broken, status }])
      await stuck.advance('1m')
      expect(await stuck.get(id)).toMatchObject({ stuck: { message: 'bang' } })
      await stuck.close()
      const engine = engineOn(place.open(), [withMigration(renamed)])
      await engine.migrate(two)
      expect(await engine.get(id)).toMatchObject({ stuck: null })
      await engine.advance(0)
      expect(await engine.get(id)).toMatchObject({ outcome: 'done' })
    })

    test('drops tasks that the migrated snapshot does not name', async () => {
      const { place, old, id } = await started()
      await old.close()
      const without: Migration = (snapshot) => {
        const { children: _, ...rest } = snapshot as { [key: string]: Json }
        return renamed(rest)
      }
      const engine = engineOn(place.open(), [withMigration(without)])
      await engine.migrate(two)
      expect(await engine.verify()).toEqual([])
      await engine.advance('1h')
      expect(await engine.get(id)).toMatchObject({ outcome: 'done', endedAt: monday + 60_000 })
    })

    test('that fails for one execution moves the others', async () => {
      const { place, old, id } = await started()
      const other = await old.start(one)
      await old.close()
      const picky: Migration = (snapshot) => {
        if (JSON.stringify(snapshot).includes('"n":1')) throw new Error('not this one')
        return renamed(snapshot)
      }
      const engine = engineOn(place.open(), [withMigration(picky)])
      expect(await errorOf(engine.migrate(two))).toMatchObject({
        message: `the migration of ${id} from desk@1 to desk@2 failed: not this one`,
        details: { execution: id, machine: 'desk@1' },
      })
      expect(await engine.get(other.id)).toMatchObject({ machine: 'desk@2' })
    })

    test('by two processes at once moves each execution once', async () => {
      const { place, old, id } = await started()
      await old.close()
      const engines = [1, 2].map(() => engineOn(place.open(), [withMigration(renamed)]))
      const moved = await Promise.all(engines.map((engine) => engine.migrate(two)))
      expect(moved.flat()).toEqual([id])
      expect(await engines[0]!.verify()).toEqual([])
    })

    test('that would lose a timer says how the state keeps it', async () => {
      const { place, old } = await started()
      await old.close()
      const machine = version('2', 'desk.opened') as unknown as AnyStateMachine
      const engine = engineOn(place.open(), [{ machine, migrations: { '1': renamed } }])
      expect(await errorOf(engine.migrate(machine))).toMatchObject({
        code: 'STEP_FAILED',
        message: expect.stringContaining(
          'no state of it has the timer "xstate.after.60000.desk.open"; ' +
            'give the state its old name as id',
        ) as string,
      })
    })

    test.each<[string, Migration, string]>([
      ['throws', () => JSON.parse('{'), 'JSON'],
      ['leads to a state that is not there', (snapshot) => snapshot, 'open'],
      [
        'names a task that is not pending',
        (snapshot) => ({ ...(renamed(snapshot) as object), children: { w: 'work', x: 'work' } }),
        'no task "x" is pending',
      ],
    ])('that %s changes nothing', async (_what, migration, why) => {
      const { place, old, id } = await started()
      await old.close()
      const engine = engineOn(place.open(), [withMigration(migration)])
      expect(await errorOf(engine.migrate(two))).toMatchObject({
        code: 'STEP_FAILED',
        message: expect.stringMatching(
          new RegExp(`the migration of ${id} from desk@1 to desk@2 failed: .*${why}`),
        ) as string,
      })
      expect(await engine.get(id)).toMatchObject({ machine: 'desk@1', seq: 2 })
    })
  })
})

describe('machines are registered', () => {
  test('once by id and version, which is 1 when the machine names none', () => {
    const nameless = createMachine({ id: 'm' })
    expect([...register([nameless, one, two]).keys()]).toEqual(['m@1', 'desk@1', 'desk@2'])
    expect(() => register([nameless, createMachine({ id: 'm' })])).toThrow(
      'two machines are named m@1: give one another id or version',
    )
  })

  test('with policies for tasks that they have', () => {
    const odd = { machine: one as unknown as AnyStateMachine, policies: { wrok: {} } }
    expect(() => register([odd])).toThrow('desk@1 has no task "wrok"; it has work')
    const none = { machine: createMachine({ id: 'm' }), policies: { w: {} } }
    expect(() => register([none])).toThrow('m@1 has no task "w"; it has none')
  })

  test('only when they can be made durable', () => {
    const bad = createMachine({ id: 'm', invoke: { src: createMachine({}) } })
    expect(() => register([bad])).toThrow(expect.objectContaining({ code: 'NOT_DURABLE' }))
  })

  test('with a status that is the word for their state', () => {
    const status = register([one]).get('desk@1')!.status
    const of = (value: Json): string => status({ value } as never)
    expect(of('open')).toBe('open')
    expect(of({ create: { building: 'x' } })).toBe('create.building.x')
    expect(of({ a: 'x', b: 'y' })).toBe('{"a":"x","b":"y"}')
  })
})
