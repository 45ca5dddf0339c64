import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BakelineError } from '../../src/core/errors.js'
import type {
  Batch,
  CatalogWrite,
  ExecutionRow,
  Reader,
  RecordRow,
  Store,
  WorkRow,
} from '../../src/core/ports.js'
import { memory } from '../../src/store/memory/memory.js'
import { sqlite } from '../../src/store/sqlite/sqlite.js'

// Few names and numbers, so that batches meet each other: clash, replace and follow.
const small = fc.integer({ min: 1, max: 5 })
const time = fc.integer({ min: 0, max: 4 })
const text = fc.constantFrom('a', 'b', 'Ä', '😀', '\u{fffd}', "it's", '')
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { freq: 3 })
const pool = maybe(fc.constantFrom('p', 'q'))

const execution = fc
  .record({
    n: small,
    id: fc.constantFrom('e1', 'e2', 'e3', 'e4', 'e5', 'e6'),
    machine: fc.constantFrom('m@1', 'm@2'),
    singletonKey: maybe(fc.constantFrom('k1', 'k2')),
    outcome: maybe(fc.constantFrom('done' as const, 'failed' as const, 'cancelled' as const)),
    status: fc.constantFrom('OPEN', 'CLOSED'),
    snapshot: text,
    seq: small,
    startedAt: time,
    updatedAt: time,
    endedAt: fc.constant<number | null>(null),
    stuck: maybe(text),
  })
  .map((row) => Object.assign(row, { endedAt: row.outcome === null ? null : 9 }))

const work = fc.record({
  n: fc.integer({ min: 1, max: 9 }),
  execution: small,
  kind: fc.constantFrom('task' as const, 'task' as const, 'timer' as const),
  id: text,
  seq: small,
  machine: fc.constant('m@1'),
  state: fc.constantFrom(
    'set' as const,
    'running' as const,
    'waiting' as const,
    'backoff' as const,
    'ready' as const,
    'ended' as const,
  ),
  axis: fc.constantFrom('file' as const, 'wall' as const),
  due: maybe(time),
  parked: fc.boolean(),
  pool,
  slot: fc.boolean(),
  ticket: maybe(small),
  owner: maybe(text),
  body: text,
})

const record = fc.record({
  n: fc.integer({ min: 1, max: 12 }),
  execution: small,
  seq: fc.integer({ min: 1, max: 3 }),
  at: time,
  kind: fc.constantFrom('step' as const, 'attempt' as const),
  body: text,
})

const body = fc.dictionary(
  fc.constantFrom('Name', 'Region', 'Size'),
  fc.oneof(text, fc.integer({ min: -2, max: 2 }), fc.boolean(), fc.constant(null)),
)
const catalogWrite: fc.Arbitrary<CatalogWrite> = fc.record({
  op: fc.constantFrom('insert' as const, 'patch' as const, 'delete' as const),
  kind: fc.constantFrom('image', 'template'),
  key: text,
  body,
})

/** Mostly one thing at a time, so that many batches are accepted and some are not. */
const few = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant<T[]>([]) },
    { weight: 2, arbitrary: arbitrary.map((item) => [item]) },
    { weight: 1, arbitrary: fc.array(arbitrary, { maxLength: 3 }) },
  )

const batches: fc.Arbitrary<Batch> = fc.record({
  executions: few(
    fc.record({ op: fc.constantFrom('insert' as const, 'update' as const), row: execution }),
  ),
  records: few(record),
  work: fc.record({ put: few(work), remove: few(fc.integer({ min: 1, max: 9 })) }),
  idempotency: few(fc.record({ key: text, request: text, execution: small })),
  catalog: few(catalogWrite),
  settings: fc.dictionary(fc.constantFrom('seed', 'world'), text),
  counters: fc.dictionary(fc.constantFrom('record', 'work'), small),
  clock: maybe(fc.record({ mode: fc.constant('virtual' as const), now: time })),
  clockChanges: few(
    fc.record({
      n: small,
      kind: fc.constantFrom('jump' as const, 'pace' as const, 'back' as const),
      at: time,
      until: time,
      was: text,
      clock: text,
      wall: time,
      record: small,
    }),
  ),
  forget: few(small),
})

const mostly = fc.boolean().chain((yes) => (yes ? fc.constant(true) : fc.boolean()))

/** What a sane engine would have written in place of what chance made up. */
function mend(wild: Batch, reader: Reader): Batch {
  const executions = wild.executions.slice(0, 1).map(({ row }) => mendExecution(row, reader))
  const exists = ({ execution: n }: { readonly execution: number }): boolean =>
    reader.execution(n) !== undefined || executions[0]?.row.n === n
  const records = wild.records.filter(exists).slice(0, 1)
  const keys = wild.idempotency.filter((row) => exists(row) && !reader.idempotency(row.key))
  return {
    ...wild,
    executions,
    records: records.map((row) => mendRecord(row, reader)),
    work: { ...wild.work, put: wild.work.put.filter(exists).map(mendWork) },
    idempotency: keys.slice(0, 1),
    catalog: wild.catalog.slice(0, 1).map((write) => mendWrite(write, reader)),
  }
}

function mendExecution(row: ExecutionRow, reader: Reader): Batch['executions'][number] {
  return { op: reader.execution(row.n) ? 'update' : 'insert', row: { ...row, id: `e${row.n}` } }
}

function mendRecord(row: RecordRow, reader: Reader): RecordRow {
  const n = (reader.stream(0, 1_000).at(-1)?.n ?? 0) + 1
  const last = reader.records(row.execution, 0, 1_000).at(-1) ?? { seq: 0, at: 0 }
  return { ...row, n, seq: last.seq + 1, at: Math.max(last.at, row.at) }
}

function mendWork(row: WorkRow): WorkRow {
  const slot = row.slot && row.pool !== null
  if (row.kind === 'timer') return { ...row, state: 'set', slot }
  if (row.state === 'waiting') return { ...row, due: null, slot, pool: 'p', ticket: row.n }
  return { ...row, state: row.state === 'set' ? 'running' : row.state, slot }
}

function mendWrite(write: CatalogWrite, reader: Reader): CatalogWrite {
  if (write.op === 'delete') return write
  return { ...write, op: reader.catalogGet(write.kind, write.key) ? 'patch' : 'insert' }
}

const numbers = [1, 2, 3, 4, 5]
const flags = [undefined, true, false]
const limits = [1, 2, 100]
const texts = ['a', 'b', 'Ä', '😀', '\u{fffd}', "it's", '']

/** Every question with every small answer to it. */
function answers(reader: Reader): object {
  return {
    clock: reader.clock(),
    settings: ['seed', 'world', 'none'].map(reader.setting),
    counters: ['record', 'work', 'none'].map(reader.counter),
    byId: ['e1', 'e2', 'e3', 'e4', 'e5', 'e6'].map(reader.executionById),
    byNumber: numbers.map(reader.execution),
    live: ['k1', 'k2'].map(reader.live),
    lists: flags.flatMap((live) =>
      flags.flatMap((stuck) =>
        [{}, { singletonKey: 'k1' }, { machine: 'm@2', after: 4 }, { statuses: ['OPEN'] }].flatMap(
          (filter) =>
            limits.map((limit) =>
              reader.executions({
                ...filter,
                ...(live === undefined ? {} : { live }),
                ...(stuck === undefined ? {} : { stuck }),
                oldestFirst: limit === 2,
                limit,
              }),
            ),
        ),
      ),
    ),
    keys: texts.map(reader.idempotency),
    records: numbers.map((n) => [reader.records(n, 0, 9), reader.records(n, 1, 1)]),
    stream: [0, 2, 5].map((after) => reader.stream(after, 3)),
    work: numbers.map(reader.workOf),
    due: (['file', 'wall'] as const).flatMap((axis) =>
      [undefined, { due: 1, n: 4 }, { due: 2, n: 0 }].flatMap((after) =>
        limits.map((limit) => reader.due({ axis, until: 3, limit, ...(after ? { after } : {}) })),
      ),
    ),
    slots: ['p', 'q'].map(reader.slots),
    waiting: ['p', 'q'].flatMap((name) => [0, 2].map((after) => reader.waiting(name, after, 2))),
    catalog: ['image', 'template'].flatMap((kind) => [
      texts.map((key) => reader.catalogGet(kind, key)),
      [undefined, 'a', 'Ä'].map((after) =>
        reader.catalogFind({ kind, limit: 3, ...(after === undefined ? {} : { after }) }),
      ),
      [...texts, true, false, 1, 0].map((Name) => reader.catalogFind({ kind, where: { Name } })),
      reader.catalogFind({ kind, where: { Name: 'a', Size: 1 } }),
    ]),
  }
}

/** Whether each batch was written; they are handed over one by one, or all in one turn. */
async function run(store: Store, list: readonly Batch[], together: boolean): Promise<string[]> {
  const one = (batch: Batch): Promise<string> =>
    store
      .transact(() => ({ batch, value: 'written' }))
      .catch((error: unknown) => {
        if (!(error instanceof BakelineError)) throw error
        return error.code
      })
  if (together) return Promise.all(list.map(one))
  const results: string[] = []
  for (const batch of list) results.push(await one(batch))
  return results
}

/** Writes what chance made to the reference, mended here and there; gives what was written so. */
async function lead(
  reference: Store,
  list: readonly (readonly [Batch, boolean])[],
): Promise<{ batches: Batch[]; results: string[] }> {
  const batches: Batch[] = []
  const results: string[] = []
  for (const [wild, mended] of list) {
    const batch = mended ? await reference.read((reader) => mend(wild, reader)) : wild
    batches.push(batch)
    results.push(...(await run(reference, [batch], false)))
  }
  return { batches, results }
}

describe('memory and SQLite', () => {
  it('take and refuse the same batches, and then answer every question alike', async () => {
    const seen = new Map<string, number>()
    const lists = fc.array(fc.tuple(batches, mostly), { minLength: 10, maxLength: 40 })
    await fc.assert(
      fc.asyncProperty(lists, fc.boolean(), async (list, together) => {
        const [reference, subject] = [memory(), sqlite(':memory:')]
        const expected = await lead(reference, list)
        const results = await run(subject, expected.batches, together)
        for (const result of results) seen.set(result, (seen.get(result) ?? 0) + 1)
        expect(results).toEqual(expected.results)
        expect(await subject.read(answers)).toEqual(await reference.read(answers))
        await Promise.all([reference.close(), subject.close()])
      }),
      { numRuns: 200 },
    )
    // The property would hold of two stores that refuse everything.
    expect(seen.get('written')).toBeGreaterThan(1_000)
    expect(seen.get('STORE')).toBeGreaterThan(200)
    expect(seen.get('ALREADY_RUNNING')).toBeGreaterThan(5)
  })
})
