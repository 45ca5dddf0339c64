import { randomUUID } from 'node:crypto'
import fs from 'node:fs'
import { resolve } from 'node:path'
import type { Database } from 'better-sqlite3'
import type { ClockState } from '../../core/clock.js'
import type { Outcome } from '../../core/effects.js'
import { storeError } from '../refusal.js'
import { moveStatements, type MoveStatements } from './archive-sql.js'
import { translate } from './errors.js'
import { type Connection, openConnection } from './open.js'
import { archiveOfSetting, archiveSetting, settingTable } from './settings.js'

/** Which executions are moved, and where to. */
export interface ArchiveOptions {
  /** The archive, made when it is missing. One file has one archive, or several; an archive one file. */
  readonly to: string
  /** The instant of the file's clock, in milliseconds, before which an execution has ended. */
  readonly endedBefore: (clock: ClockState) => number
  /** How it ended; any way when absent. */
  readonly outcomes?: readonly Outcome[]
  readonly singletonKey?: string
  /** Executions that are moved in one transaction; 200 when absent. */
  readonly batch?: number
  /** Called after each transaction with how many were moved so far. */
  readonly onMoved?: (executions: number) => void
  /** Stops after the batch that is under way. */
  readonly signal?: AbortSignal
}

/** What was moved. */
export interface Archived {
  readonly executions: number
  readonly records: number
  /** Size of the file, in bytes. */
  readonly bytesBefore: number
  readonly bytesAfter: number
}

/** Free pages are given back so many at a time: whoever writes meanwhile waits no longer than that. */
const pagesAtOnce = 500

/**
 * Moves whole ended executions, with their history and keys, out to a file of the same kind, and gives
 * the room back. Live ones are never touched. Each batch is first written to the archive, durably,
 * and then deleted here: a crash leaves an execution in one of the files or in both, never in none,
 * and the next call goes on where it ended. Others may use the file meanwhile.
 *
 * @throws BakelineError `STORE` when a file cannot be used, or the archive is another file's
 */
export async function archiveExecutions(path: string, options: ArchiveOptions): Promise<Archived> {
  if (resolve(path) === resolve(options.to)) {
    throw storeError('open', `${path} cannot be its own archive; name another file`, { path })
  }
  const connection = openConnection(path, { mustExist: true })
  try {
    const source = identify(connection)
    prepareArchive(options.to, connection, source)
    const { db } = connection
    db.prepare('ATTACH ? AS archive').run(options.to)
    db.pragma('archive.synchronous = FULL')
    const bytesBefore = sizeOf(connection)
    const moved = await moveAll(db, options)
    await shrink(db, options.signal)
    db.pragma('wal_checkpoint(TRUNCATE)')
    return { ...moved, bytesBefore, bytesAfter: sizeOf(connection) }
  } catch (error) {
    throw translate(error, connection)
  } finally {
    connection.db.close()
  }
}

/** The name of a file, by which its archives know it; given when it is first archived. */
function identify({ db, path }: Connection): string {
  const settings = settingTable(db)
  if (settings.get(archiveOfSetting) !== undefined) {
    throw storeError('readonly', `${path} is an archive itself; nothing is moved out of it`, {
      path,
    })
  }
  return db
    .transaction(() => {
      const known = settings.get(archiveSetting)
      const name = known ?? randomUUID()
      if (known === undefined) settings.set(archiveSetting, name)
      return name
    })
    .immediate()
}

/** Makes the archive with what this file has fixed, or checks that it is of this file. */
function prepareArchive(to: string, { db }: Connection, source: string): void {
  const settings = settingTable(db)
  const fixed = ['seed', 'world', 'plan'].flatMap((key) => {
    const value = settings.get(key)
    return value === undefined ? [] : [[key, value] as const]
  })
  const made = openConnection(to, {
    clock: settings.clock(),
    settings: { ...Object.fromEntries(fixed), [archiveOfSetting]: source },
  })
  try {
    const of = settingTable(made.db).get(archiveOfSetting)
    if (of === source) return
    const what = of === undefined ? 'is no archive' : 'is the archive of another file'
    throw storeError('foreign', `${to} ${what}; name a new file, or this one's own archive`, {
      path: to,
    })
  } finally {
    made.db.close()
  }
}

async function moveAll(
  db: Database,
  options: ArchiveOptions,
): Promise<Pick<Archived, 'executions' | 'records'>> {
  const { batch = 200, outcomes = ['done', 'failed', 'cancelled'], singletonKey = null } = options
  const statements = moveStatements(db)
  const until = options.endedBefore(settingTable(db).clock())
  let [executions, records, after] = [0, 0, 0]
  while (options.signal?.aborted !== true) {
    const which = { after, until, outcomes: JSON.stringify(outcomes), singletonKey, limit: batch }
    const numbers = statements.next.all(which)
    if (numbers.length === 0) break
    records += move(db, statements, numbers)
    executions += numbers.length
    after = numbers.at(-1) as number
    options.onMoved?.(executions)
    await turn()
  }
  return { executions, records }
}

/** Written there and committed to the disk, then deleted here. @returns how many records. */
function move(db: Database, statements: MoveStatements, numbers: readonly number[]): number {
  const list = JSON.stringify(numbers)
  db.transaction(() => {
    for (const copy of statements.copy) copy.run(list)
    statements.counters.run()
    statements.clockChanges.run()
  })()
  return db
    .transaction(() => {
      const records = statements.count.get(list) ?? 0
      for (const remove of statements.remove) remove.run(list)
      return records
    })
    .immediate()
}

async function shrink(db: Database, signal: AbortSignal | undefined): Promise<void> {
  const free = db.prepare<[], number>('PRAGMA main.freelist_count').pluck()
  let left = free.get() ?? 0
  while (left > 0) {
    if (signal?.aborted) return
    db.pragma(`main.incremental_vacuum(${pagesAtOnce})`)
    const now = free.get() ?? 0
    // A file that was made otherwise keeps its free pages, and uses them again.
    if (now >= left) return
    left = now
    await turn()
  }
}

/** Whoever shares this process has a turn. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}

function sizeOf({ path }: Connection): number {
  return fs.statSync(path).size
}
