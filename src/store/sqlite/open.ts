import { performance } from 'node:perf_hooks'
import Database from 'better-sqlite3'
import { BakelineError } from '../../core/errors.js'
import { storeError } from '../refusal.js'
import { isBusy, translate } from './errors.js'
import { applicationId, headerSize, inspectFile, newer } from './file.js'
import { claim, migrate, newestSchema, schemaOf } from './migrate.js'
import { type Settled, type SqliteOptions, settleOptions } from './options.js'
import { settingTable } from './settings.js'

/** An open file with the options that it was opened with. */
export interface Connection extends Settled {
  readonly db: Database.Database
}

/**
 * Opens a file, and makes or migrates it where that is allowed.
 *
 * @throws BakelineError `INVALID_INPUT` for an option it cannot use; `STORE` for a file it cannot
 *   use, which it leaves untouched.
 */
export function openConnection(path: string, options: SqliteOptions = {}): Connection {
  const settled = settleOptions(path, options)
  const inMemory = path === ':memory:'
  if (inMemory && (settled.readOnly || settled.mustExist)) {
    throw new BakelineError(
      'INVALID_INPUT',
      'sqlite(":memory:") is always new: it cannot be readOnly or mustExist',
    )
  }
  if (!inMemory && settled.image !== undefined) {
    throw new BakelineError('INVALID_INPUT', 'sqlite(): "image" is for ":memory:" only')
  }
  let db: Database.Database | undefined
  try {
    if (!inMemory) inspectFile(settled, newestSchema)
    // The time-out comes first: with it, eight processes may open one new file at once.
    const options = { readonly: settled.readOnly, timeout: settled.busyTimeout }
    db = new Database(settled.image === undefined ? path : rollbackImage(settled.image), options)
    prepare(db, settled)
    return { ...settled, db }
  } catch (error) {
    db?.close()
    throw translate(error, settled)
  }
}

/** The bytes 18 and 19 of a file say that it has a write-ahead log, which memory has not. */
function rollbackImage(image: Uint8Array): Buffer {
  const bytes = Buffer.from(image)
  return bytes.length < headerSize ? bytes : bytes.fill(1, 18, 20)
}

function prepare(db: Database.Database, settled: Settled): void {
  db.pragma('foreign_keys = ON')
  if (settled.readOnly) {
    checkReadable(db, settled.path)
    return
  }
  const level = { none: 'OFF', normal: 'NORMAL', full: 'FULL' }[settled.durability]
  // Making a file waits for the disk some times, which is for nothing when nothing has to last.
  if (settled.durability === 'none') db.pragma(`synchronous = ${level}`)
  const version = schemaOf(db)
  if (version > newestSchema) throw newer(settled.path, version, newestSchema)
  if (version === 0) claim(db, settled.path)
  const mode = switchToWal(db, settled.busyTimeout)
  if (mode !== 'wal' && mode !== 'memory') {
    throw storeError(
      'open',
      `${settled.path} is on a file system that has no write-ahead log; put it on a local disk`,
      { path: settled.path },
    )
  }
  db.pragma(`synchronous = ${level}`)
  migrate(db, settled.path, () => fill(db, settled))
}

/**
 * SQLite does not wait for others when it changes the mode, as it does everywhere else; so this
 * does, for as long.
 */
function switchToWal(db: Database.Database, busyTimeout: number): unknown {
  const end = performance.now() + busyTimeout
  for (;;) {
    try {
      return db.pragma('journal_mode = WAL', { simple: true })
    } catch (error) {
      if (!isBusy(error) || performance.now() >= end) throw error
      // A short sleep without a turn of the event loop: opening is synchronous.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
    }
  }
}

function checkReadable(db: Database.Database, path: string): void {
  const version = schemaOf(db)
  if (version > newestSchema) throw newer(path, version, newestSchema)
  const foreign = db.pragma('application_id', { simple: true }) !== applicationId
  if (version === newestSchema && !foreign) return
  throw storeError(
    'older',
    `${path} has the schema ${version} and this version reads ${newestSchema}; ` +
      'open it once for writing, which brings it up to date',
    { path },
  )
}

function fill(db: Database.Database, { clock, settings }: Settled): void {
  const table = settingTable(db)
  if (clock) table.setClock(clock)
  for (const [key, value] of Object.entries(settings)) table.set(key, value)
}
