import type { Store } from '../../core/ports.js'
import { DecisionQueue } from '../queue.js'
import { storeError } from '../refusal.js'
import { Checkpoints } from './checkpoints.js'
import { translate } from './errors.js'
import { GroupCommit } from './group.js'
import { type Connection, openConnection } from './open.js'
import type { SqliteOptions } from './options.js'
import { createReader } from './reader.js'
import { archiveOfSetting } from './settings.js'
import { openTables } from './tables.js'

export type { SqliteOptions } from './options.js'

/** A store in SQLite, which can also copy itself. */
export interface SqliteStore extends Store {
  /**
   * Writes one consistent state into a new file, which opens like any other; whoever writes meanwhile
   * is not held up.
   *
   * @throws BakelineError `STORE` when the file is there already or cannot be written
   */
  saveTo(path: string): Promise<void>
}

/**
 * A store in a SQLite file, shared by any number of processes of one machine; `:memory:` is a
 * private one without a file.
 *
 * A crash of the process at any instruction leaves each `transact` wholly done or not begun. What
 * was answered is there afterwards; after a power cut only with `durability: 'full'`.
 *
 * @throws BakelineError `INVALID_INPUT` for a path or option it cannot use; `STORE` for a file it
 *   cannot use: a folder, no database, another program's, of a newer schema, read-only, missing. The
 *   message says what to do, `details.reason` says it to programs, and the file is left untouched.
 */
export function sqlite(path: string, options: SqliteOptions = {}): SqliteStore {
  return storeOver(openConnection(path, options))
}

/** The store of a connection, which it closes with itself. */
export function storeOver(connection: Connection): SqliteStore {
  const { db } = connection
  const tables = openTables(db)
  const begin = db.prepare('BEGIN')
  const end = db.prepare('COMMIT')
  const version = db.prepare<[], number>('PRAGMA data_version').pluck()
  const checkpoints = new Checkpoints(connection)
  const group = new GroupCommit(connection, tables, () => checkpoints.committed())
  const reader = createReader(tables, group.generation)
  const { queueLimit: limit, durability } = connection
  const queue = new DecisionQueue({ limit, patient: durability === 'full' }, group.run)

  /** Several questions see one state, whoever writes meanwhile. */
  function consistently<T>(query: () => T): T {
    if (db.inTransaction) return query()
    begin.run()
    try {
      group.noticeOthers()
      return query()
    } finally {
      if (db.inTransaction) end.run()
    }
  }

  const archive = tables.settings.get(archiveOfSetting) !== undefined
  const refuseArchive = (): Promise<never> => {
    const { path } = connection
    const message = `${path} is an archive: it is read, and never written; name the file itself`
    return Promise.reject(storeError('readonly', message, { path }))
  }

  function refuseClosed(): void {
    if (!db.open) queue.refuseClosed()
  }

  return {
    transact: (decide) => (archive ? refuseArchive() : queue.add(decide)),
    gathered: () => queue.gathered(),
    async read(query) {
      queue.refuseClosed()
      try {
        return consistently(() => query(reader))
      } catch (error) {
        throw translate(error, connection)
      }
    },
    foreignVersion() {
      refuseClosed()
      return version.get() ?? 0
    },
    async saveTo(path) {
      queue.refuseClosed()
      try {
        db.prepare('VACUUM INTO ?').run(path)
      } catch (error) {
        throw translate(error, { ...connection, path })
      }
    },
    async close() {
      await queue.close()
      await checkpoints.close()
      db.close()
    },
  }
}
