import { readdirSync, readFileSync } from 'node:fs'
import type { Database } from 'better-sqlite3'
import { storeError } from '../refusal.js'
import { applicationId, newer } from './file.js'

const folder = new URL('../../../db/', import.meta.url)

/** One numbered file of db/. */
interface Migration {
  readonly n: number
  readonly name: string
}

/** The files of db/ in order: `0001_engine.sql` is number 1. */
const migrations: readonly Migration[] = readdirSync(folder)
  .filter((name) => /^\d{4}_\w+\.sql$/.test(name))
  .sort()
  .map((name) => ({ n: Number(name.slice(0, 4)), name }))

/** The schema that this version writes. */
export const newestSchema = migrations.at(-1)?.n ?? 0

/** @returns the schema that a database has; 0 when it is new. */
export function schemaOf(db: Database): number {
  return db.pragma('user_version', { simple: true }) as number
}

/**
 * Brings a database to the newest schema, in one transaction. Any number of processes may do it at
 * once: the lock is taken before the version is read, so that one does the work and the others
 * find it done.
 *
 * @param fill writes what a new database begins with, in the same transaction.
 */
export function migrate(db: Database, path: string, fill: () => void): void {
  if (schemaOf(db) === newestSchema) return
  db.transaction(() => {
    const version = schemaOf(db)
    if (version > newestSchema) throw newer(path, version, newestSchema)
    for (const { n, name } of migrations) {
      if (n <= version) continue
      db.exec(readFileSync(new URL(name, folder), 'utf8'))
      db.prepare('INSERT INTO migration (n, name) VALUES (?, ?)').run(n, name)
    }
    db.pragma(`user_version = ${newestSchema}`)
    if (version === 0) fill()
  }).immediate()
}

/**
 * Marks a new, empty database as ours. In a transaction of its own and before WAL, so that the mark
 * is in the file itself, where the next process reads it as bytes.
 */
export function claim(db: Database, path: string): void {
  db.transaction(() => {
    // Before anything is in the file, or it would have to be written anew: an archive gives room back.
    // It writes the header, which nobody may see without our mark; so both are one transaction, and
    // that takes its lock with this first write.
    db.pragma('auto_vacuum = INCREMENTAL')
    if (db.pragma('application_id', { simple: true }) === applicationId) return
    // Another program may have filled the file since its header was read.
    const tables = db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get()
    if (tables !== 0) {
      throw storeError('foreign', `${path} is a database of another program; name another file`, {
        path,
      })
    }
    db.pragma(`application_id = ${applicationId}`)
  }).deferred()
}
