import { closeSync, openSync, readSync, writeSync } from 'node:fs'
import Database from 'better-sqlite3'

/** Byte 0 is 1 while a batch is open; the four bytes after it count the batches. */
const size = 5

/**
 * Lets a file tell whether this process has a batch open: from the moment in which
 * `BEGIN IMMEDIATE` has taken the lock until `COMMIT` or `ROLLBACK` is through. The file is no part
 * of the database, so a kill leaves it as it stood.
 */
export function markBatches(path: string): void {
  const file = openSync(path, 'r+')
  const bytes = Buffer.alloc(size)
  let batches = 0
  const mark = (open: boolean): void => {
    bytes[0] = Number(open)
    bytes.writeUInt32LE(open ? ++batches : batches, 1)
    writeSync(file, bytes, 0, size, 0)
  }
  const { prototype } = Database
  const prepare = prototype.prepare
  prototype.prepare = function prepareMarked(this: Database.Database, sql: string) {
    const statement = prepare.call<Database.Database, [string], Database.Statement<[]>>(this, sql)
    if (!/^(BEGIN IMMEDIATE|COMMIT|ROLLBACK)$/.test(sql)) return statement
    const run = statement.run.bind(statement)
    const marked = (): Database.RunResult => {
      const result = run()
      mark(sql === 'BEGIN IMMEDIATE')
      return result
    }
    return Object.defineProperty(statement, 'run', { value: marked })
  } as typeof prepare
}

/** A marker as another process sees it. */
export class Marker {
  readonly #file: number
  readonly #bytes = Buffer.alloc(size)

  constructor(path: string) {
    this.#file = openSync(path, 'w+')
    this.clear()
  }

  clear(): void {
    writeSync(this.#file, Buffer.alloc(size), 0, size, 0)
  }

  /** Whether a batch is open, or was when the process died. */
  get open(): boolean {
    return this.#read()[0] === 1
  }

  /** How many batches were begun. */
  get batches(): number {
    return this.#read().readUInt32LE(1)
  }

  close(): void {
    closeSync(this.#file)
  }

  #read(): Buffer {
    readSync(this.#file, this.#bytes, 0, size, 0)
    return this.#bytes
  }
}
