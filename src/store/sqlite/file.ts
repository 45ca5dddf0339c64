import fs from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { storeError } from '../refusal.js'
import type { Settled } from './options.js'

/** `BAKE`: SQLite's mark of whose file it is, at byte 68 of its header. */
export const applicationId = 0x42414b45

export const headerSize = 100
const magic = 'SQLite format 3\0'

/**
 * Looks at a path before SQLite does, which would create, recover or lock what is there. Nothing is
 * written.
 *
 * @throws BakelineError `STORE` for what cannot be a file of ours, with what to do.
 */
export function inspectFile(settled: Settled, newest: number): void {
  const { path, readOnly, mustExist } = settled
  const stat = fs.statSync(path, { throwIfNoEntry: false })
  if (!stat) {
    if (readOnly || mustExist) {
      throw storeError('missing', `${path} does not exist; name a file that does`, { path })
    }
    inspectFolder(path)
    return
  }
  if (!stat.isFile()) {
    const what = stat.isDirectory() ? 'a folder' : 'no plain file'
    throw storeError('open', `${path} is ${what}; name a file in it or beside it`, { path })
  }
  if (!may(path, fs.constants.R_OK)) {
    throw storeError('open', `${path} may not be read; allow reading it`, { path })
  }
  if (!readOnly) inspectRights(path)
  inspectMark(settled, newest)
}

function inspectFolder(path: string): void {
  const folder = dirname(path)
  if (!fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw storeError('missing', `${path} cannot be made: there is no folder ${folder}; make it`, {
      path,
    })
  }
  if (!may(folder, fs.constants.W_OK)) {
    throw storeError('readonly', `${path} cannot be made: ${folder} may not be written`, { path })
  }
}

function inspectRights(path: string): void {
  const folder = dirname(path)
  if (!may(path, fs.constants.W_OK)) {
    throw storeError(
      'readonly',
      `${path} is read-only; allow writing, or open it with readOnly: true`,
      { path },
    )
  }
  if (!may(folder, fs.constants.W_OK)) {
    throw storeError(
      'readonly',
      `${path} cannot be written: its -wal file would be made in ${folder}, which is read-only; ` +
        'allow writing there, or open it with readOnly: true',
      { path },
    )
  }
}

/** What tells whose file it is. */
interface Mark {
  readonly application: number
  readonly version: number
}

function inspectMark({ path, busyTimeout }: Settled, newest: number): void {
  // While anybody has one of our files open, its log is there.
  const inUse = fs.existsSync(`${path}-wal`)
  const mark = inUse ? askMark(path, busyTimeout) : readMark(path)
  if (mark === null) return
  if (mark.application !== applicationId) {
    throw storeError(
      'foreign',
      `${path} is a SQLite database of another program; name another file`,
      { path },
    )
  }
  if (mark.version > newest) throw newer(path, mark.version, newest)
}

/**
 * Reads the mark as bytes: to open a stranger's file with SQLite would already touch it. Only while
 * nobody has the file open: closing it here would drop the locks that another connection of this
 * process has on it, so POSIX will have it. Null for an empty file: just made, or by `touch`.
 */
function readMark(path: string): Mark | null {
  const header = readHeader(path)
  if (header.length === 0) return null
  if (header.length < headerSize || header.toString('latin1', 0, 16) !== magic) {
    throw storeError('foreign', `${path} is not a SQLite database; name another file`, { path })
  }
  return { application: header.readUInt32BE(68), version: header.readUInt32BE(60) }
}

/** Asks SQLite for the mark of a file that is in use. */
function askMark(path: string, timeout: number): Mark {
  const db = new Database(path, { readonly: true, timeout })
  try {
    const ask = (name: string): number => db.pragma(name, { simple: true }) as number
    return { application: ask('application_id'), version: ask('user_version') }
  } finally {
    db.close()
  }
}

/** The file was written by a later version of this package. */
export function newer(path: string, version: number, newest: number): Error {
  return storeError(
    'newer',
    `${path} has the schema ${version} and this version knows up to ${newest}; ` +
      'use the version of bakeline that wrote it, or a later one',
    { path },
  )
}

function readHeader(path: string): Buffer {
  const header = Buffer.alloc(headerSize)
  const file = fs.openSync(path, 'r')
  try {
    return header.subarray(0, fs.readSync(file, header, 0, headerSize, 0))
  } finally {
    fs.closeSync(file)
  }
}

function may(path: string, mode: number): boolean {
  try {
    fs.accessSync(path, mode)
    return true
  } catch {
    return false
  }
}
