import { describe, expect, test } from 'vitest'
import type { Batch, ExecutionRow, Reader, RecordRow, Store } from '../../src/core/ports.js'
import { canonicalJson } from '../../src/engine/canonical.js'
import type { Engine } from '../../src/engine/engine.js'
import { engineOn, errorOf } from '../helpers/engines.js'
import { job, reminder } from '../helpers/machines.js'
import { overEachStore, virtual } from '../helpers/places.js'
import { steady } from '../helpers/simulated.js'

const nothing: Batch = {
  executions: [],
  records: [],
  work: { put: [], remove: [] },
  idempotency: [],
  catalog: [],
  settings: {},
  counters: {},
  clock: null,
  clockChanges: [],
  forget: [],
}

/** A store whose reader somebody has tampered with. */
function tampered(store: Store, change: (reader: Reader) => Partial<Reader>): Store {
  const wrap = (reader: Reader): Reader => ({ ...reader, ...change(reader) })
  return {
    transact: (decide) => store.transact((reader) => decide(wrap(reader))),
    gathered: () => store.gathered(),
    read: (query) => store.read((reader) => query(wrap(reader))),
    foreignVersion: () => store.foreignVersion(),
    close: () => store.close(),
  }
}

const rows =
  (change: (row: ExecutionRow) => Partial<ExecutionRow>) =>
  (reader: Reader): Partial<Reader> => ({
    executions: (query) =>
      reader.executions(query).map((row) => Object.assign({}, row, change(row))),
  })

const records =
  (change: (rows: readonly RecordRow[]) => readonly RecordRow[]) =>
  (reader: Reader): Partial<Reader> => ({
    records: (execution, after, limit) =>
      after > 0 ? [] : change(reader.records(execution, after, limit)),
  })

overEachStore((newPlace) => {
  const place = async () => {
    const place = newPlace({ clock: virtual })
    const engine = engineOn(place.open(), [job, reminder], { simulate: steady })
    const { id } = await engine.start(job, { input: { name: 'abc' } })
    await engine.send(id, { type: 'rename', name: 'x' })
    return { place, engine, id }
  }

  describe('verify', () => {
    test('finds nothing in what the engine wrote, however much', async () => {
      const { engine } = await place()
      for (let n = 0; n < 230; n++) await engine.start(reminder, { input: {} })
      await engine.advance('2h')
      expect(await engine.verify()).toEqual([])
    })

    test.each<[string, (reader: Reader) => Partial<Reader>, string]>([
      [
        'a changed snapshot',
        rows(({ snapshot }) => ({ snapshot: snapshot.replace('"x"', '"y"') })),
        'the history folds to another snapshot',
      ],
      [
        'a changed record',
        records((all) =>
          all.map((row) => ({ ...row, body: row.body.replace('"name":"abc"', '"name":"b"') })),
        ),
        'record 1: the step on "xstate.init" asks for other effects now',
      ],
      [
        'a record that cannot be read',
        records((all) => all.map((row) => ({ ...row, body: '{' }))),
        'record 1: the record cannot be read: ',
      ],
      ['a missing record', records((all) => all.slice(1)), 'record 2 follows record 0'],
      [
        'a missing last record',
        records((all) => all.slice(0, 1)),
        'the newest record is 1, the execution says 2',
      ],
      [
        'time that goes back',
        records((all) => all.map((row) => ({ ...row, at: row.at - row.seq }))),
        'record 1 is before its predecessor',
      ],
      [
        'a task that is lost',
        () => ({ workOf: () => [] }),
        'pending tasks are [], the snapshot names [measuring]',
      ],
    ])('finds %s', async (_what, change, problem) => {
      const { place: shared, id } = await place()
      const engine = engineOn(tampered(shared.open(), change), [job])
      const findings = await engine.verify()
      expect(findings.map(({ executionId }) => executionId)).toContain(id)
      expect(findings.map((finding) => finding.problem).join('\n')).toContain(problem)
    })

    test('finds work that is pending after the end', async () => {
      const { place: shared, engine, id } = await place()
      const work = await engine.read((reader) => reader.workOf(1))
      await engine.cancel(id)
      const left = (): Partial<Reader> => ({ workOf: () => work })
      const findings = await engineOn(tampered(shared.open(), left), [job]).verify()
      expect(findings.map(({ problem }) => problem)).toContain('it has ended, yet work is pending')
    })

    test('passes over executions whose machine is not here', async () => {
      const { place: shared } = await place()
      const change = rows(() => ({ snapshot: '{}' }))
      expect(await engineOn(tampered(shared.open(), change), [reminder]).verify()).toEqual([])
    })
  })

  describe('a snapshot that cannot be read', () => {
    const spoilt = async (): Promise<{ engine: Engine; id: string; other: string }> => {
      const { place: shared, engine, id } = await place()
      const { id: other } = await engine.start(job, { input: { name: 'other' } })
      const store = shared.open()
      await store.transact((reader) => {
        const row = { ...reader.execution(1)!, snapshot: '{' }
        return { batch: { ...nothing, executions: [{ op: 'update', row }] }, value: null }
      })
      return { engine: engineOn(shared.open(), [job]), id, other }
    }

    test('stops no other execution, and holds the clock as an unknown machine would', async () => {
      const { engine, other, id } = await spoilt()
      expect(await engine.advance('1m')).toMatchObject({ held: 'machine' })
      expect(await engine.get(other)).toMatchObject({ outcome: 'done' })
      expect(await errorOf(engine.send(id, { type: 'stop' }))).toMatchObject({
        code: 'CORRUPT',
        message: `the snapshot of ${id} cannot be read`,
      })
      expect(await engine.verify()).toMatchObject([{ executionId: id }])
    })

    test('does not keep the background busy', async () => {
      const { engine } = await spoilt()
      await engine.advance('1m')
      await engine.settle()
    })
  })
})

describe('canonical JSON', () => {
  test('says the same of requests that say the same', () => {
    expect(canonicalJson({ b: [{ d: 1, c: 2 }], a: undefined })).toBe('{"b":[{"c":2,"d":1}]}')
    expect(canonicalJson([2, 1])).toBe('[2,1]')
    expect(canonicalJson(undefined)).toBe('null')
    expect(canonicalJson({ when: new Date(0) })).toBe('{"when":"1970-01-01T00:00:00.000Z"}')
  })
})
