import { describe, expect, test } from 'vitest'
import type { TaskPolicy } from '../../src/core/policy.js'
import type { Engine } from '../../src/engine/engine.js'
import type { Simulate } from '../../src/engine/simulate.js'
import { taskBody } from '../../src/engine/tasks.js'
import { deferred, engineOn } from '../helpers/engines.js'
import { fan, job } from '../helpers/machines.js'
import { breathe, ManualWall, monday } from '../helpers/manual-wall.js'
import { overEachStore, type Place, virtual } from '../helpers/places.js'

const error = { name: 'Error', message: 'no' }

/** The name is `pool/seconds`, with a `!` when the first attempt fails. */
const byName: Simulate = ({ input, attempt }) => {
  const { name } = input as { name: string }
  const duration = Number.parseFloat(name.split('/')[1] ?? '1') * 1_000
  return { duration, outcome: name.endsWith('!') && attempt === 1 ? { error } : { output: 1 } }
}

const poolOf =
  (limit: number): NonNullable<TaskPolicy['pool']> =>
  (input) => {
    const name = (input as { name: string }).name.split('/')[0] ?? ''
    return name === 'free' ? null : { name, limit }
  }

function open(place: Place, limit: number, policy: TaskPolicy = {}): Engine {
  const policies = { measure: { pool: poolOf(limit), ...policy } }
  const machines = [
    { machine: job, policies },
    { machine: fan, policies },
  ] as const
  return engineOn(place.open(), machines, { simulate: byName })
}

/** When each execution ended, in seconds. */
async function ends(engine: Engine, ids: readonly string[]): Promise<(number | null)[]> {
  const all = await Promise.all(ids.map((id) => engine.get(id)))
  return all.map((each) => (each?.endedAt == null ? null : (each.endedAt - monday) / 1_000))
}

overEachStore((newPlace) => {
  const start = async (engine: Engine, ...names: readonly string[]): Promise<string[]> => {
    const ids: string[] = []
    for (const name of names) ids.push((await engine.start(job, { input: { name } })).id)
    return ids
  }

  describe('a pool', () => {
    test('gives its slots in order of creation, and what has none waits', async () => {
      const engine = open(newPlace({ clock: virtual }), 2)
      const ids = await start(engine, 'p/5', 'p/3', 'p/4', 'p/1', 'free/1', 'q/1')
      await engine.advance('1m')
      expect(await ends(engine, ids)).toEqual([5, 3, 7, 6, 1, 1])
    })

    test('gives a slot on in the transaction that frees it, as a record of who waited', async () => {
      const engine = open(newPlace({ clock: virtual }), 1)
      const [first, second] = await start(engine, 'p/5', 'p/3')
      await engine.advance('2s')
      await engine.send(first!, { type: 'stop' })
      const records = await engine.read((reader) => reader.stream(2, 10))
      expect(records).toMatchObject([
        { kind: 'step', at: monday + 2_000 },
        { kind: 'attempt', at: monday + 2_000, seq: 2 },
      ])
      expect(JSON.parse(records[1]!.body)).toEqual({ task: 'measuring', attempt: 1, phase: 'slot' })
      await engine.advance('1m')
      expect(await ends(engine, [second!])).toEqual([5])
      expect(await engine.verify()).toEqual([])
    })

    test('shows who waits, since when, and how many hold a slot', async () => {
      const engine = open(newPlace({ clock: virtual }), 1)
      await start(engine, 'p/5', 'p/3')
      await engine.advance('1s')
      await start(engine, 'p/1')
      const [held, waiting] = await engine.read((reader) => [
        reader.slots('p'),
        reader.waiting('p', 0, 10),
      ])
      expect(held).toBe(1)
      expect(waiting.map((row) => [row.execution, taskBody(row).queuedAt])).toEqual([
        [2, monday],
        [3, monday + 1_000],
      ])
    })

    test('serves the tasks of one execution one after the other too', async () => {
      const engine = open(newPlace({ clock: virtual }), 1)
      const { id } = await engine.start(fan, { input: { parts: ['p/3', 'p/1', 'p/2'] } })
      await engine.advance('1m')
      expect(await engine.get(id)).toMatchObject({
        output: { ended: ['part.p/3', 'part.p/1', 'part.p/2'] },
        endedAt: monday + 6_000,
      })
    })

    test('puts a task whose step also frees a slot behind those that wait', async () => {
      const engine = open(newPlace({ clock: virtual }), 1)
      const { id } = await engine.start(fan, { input: { parts: ['p/3', 'p/1'] } })
      const [other] = await start(engine, 'p/10')
      await engine.send(id, { type: 'drop', part: 'p/3' })
      await engine.advance('1m')
      expect(await ends(engine, [id, other!])).toEqual([1, 11])
    })

    test('takes back the slot of a task in backoff, which queues anew at the end', async () => {
      const retry = { attempts: 2, backoff: { first: '1s' } }
      const engine = open(newPlace({ clock: virtual }), 1, retry)
      const ids = await start(engine, 'p/2!', 'p/4', 'p/1')
      await engine.advance('1m')
      // 2 s, then its pause; 4 s and 1 s meanwhile; its second attempt comes last.
      expect(await ends(engine, ids)).toEqual([9, 6, 7])
    })

    test('does not count the wait toward any time-out', async () => {
      const retry = { attempts: 2, backoff: { first: '1s' }, timeout: { total: '6s' } }
      const engine = open(newPlace({ clock: virtual }), 1, retry)
      const ids = await start(engine, 'p/2!', 'p/5', 'p/5', 'p/5')
      await engine.advance('1m')
      expect(await ends(engine, ids)).toEqual([19, 7, 12, 17])
      expect(await engine.list({ statuses: ['failed'] })).toEqual([])
    })

    test('has free slots again after a cancel, for all that fit', async () => {
      const engine = open(newPlace({ clock: virtual }), 2)
      const { id } = await engine.start(fan, { input: { parts: ['p/8', 'p/9'] } })
      const ids = await start(engine, 'p/1', 'p/2', 'p/3')
      await engine.advance('1s')
      await engine.cancel(id)
      await engine.advance('1m')
      expect(await ends(engine, ids)).toEqual([2, 3, 5])
    })

    test('of a stuck execution is not held up by what it simulated', async () => {
      const policies = { measure: { pool: poolOf(1) } }
      const status = ({ value }: { value: unknown }): string => {
        if (value === 'done') throw new Error('no word')
        return String(value)
      }
      const place = newPlace({ clock: virtual })
      const machines = [{ machine: job, policies, status }] as const
      const engine = engineOn(place.open(), machines, { simulate: byName })
      const [first, second] = await start(engine, 'p/1', 'p/2')
      await engine.advance('2s')
      expect(await engine.get(first!)).toMatchObject({ stuck: { message: 'no word' } })
      expect(await engine.read((reader) => reader.slots('p'))).toBe(1)
      expect(await engine.get(second!)).toMatchObject({ value: 'working', seq: 2 })
    })
  })

  describe('a stuck execution that queues', () => {
    test('keeps its place, lets others pass, and gets its slot when it is freed', async () => {
      let broken = true
      const policies = { measure: { pool: poolOf(1) } }
      const status = ({ context }: { context: unknown }): string => {
        const { ended } = context as { ended?: readonly string[] }
        if (broken && ended?.length === 1) throw new Error('no word')
        return 'x'
      }
      const place = newPlace({ clock: virtual })
      const machines = [
        { machine: fan, policies, status },
        { machine: job, policies },
      ] as const
      const engine = engineOn(place.open(), machines, { simulate: byName })
      const { id } = await engine.start(fan, { input: { parts: ['free/1', 'p/4', 'p/2'] } })
      const [other] = await start(engine, 'p/3')
      await engine.advance('1s')
      expect(await engine.get(id)).toMatchObject({ stuck: { message: 'no word' } })
      await engine.advance('1m')
      // Its first of the pool ended, and its second let the other pass.
      expect(await ends(engine, [id, other!])).toEqual([null, 7])
      broken = false
      await engine.retry(id)
      await engine.advance('1m')
      expect(await ends(engine, [id])).toEqual([63])
      expect(await engine.verify()).toEqual([])
    })
  })

  describe('a slot that is free for a machine which is not here', () => {
    test('waits for a process that has it, and the order is kept', async () => {
      const place = newPlace({ clock: virtual })
      const policies = { measure: { pool: poolOf(1) } }
      const both = open(place, 1)
      const [first] = await start(both, 'p/2')
      const { id: part } = await both.start(fan, { input: { parts: ['p/3', 'p/1'] } })
      const [last] = await start(both, 'p/5')
      await both.close()
      // This one knows jobs alone: the fan is called up, the last job served.
      const jobs = engineOn(place.open(), [{ machine: job, policies }], { simulate: byName })
      expect(await jobs.advance('1m')).toMatchObject({ now: monday + 2_000, held: 'machine' })
      await jobs.close()
      const again = open(place, 1)
      await again.advance('1m')
      expect(await ends(again, [first!, last!, part])).toEqual([2, 7, 11])
      expect(await again.verify()).toEqual([])
    })
  })

  describe('a pool of real tasks', () => {
    test('gives slots to functions, and the wait counts toward no time-out', async () => {
      const works: Record<string, ReturnType<typeof deferred<number>>> = {}
      const begun: string[] = []
      const policies = {
        measure: {
          pool: () => ({ name: 'p', limit: 1 }),
          attempts: 2,
          backoff: { first: '1s' },
          timeout: { total: '10s' },
        },
      }
      const wall = new ManualWall()
      const engine = engineOn(newPlace().open(), [{ machine: job, policies }], {
        wall,
        tasks: {
          measure({ input, attempt }) {
            begun.push(`${input.name} ${attempt}`)
            const work = deferred<number>()
            works[input.name] = work
            return work.promise
          },
        },
      })
      engine.run()
      const [a, b] = await start(engine, 'a', 'b')
      await wall.advance(2_000)
      expect(begun).toEqual(['a 1'])
      works['a']?.reject(new Error('no'))
      await wall.advance(1_000)
      // The first failed and queues anew, behind the second.
      expect(begun).toEqual(['a 1', 'b 1'])
      await wall.advance(8_000)
      works['b']?.resolve(1)
      await wall.advance(100)
      expect(begun).toEqual(['a 1', 'b 1', 'a 2'])
      await wall.advance(6_000)
      works['a']?.resolve(1)
      await breathe()
      expect(await engine.get(a!)).toMatchObject({ outcome: 'done', value: 'done' })
      expect(await engine.get(b!)).toMatchObject({ outcome: 'done', value: 'done' })
      expect(await engine.read((reader) => reader.slots('p'))).toBe(0)
      expect(await engine.verify()).toEqual([])
    })
  })
})
