import Database from 'better-sqlite3'
import { BakelineError } from '../../core/errors.js'
import { contradiction, type StoreReason, storeError } from '../refusal.js'

/** Of which file an error speaks. */
export interface Place {
  readonly path: string
  /** Milliseconds. */
  readonly busyTimeout: number
}

/** What SQLite's primary result codes mean for whoever called, and what to do. */
const meanings: Record<string, { reason: StoreReason; text: (place: Place) => string }> = {
  BUSY: {
    reason: 'busy',
    text: ({ busyTimeout }) =>
      `was locked by another process for more than ${busyTimeout} ms; ` +
      'try again when that one has let go',
  },
  LOCKED: { reason: 'busy', text: () => 'is locked; try again when the other has let go' },
  FULL: {
    reason: 'full',
    text: () => 'cannot grow: the disk is full; make room and try again',
  },
  READONLY: {
    reason: 'readonly',
    text: () => 'cannot be written: it is read-only, or was opened so; allow writing and try again',
  },
  IOERR: {
    reason: 'io',
    text: () => 'could not be read or written; see to the disk and try again',
  },
  CANTOPEN: {
    reason: 'open',
    text: () =>
      'or the -wal and -shm files beside it could not be opened; ' +
      'see to the rights of the file and its folder and try again',
  },
}

/** `SQLITE_IOERR_WRITE` is of the family `IOERR`; undefined for what is no error of SQLite. */
function family(error: unknown): string | undefined {
  return isSqlite(error) ? error.code.split('_')[1] : undefined
}

export function isSqlite(error: unknown): error is InstanceType<typeof Database.SqliteError> {
  return error instanceof Database.SqliteError
}

/** Somebody else has the lock. */
export function isBusy(error: unknown): boolean {
  return family(error) === 'BUSY'
}

/** What stands in the way of every write, whoever's it is. A constraint is one batch's own. */
export function isEnvironmental(error: unknown): boolean {
  const name = family(error)
  return name !== undefined && name !== 'CONSTRAINT' && name !== 'TOOBIG'
}

/**
 * SQLite's error in the words of the port: `STORE` with a reason, `CORRUPT` when the file is
 * damaged. Whatever is no error of SQLite comes back as it is.
 */
export function translate(error: unknown, place: Place): unknown {
  if (!isSqlite(error)) return error
  const name = family(error) ?? ''
  const { path } = place
  if (name === 'CONSTRAINT') return contradiction(error.message, error)
  if (name === 'CORRUPT' || name === 'NOTADB') {
    return new BakelineError(
      'CORRUPT',
      `${path} is damaged (${error.message}); restore a copy of it, or save what can be saved ` +
        'with the .recover command of sqlite3',
      { path },
      { cause: error },
    )
  }
  const meaning = meanings[name]
  const why = meaning?.text(place) ?? 'could not be used'
  const message = `${path} ${why} (${error.message}); nothing was written`
  return storeError(meaning?.reason ?? 'other', message, { cause: error, path })
}
