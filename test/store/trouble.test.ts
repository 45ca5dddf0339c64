import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Decide, Reader } from '../../src/core/ports.js'
import { type Connection, openConnection } from '../../src/store/sqlite/open.js'
import { sqlite, storeOver } from '../../src/store/sqlite/sqlite.js'
import { batch, execution, failure, insertion, record, write } from '../contract/rows.js'
import { temporaryFolder } from './folder.js'

const path = temporaryFolder()

const increment: Decide<number> = (reader) => {
  const n = reader.counter('x') + 1
  return { batch: batch({ counters: { x: n } }), value: n }
}

function opened(busyTimeout = 0): { connection: Connection; store: ReturnType<typeof storeOver> } {
  const connection = openConnection(path(), { busyTimeout })
  const store = storeOver(connection)
  onTestFinished(() => store.close())
  return { connection, store }
}

function neighbour(file: string): Database.Database {
  const db = new Database(file)
  onTestFinished(() => void db.close())
  return db
}

const refusal = (reason: string, message: RegExp): object =>
  expect.objectContaining({
    code: 'STORE',
    message: expect.stringMatching(message) as string,
    details: expect.objectContaining({ reason }) as object,
  }) as object

describe('a full disk', () => {
  it('refuses what does not fit, keeps what stood there, and goes on when there is room', async () => {
    const { connection, store } = opened()
    await write(store, { insert: [execution(1)], records: [record(1, 1, 1)] })
    const pages = connection.db.pragma('page_count', { simple: true }) as number
    connection.db.pragma(`max_page_count = ${pages}`)
    const big = execution(2, { snapshot: JSON.stringify('x'.repeat(100_000)) })
    const results = await Promise.all([
      failure(store.transact(increment)),
      failure(write(store, { insert: [big] })),
      failure(store.transact(increment)),
    ])
    for (const result of results) {
      expect(result).toEqual(refusal('full', /the disk is full; make room and try again.*nothing/))
    }
    expect(await store.read((reader) => [reader.counter('x'), reader.stream(0, 9).length])).toEqual(
      [0, 1],
    )
    connection.db.pragma('max_page_count = 1000000')
    await write(store, { insert: [big] })
    expect(await store.transact(increment)).toBe(1)
    expect(connection.db.pragma('integrity_check', { simple: true })).toBe('ok')
  })
})

describe('a file that another process holds', () => {
  it('refuses all that wait after one time-out, still reads, and goes on afterwards', async () => {
    const { connection, store } = opened()
    const other = neighbour(connection.path)
    other.exec('BEGIN IMMEDIATE')
    const waiting = Array.from({ length: 1_500 }, () => failure(store.transact(increment)))
    for (const result of await Promise.all(waiting)) {
      expect(result).toEqual(refusal('busy', /locked by another process for more than 0 ms/))
    }
    expect(await store.read((reader) => reader.counter('x'))).toBe(0)
    other.exec('COMMIT')
    expect(await store.transact(increment)).toBe(1)
  })

  it('is refused by name when it is opened in that time and has to be migrated', () => {
    const file = path()
    const other = neighbour(file)
    other.exec('BEGIN IMMEDIATE')
    expect(() => sqlite(file, { busyTimeout: 0 })).toThrow(refusal('busy', /locked/))
    other.exec('COMMIT')
  })

  it('is opened all the same when there is nothing to migrate', async () => {
    const { connection } = opened()
    neighbour(connection.path).exec('BEGIN IMMEDIATE')
    const second = sqlite(connection.path, { busyTimeout: 0 })
    expect(await second.read((reader) => reader.counter('x'))).toBe(0)
    await second.close()
  })
})

describe('a connection that may not write', () => {
  it('says so, and goes on when it may', async () => {
    const { connection, store } = opened()
    connection.db.pragma('query_only = ON')
    expect(await failure(store.transact(increment))).toEqual(
      refusal('readonly', /cannot be written/),
    )
    connection.db.pragma('query_only = OFF')
    expect(await store.transact(increment)).toBe(1)
  })
})

describe('a group that was spoilt by one batch', () => {
  it('tells the rest when the file fails while they run one by one', async () => {
    const { connection, store } = opened()
    let calls = 0
    const locking: Decide<number> = (reader) => {
      // Not pure, on purpose: the second time it runs alone, and the file may not be written.
      if (calls++ > 0) connection.db.pragma('query_only = ON')
      return increment(reader)
    }
    const results = await Promise.all([
      failure(store.transact(locking)),
      failure(write(store, { records: [record(1, 99, 1)] })),
      failure(store.transact(increment)),
    ])
    for (const result of results) expect(result).toEqual(refusal('readonly', /cannot be written/))
    connection.db.pragma('query_only = OFF')
    expect(await store.transact(increment)).toBe(1)
  })
})

describe('asking in ever new ways', () => {
  it('prepares anew and goes on', async () => {
    const { store } = opened()
    await write(store, { catalog: [insertion('image', 'm-1', { F7: 'x' })] })
    const found = await store.read((reader) =>
      Array.from({ length: 450 }, (_, index) =>
        reader.catalogFind({ kind: 'image', where: { [`F${index}`]: 'x' } }).map(({ key }) => key),
      ),
    )
    expect(found.flat()).toEqual(['m-1'])
  })
})

describe('a table that cannot be read', () => {
  it('fails the group even when a decision goes on without it', async () => {
    const { connection, store } = opened()
    const hidden = 'ALTER TABLE setting RENAME TO hidden'
    connection.db.exec(hidden)
    const carefree: Decide<number> = (reader) => {
      try {
        reader.setting('seed')
      } catch {
        // A decision that takes this for a failure of its own would write nonsense.
      }
      return increment(reader)
    }
    const results = await Promise.all([
      failure(store.transact(increment)),
      failure(store.transact(carefree)),
    ])
    for (const result of results) expect(result).toEqual(refusal('other', /no such table/))
    await expect(store.read((reader) => reader.setting('x'))).rejects.toMatchObject({
      code: 'STORE',
    })
    connection.db.exec('ALTER TABLE hidden RENAME TO setting')
    expect(await store.transact(carefree)).toBe(1)
  })
})

describe('a setting', () => {
  const seed = (reader: Reader): string | undefined => reader.setting('seed')
  const clock = (now: number) => ({ mode: 'virtual', now }) as const

  it('that does not change is read from the file once', async () => {
    const { connection, store } = opened()
    await write(store, { settings: { seed: '1' } })
    expect(await store.read(seed)).toBe('1')
    connection.db.exec('ALTER TABLE setting RENAME TO hidden')
    expect(await store.read(seed)).toBe('1')
    expect(await store.transact((reader) => ({ batch: null, value: seed(reader) }))).toBe('1')
  })

  it('that another connection has changed is seen by the next read and the next decision', async () => {
    const { connection, store } = opened()
    const [other, reading] = [sqlite(connection.path), sqlite(connection.path, { readOnly: true })]
    onTestFinished(async () => void (await Promise.all([other.close(), reading.close()])))
    const all = (reader: Reader) => [seed(reader), reader.clock()]
    for (const now of [1, 2, 3, 4]) {
      const settings = { seed: `${now}` }
      await write(now % 2 === 0 ? store : other, { settings, clock: clock(now) })
      const decided = await store.transact((reader) => ({ batch: null, value: all(reader) }))
      expect(decided).toEqual([`${now}`, clock(now)])
      await write(now % 2 === 0 ? store : other, { settings: { seed: `${now} again` } })
      for (const each of [store, other, reading]) {
        expect(await each.read(all)).toEqual([`${now} again`, clock(now)])
      }
    }
  })

  it('that another connection changes during a read is seen by the next one only', async () => {
    const { connection, store } = opened()
    await write(store, { settings: { seed: '1' } })
    const other = neighbour(connection.path)
    const during = await store.read((reader) => {
      other.exec("UPDATE setting SET value = '2' WHERE key = 'seed'")
      return seed(reader)
    })
    expect(during).toBe('1')
    expect(await store.read(seed)).toBe('2')
  })

  it('that was set, and read, in a transaction that was rolled back is not seen', async () => {
    const { connection, store } = opened()
    await write(store, { settings: { seed: '1' }, clock: clock(1) })
    const set = batch({ settings: { seed: '2', new: 'x' }, clock: clock(2) })
    const seen: unknown[] = []
    const results = await Promise.all([
      failure(store.transact(() => ({ batch: set, value: 0 }))),
      failure(
        store.transact((reader) => {
          seen.push(seed(reader), reader.setting('new'), reader.clock())
          // Not pure, on purpose: nothing can be written any more, nor committed.
          connection.db.pragma('query_only = ON')
          return increment(reader)
        }),
      ),
    ])
    for (const result of results) expect(result).toEqual(refusal('readonly', /cannot be written/))
    expect(seen).toEqual(['2', 'x', clock(2)])
    const now = await store.read((reader) => [seed(reader), reader.setting('new'), reader.clock()])
    expect(now).toEqual(['1', undefined, clock(1)])
    connection.db.pragma('query_only = OFF')
  })
})

describe('several questions of one read', () => {
  it('see one state, whatever another connection writes between them', async () => {
    const { connection, store } = opened()
    await store.transact(increment)
    const other = neighbour(connection.path)
    const seen = await store.read((reader) => {
      const first = reader.counter('x')
      other.exec("UPDATE counter SET value = 99 WHERE name = 'x'")
      return [first, reader.counter('x')]
    })
    expect(seen).toEqual([1, 1])
    expect(await store.read((reader) => reader.counter('x'))).toBe(99)
  })

  it('may be asked inside a decision too', async () => {
    const { store } = opened()
    let inside: Promise<number> | undefined
    await store.transact((reader) => {
      inside = store.read((other) => other.counter('x'))
      return increment(reader)
    })
    expect(await inside).toBe(0)
  })
})
