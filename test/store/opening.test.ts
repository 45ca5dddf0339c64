import fs, {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { BakelineError } from '../../src/core/errors.js'
import { applicationId } from '../../src/store/sqlite/file.js'
import { newestSchema } from '../../src/store/sqlite/migrate.js'
import { openConnection } from '../../src/store/sqlite/open.js'
import { type SqliteOptions, sqlite } from '../../src/store/sqlite/sqlite.js'
import { execution, failure, write } from '../contract/rows.js'
import { temporaryFolder } from './folder.js'

const path = temporaryFolder()

/** A database of our own with one execution in it, closed. */
async function ours(): Promise<string> {
  const file = path()
  const store = sqlite(file)
  await write(store, { insert: [execution(1)] })
  await store.close()
  return file
}

/** A database that another tool made. */
function made(...statements: string[]): string {
  const file = path()
  const db = new Database(file)
  for (const statement of statements) db.exec(statement)
  db.close()
  return file
}

/** Opening says why it cannot, and leaves the file and its folder as they were. */
function refused(file: string, reason: string, message: RegExp, options?: SqliteOptions): void {
  const folder = dirname(file)
  const listing = () => (existsSync(folder) ? readdirSync(folder).sort() : [])
  const content = () => (existsSync(file) && statSync(file).isFile() ? readFileSync(file) : null)
  const [names, bytes] = [listing(), content()]
  const error = thrown(() => sqlite(file, options))
  expect(error).toBeInstanceOf(BakelineError)
  expect(error).toMatchObject({
    code: 'STORE',
    message: expect.stringMatching(message) as string,
    details: { reason, path: file },
  })
  expect((error as Error).message).toContain(file)
  expect(listing()).toEqual(names)
  expect(content()).toEqual(bytes)
}

function thrown(action: () => unknown): unknown {
  try {
    action()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}

/** Root may do everything, so as root the rights are taken from the mode alone. */
function asNobody(): void {
  if (process.getuid?.() !== 0) return
  const denied = Object.assign(new Error('EACCES'), { code: 'EACCES' })
  const spy = vi.spyOn(fs, 'accessSync').mockImplementation((file, mode = 0) => {
    if ((statSync(file).mode & mode) !== mode) throw denied
  })
  onTestFinished(() => spy.mockRestore())
}

describe('a path that cannot be opened', () => {
  it('is refused when it is a text file, or one too short to be anything', () => {
    const text = path()
    writeFileSync(
      text,
      'hello, this is a text that is longer than the header of SQLite. '.repeat(4),
    )
    refused(text, 'foreign', /is not a SQLite database/)
    const short = path()
    writeFileSync(short, 'SQLite format 3\0')
    refused(short, 'foreign', /is not a SQLite database/)
  })

  it("is refused when it is another program's database, with a mark of its own or none", () => {
    const plain = made('CREATE TABLE note (text)')
    refused(plain, 'foreign', /another program/)
    refused(plain, 'foreign', /another program/, { readOnly: true })
    refused(made('PRAGMA application_id = 7', 'CREATE TABLE t (x)'), 'foreign', /another program/)
    refused(made('PRAGMA journal_mode = WAL', 'CREATE TABLE t (x)'), 'foreign', /another program/)
  })

  it("is refused when it is another program's database that is in use", () => {
    const file = made('PRAGMA journal_mode = WAL', 'CREATE TABLE t (x)')
    const db = new Database(file)
    onTestFinished(() => void db.close())
    db.exec('INSERT INTO t VALUES (1)')
    refused(file, 'foreign', /another program/)
    refused(file, 'foreign', /another program/, { readOnly: true })
  })

  it('is refused when a later version wrote it', async () => {
    const file = await ours()
    const db = new Database(file)
    db.pragma(`user_version = ${newestSchema + 1}`)
    db.close()
    refused(file, 'newer', /has the schema \d+ and this version knows up to \d+; use the version/)
    refused(file, 'newer', /schema/, { readOnly: true })
  })

  it('is refused when a later version wrote it and still has it open', async () => {
    const file = await ours()
    const db = new Database(file)
    // The number is in the log and not yet in the file, where its bytes would tell.
    db.pragma(`user_version = ${newestSchema + 1}`)
    onTestFinished(() => void db.close())
    refused(file, 'newer', /has the schema/)
    refused(file, 'newer', /has the schema/, { readOnly: true })
  })

  it('is refused when it is a folder or no plain file', () => {
    const folder = path('folder')
    mkdirSync(folder)
    refused(folder, 'open', /is a folder/)
    const device = path('device')
    symlinkSync('/dev/null', device)
    const error = thrown(() => sqlite(device))
    expect(error).toMatchObject({ code: 'STORE', details: { reason: 'open' } })
  })

  it('is refused when its folder is missing', () => {
    refused(path(join('no', 'such', 'x.db')), 'missing', /there is no folder .*such; make it/)
  })

  it('is refused when it is missing and must not be made', () => {
    refused(path(), 'missing', /does not exist/, { mustExist: true })
    refused(path(), 'missing', /does not exist/, { readOnly: true })
  })

  it('is refused when it, or the folder for its log, is read-only', async () => {
    const folder = path('rights')
    mkdirSync(folder)
    const file = join(folder, 'x.db')
    await sqlite(file).close()
    onTestFinished(() => chmodSync(folder, 0o777))
    asNobody()
    chmodSync(folder, 0o777)
    chmodSync(file, 0o444)
    refused(file, 'readonly', /is read-only; allow writing, or open it with readOnly: true/)
    chmodSync(file, 0o666)
    chmodSync(folder, 0o555)
    refused(file, 'readonly', /its -wal file would be made in/)
    refused(join(folder, 'new.db'), 'readonly', /cannot be made: .* may not be written/)
    chmodSync(file, 0o222)
    expect(thrown(() => sqlite(file))).toMatchObject({
      code: 'STORE',
      message: expect.stringMatching(/may not be read/) as string,
      details: { reason: 'open' },
    })
  })

  it('is refused when it bears our mark and is damaged', async () => {
    const file = await ours()
    const bytes = readFileSync(file)
    writeFileSync(file, bytes.subarray(0, 4_096).fill(0xff, 100))
    expect(thrown(() => sqlite(file))).toMatchObject({
      code: 'CORRUPT',
      message: expect.stringMatching(/is damaged .*restore a copy/) as string,
    })
  })
})

describe('an option that cannot be used', () => {
  it.each<[string, object, RegExp]>([
    ['x.db', { readonly: true }, /no option "readonly": did you mean "readOnly"/],
    ['x.db', { durability: 'extra' }, /"durability" is "extra"; it takes none, normal, full/],
    ['x.db', { busyTimeout: -1 }, /"busyTimeout" is -1/],
    ['x.db', { busyTimeout: 2 ** 31 }, /"busyTimeout" is 2147483648/],
    ['', {}, /needs the path of a file/],
    [' x.db', {}, /needs the path of a file/],
    [':memory:', { readOnly: true }, /always new/],
    [':memory:', { mustExist: true }, /always new/],
  ])('is refused by name: %s %j', (file, options, message) => {
    const error = thrown(() => sqlite(file === 'x.db' ? path() : file, options))
    expect(error).toMatchObject({ code: 'INVALID_INPUT' })
    expect((error as Error).message).toMatch(message)
  })
})

describe('a file that can be opened', () => {
  it('may be empty: it is filled as a new one', async () => {
    const file = path()
    writeFileSync(file, '')
    const store = sqlite(file, { settings: { seed: '1' } })
    expect(await store.read((reader) => reader.setting('seed'))).toBe('1')
    await store.close()
  })

  it('may have been left by a process that died before it filled it', async () => {
    const file = made(`PRAGMA application_id = ${applicationId}`, 'PRAGMA journal_mode = WAL')
    const store = sqlite(file, { settings: { seed: '1' } })
    expect(await store.read((reader) => reader.setting('seed'))).toBe('1')
    await store.close()
  })

  it('is in WAL mode, guards its references, and waits for the disk as it was told to', () => {
    for (const [durability, level] of [
      ['none', 0],
      ['normal', 1],
      ['full', 2],
    ] as const) {
      const { db } = openConnection(path(), { durability, busyTimeout: 77 })
      const pragma = (name: string) => db.pragma(name, { simple: true })
      expect(pragma('journal_mode')).toBe('wal')
      expect(pragma('synchronous')).toBe(level)
      expect(pragma('foreign_keys')).toBe(1)
      expect(pragma('busy_timeout')).toBe(77)
      expect(pragma('application_id')).toBe(applicationId)
      expect(pragma('user_version')).toBe(newestSchema)
      db.close()
    }
  })

  it('is read and not written when it is opened readOnly', async () => {
    const file = await ours()
    const store = sqlite(file, { readOnly: true })
    expect(await store.read((reader) => reader.execution(1)?.id)).toBe('exec-1')
    const error = await failure(write(store, { insert: [execution(2)] }))
    expect(error).toMatchObject({ code: 'STORE', details: { reason: 'readonly' } })
    expect(await store.read((reader) => reader.executions({ limit: 9 }).length)).toBe(1)
    await store.close()
  })

  it('is brought up to date only by a writer', () => {
    const old = made(`PRAGMA application_id = ${applicationId}`, 'PRAGMA user_version = 0')
    refused(old, 'older', /open it once for writing/, { readOnly: true })
  })

  it('leaves no log behind when it is closed', async () => {
    const file = await ours()
    expect([existsSync(`${file}-wal`), existsSync(`${file}-shm`)]).toEqual([false, false])
  })
})
