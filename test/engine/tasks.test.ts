import { describe, expect, test, vi } from 'vitest'
import type { TaskArguments } from '../../src/engine/types.js'
import type { TaskPolicy } from '../../src/core/policy.js'
import { deferred, engineOn } from '../helpers/engines.js'
import { fan, job } from '../helpers/machines.js'
import { breathe, ManualWall, monday } from '../helpers/manual-wall.js'
import { type NewPlace, overEachStore, type Place } from '../helpers/places.js'

type Measure = (task: TaskArguments<{ name: string }>) => Promise<number> | number

const input = { name: 'abc' }

/** One job with a function of the test's, ready to run. */
async function jobOn(
  place: Place,
  measure: Measure,
  policy: TaskPolicy = {},
  wall = new ManualWall(),
) {
  const machines = [{ machine: job, policies: { measure: policy } }] as const
  const engine = engineOn(place.open(), machines, { tasks: { measure }, wall, leaseMs: 30_000 })
  const { id } = await engine.start(job, { input })
  return { engine, id, wall }
}

function failing(
  times: number,
  error: unknown = new Error('no'),
): ReturnType<typeof vi.fn<Measure>> {
  let calls = 0
  return vi.fn<Measure>(() => {
    if (++calls <= times) throw error
    return 7
  })
}

overEachStore((newPlace: NewPlace) => {
  describe('a real task', () => {
    test('gives its result to the machine', async () => {
      const { engine, id } = await jobOn(newPlace(), ({ input }) => input.name.length)
      await engine.settle()
      expect(await engine.get(id)).toMatchObject({ outcome: 'done', output: { length: 3 } })
      expect(await engine.verify()).toEqual([])
    })

    test('gives its error to the machine', async () => {
      const { engine, id } = await jobOn(newPlace(), failing(1))
      await engine.settle()
      expect(await engine.get(id)).toMatchObject({ value: 'failed', context: { problem: 'no' } })
    })

    test('is the machine’s own function when the embedder names none', async () => {
      const engine = engineOn(newPlace().open(), [job])
      const { id } = await engine.start(job, { input: { name: 'abcd' } })
      await engine.settle()
      expect(await engine.get(id)).toMatchObject({ output: { length: 4 } })
    })

    test('knows its execution, its attempt, and a key that is the same for each attempt', async () => {
      const measure = failing(1)
      const policy = { attempts: 2, backoff: { first: '1s' } }
      const { engine, id, wall } = await jobOn(newPlace(), measure, policy)
      await engine.settle()
      wall.jump(1_000)
      await engine.settle()
      const given = measure.mock.calls.map(([task]) => task)
      expect(given).toMatchObject([
        { input, attempt: 1, executionId: id, key: `${id}/measuring/1` },
        { input, attempt: 2, executionId: id, key: `${id}/measuring/1` },
      ])
    })

    test('that throws what is no error, or gives what JSON cannot say, fails in words', async () => {
      for (const [bad, problem] of [
        [() => Promise.reject({ reason: 1 }), '{"reason":1}'],
        [() => Promise.resolve(1n as never), 'Do not know how to serialize a BigInt'],
      ] as const) {
        const { engine, id } = await jobOn(newPlace(), bad)
        await engine.settle()
        expect(await engine.get(id)).toMatchObject({ context: { problem } })
      }
    })
  })

  describe('a retry', () => {
    test('comes after a pause that grows, on wall time, and each failure is a record', async () => {
      const policy = { attempts: 3, backoff: { first: '2s', factor: 3 } }
      const { engine, id, wall } = await jobOn(newPlace(), failing(2), policy)
      await engine.settle()
      wall.jump(1_999)
      await engine.settle()
      expect((await engine.history(id)).length).toBe(2)
      wall.jump(1)
      await engine.settle()
      wall.jump(6_000)
      await engine.settle()
      expect(await engine.get(id)).toMatchObject({ outcome: 'done' })
      const attempts = (await engine.history(id))
        .filter(({ kind }) => kind === 'attempt')
        .map(({ at, body }) => Object.assign({ at: at - monday }, JSON.parse(body)))
      const error = { name: 'Error', message: 'no' }
      const failed = { task: 'measuring', phase: 'failed', error }
      expect(attempts).toEqual([
        { ...failed, at: 0, attempt: 1, retryAt: monday + 2_000, since: monday },
        { ...failed, at: 2_000, attempt: 2, retryAt: monday + 8_000, since: monday + 2_000 },
      ])
    })

    test('is told of by its row while it runs, and by the record of its end', async () => {
      const { promise, resolve } = deferred<number>()
      const { engine, id, wall } = await jobOn(newPlace(), () => promise)
      wall.jump(1_000)
      engine.run()
      await wall.advance(500)
      const rows = await engine.read((reader) => reader.workOf(1))
      expect(rows).toMatchObject([{ state: 'running' }])
      const body = JSON.parse(rows[0]?.body as string)
      expect(body).toMatchObject({ attempt: 1, since: monday + 1_000 })
      expect((await engine.history(id)).length).toBe(1)
      resolve(7)
      await wall.advance(500)
      const [, end] = await engine.history(id)
      expect(JSON.parse(end?.body as string)).toMatchObject({ attempt: 1, since: monday + 1_000 })
    })

    test('does not come when the policy says it cannot help', async () => {
      const error = Object.assign(new Error('gone'), { code: 'Gone' })
      const policy = { attempts: 9, retryable: ({ code }: { code?: string }) => code !== 'Gone' }
      const measure = failing(9, error)
      const { engine, id } = await jobOn(newPlace(), measure, policy)
      await engine.settle()
      expect(measure).toHaveBeenCalledTimes(1)
      expect(await engine.get(id)).toMatchObject({ value: 'failed' })
    })
  })

  describe('a time-out', () => {
    test('of an attempt aborts it, and the next one begins anew', async () => {
      const signals: AbortSignal[] = []
      const measure: Measure = ({ signal, attempt }) => {
        signals.push(signal)
        return attempt === 2 ? 7 : deferred<number>().promise
      }
      const policy = { attempts: 2, backoff: { first: 0 }, timeout: { attempt: '10s' } }
      const { engine, id, wall } = await jobOn(newPlace(), measure, policy)
      engine.run()
      await wall.advance(9_999)
      expect(signals.map(({ aborted }) => aborted)).toEqual([false])
      await wall.advance(100)
      expect(signals.map(({ aborted }) => aborted)).toEqual([true, true])
      expect(await engine.get(id)).toMatchObject({ outcome: 'done' })
    })

    test('of all attempts together is the last word', async () => {
      const measure = vi.fn<Measure>(() => deferred<number>().promise)
      const timeout = { attempt: '3s', total: '10s' }
      const policy = { attempts: 100, backoff: { first: '1s', factor: 1 }, timeout }
      const { engine, id, wall } = await jobOn(newPlace(), measure, policy)
      engine.run()
      await wall.advance(10_000)
      expect(await engine.get(id)).toMatchObject({
        value: 'failed',
        context: { problem: 'measuring: all attempts together took longer than 10000 ms' },
      })
      expect(measure).toHaveBeenCalledTimes(3)
    })

    test('drops what the function comes to afterwards, and nobody misses its failure', async () => {
      const work = deferred<number>()
      const policy = { timeout: { attempt: '1s' } }
      const { engine, id, wall } = await jobOn(newPlace(), () => work.promise, policy)
      engine.run()
      await wall.advance(1_000)
      work.reject(new Error('late'))
      await breathe()
      expect(await engine.get(id)).toMatchObject({
        context: { problem: 'measuring: the attempt took longer than 1000 ms' },
      })
    })
  })

  describe('a heartbeat', () => {
    test('keeps an attempt alive; without one it has failed', async () => {
      let beat = (): void => undefined
      const measure: Measure = ({ heartbeat }) => {
        beat = heartbeat
        return deferred<number>().promise
      }
      const { engine, id, wall } = await jobOn(newPlace(), measure, { heartbeat: '5s' })
      engine.run()
      await wall.advance(4_000)
      beat()
      await wall.advance(4_000)
      expect(await engine.get(id)).toMatchObject({ outcome: null })
      await wall.advance(1_000)
      expect(await engine.get(id)).toMatchObject({
        context: { problem: 'measuring sent no heartbeat for 5000 ms' },
      })
      await engine.close()
      const left = wall.alarms
      beat()
      expect(wall.alarms).toBe(left)
    })

    test('is of no use without a policy that asks for it, and does no harm', async () => {
      const { engine, id } = await jobOn(newPlace(), ({ heartbeat }) => {
        heartbeat()
        return 1
      })
      await engine.settle()
      expect(await engine.get(id)).toMatchObject({ outcome: 'done' })
    })
  })

  describe('a lease', () => {
    test('of a process that died runs out, and another takes the task over', async () => {
      const place = newPlace()
      const wall = new ManualWall()
      const first = vi.fn<Measure>(() => deferred<number>().promise)
      const { engine, id } = await jobOn(place, first, {}, wall)
      engine.run()
      await breathe()
      expect(first).toHaveBeenCalledTimes(1)
      await engine.abandon()
      const second = vi.fn<Measure>(() => 7)
      const other = engineOn(place.open(), [job], { tasks: { measure: second }, wall })
      wall.jump(29_999)
      await other.settle()
      expect(second).not.toHaveBeenCalled()
      wall.jump(1)
      await other.settle()
      expect(second.mock.calls[0]?.[0]).toMatchObject({ attempt: 2, key: `${id}/measuring/1` })
      expect(await other.get(id)).toMatchObject({ outcome: 'done' })
      expect(await other.verify()).toEqual([])
    })

    test('is renewed as long as the function runs', async () => {
      const place = newPlace()
      const wall = new ManualWall()
      const work = deferred<number>()
      const { engine, id } = await jobOn(place, () => work.promise, {}, wall)
      const second = vi.fn<Measure>(() => 9)
      const other = engineOn(place.open(), [job], { tasks: { measure: second }, wall })
      engine.run()
      await breathe()
      other.run()
      await wall.advance(120_000)
      expect(second).not.toHaveBeenCalled()
      work.resolve(7)
      await breathe()
      expect(await engine.get(id)).toMatchObject({ output: { length: 7 } })
    })

    test('that was lost means the result is dropped and the function aborted', async () => {
      const place = newPlace()
      const wall = new ManualWall()
      const work = deferred<number>()
      let signal: AbortSignal | null = null
      const { engine, id } = await jobOn(
        place,
        (task) => {
          signal = task.signal
          return work.promise
        },
        {},
        wall,
      )
      engine.run()
      await breathe()
      // The first process sleeps through its lease, as a laptop does.
      wall.jump(40_000)
      const other = engineOn(place.open(), [job], { tasks: { measure: () => 9 }, wall })
      await other.settle()
      expect(await other.get(id)).toMatchObject({ output: { length: 9 } })
      work.resolve(7)
      await wall.advance(0)
      expect(signal).toMatchObject({ aborted: true })
      expect(await engine.get(id)).toMatchObject({ output: { length: 9 } })
      expect(await engine.verify()).toEqual([])
    })

    test('that ran out here is not claimed here: the function still runs', async () => {
      const wall = new ManualWall()
      const work = deferred<number>()
      const measure = vi.fn<Measure>(() => work.promise)
      const { engine, id } = await jobOn(newPlace(), measure, {}, wall)
      engine.run()
      await breathe()
      wall.jump(100_000)
      await wall.advance(100)
      expect(measure).toHaveBeenCalledTimes(1)
      wall.jump(100_000)
      await engine.start(job, { input: { name: 'another' } })
      await breathe()
      expect(measure.mock.calls.map(([{ input }]) => input.name)).toEqual(['abc', 'another'])
      work.resolve(7)
      await breathe()
      expect(await engine.get(id)).toMatchObject({ output: { length: 7 } })
    })

    test('is given back when the engine closes, so that nobody waits for it', async () => {
      const place = newPlace()
      const wall = new ManualWall()
      let signal: AbortSignal | null = null
      const { engine, id } = await jobOn(
        place,
        (task) => {
          signal = task.signal
          return deferred<number>().promise
        },
        {},
        wall,
      )
      engine.run()
      await breathe()
      await engine.close()
      expect(signal).toMatchObject({ aborted: true })
      const other = engineOn(place.open(), [job], { tasks: { measure: () => 9 }, wall })
      await other.settle()
      expect(await other.get(id)).toMatchObject({ outcome: 'done', updatedAt: monday })
    })
  })

  describe('stopping a task', () => {
    test('ends it at once for the machine, aborts the function, and drops its result', async () => {
      const work = deferred<number>()
      let signal: AbortSignal | null = null
      const { engine, id } = await jobOn(newPlace(), (task) => {
        signal = task.signal
        return work.promise
      })
      engine.run()
      await breathe()
      await engine.send(id, { type: 'stop' })
      expect(signal).toMatchObject({ aborted: true })
      work.resolve(7)
      await breathe()
      expect(await engine.get(id)).toMatchObject({ value: 'stopped', context: { length: null } })
      expect(await engine.history(id)).toHaveLength(2)
    })

    test('by another process is heard of when the lease is renewed', async () => {
      const place = newPlace()
      let signal: AbortSignal | null = null
      const { engine, id, wall } = await jobOn(place, (task) => {
        signal = task.signal
        return deferred<number>().promise
      })
      engine.run()
      await breathe()
      await engineOn(place.open(), [job], { wall }).cancel(id)
      expect(signal).toMatchObject({ aborted: false })
      await wall.advance(10_000)
      expect(signal).toMatchObject({ aborted: true })
    })
  })

  describe('at most so many functions as it was told', () => {
    test('run at once in a process', async () => {
      const works = new Map<string, ReturnType<typeof deferred<number>>>()
      const measure: Measure = ({ input }) => {
        const work = deferred<number>()
        works.set(input.name, work)
        return work.promise
      }
      const options = { tasks: { measure }, maxTasks: 2 }
      const engine = engineOn(newPlace().open(), [fan], options)
      engine.run()
      const { id } = await engine.start(fan, { input: { parts: ['a', 'b', 'c'] } })
      await breathe()
      expect([...works.keys()]).toEqual(['a', 'b'])
      works.get('b')?.resolve(1)
      await breathe()
      expect([...works.keys()]).toEqual(['a', 'b', 'c'])
      works.get('a')?.resolve(1)
      works.get('c')?.resolve(1)
      await breathe()
      expect(await engine.get(id)).toMatchObject({
        output: { ended: ['part.b', 'part.a', 'part.c'] },
      })
    })
  })
})
