import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import type { BakelineError } from '../../src/core/errors.js'
import { isEnvironmental, translate } from '../../src/store/sqlite/errors.js'

const place = { path: '/data/x.db', busyTimeout: 5_000 }
const sqliteError = (code: string) => new Database.SqliteError('as SQLite has it', code)

describe('what SQLite refuses with', () => {
  it.each([
    ['SQLITE_BUSY', 'STORE', 'busy', true],
    ['SQLITE_BUSY_SNAPSHOT', 'STORE', 'busy', true],
    ['SQLITE_LOCKED', 'STORE', 'busy', true],
    ['SQLITE_FULL', 'STORE', 'full', true],
    ['SQLITE_READONLY_DBMOVED', 'STORE', 'readonly', true],
    ['SQLITE_IOERR_FSYNC', 'STORE', 'io', true],
    ['SQLITE_CANTOPEN', 'STORE', 'open', true],
    ['SQLITE_NOMEM', 'STORE', 'other', true],
    ['SQLITE_CORRUPT_INDEX', 'CORRUPT', undefined, true],
    ['SQLITE_NOTADB', 'CORRUPT', undefined, true],
    ['SQLITE_CONSTRAINT_UNIQUE', 'STORE', 'constraint', false],
    ['SQLITE_TOOBIG', 'STORE', 'other', false],
  ])('%s becomes %s, reason %s', (code, expected, reason, environmental) => {
    const error = sqliteError(code)
    const translated = translate(error, place) as BakelineError
    expect(translated).toMatchObject({ code: expected, cause: error })
    expect(translated.details.reason).toBe(reason)
    expect(translated.message).toContain('as SQLite has it')
    if (reason !== 'constraint') expect(translated.message).toContain('/data/x.db')
    expect(isEnvironmental(error)).toBe(environmental)
  })

  it('is told from the errors of others, which pass as they are', () => {
    const own = new TypeError('boom')
    expect(translate(own, place)).toBe(own)
    expect(isEnvironmental(own)).toBe(false)
    expect(translate('text', place)).toBe('text')
  })
})
