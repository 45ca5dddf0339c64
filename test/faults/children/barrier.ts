import { closeSync, openSync, readSync, writeSync } from 'node:fs'
import Database from 'better-sqlite3'

/** Byte 0 of the barrier's file opens it; each process that has come to it sets its own byte. */
const open = 0

/** A barrier file as the one who opens it sees it. */
export class Barrier {
  readonly #file: number
  readonly #count: number

  constructor(path: string, count: number) {
    this.#count = count
    this.#file = openSync(path, 'w+')
    writeSync(this.#file, Buffer.alloc(count + 1), 0, count + 1, 0)
  }

  /** Whether all have come. */
  get full(): boolean {
    const bytes = Buffer.alloc(this.#count + 1)
    readSync(this.#file, bytes, 0, bytes.length, 0)
    return bytes.subarray(1).every((byte) => byte === 1)
  }

  open(): void {
    writeSync(this.#file, Buffer.from([1]), 0, 1, open)
    closeSync(this.#file)
  }
}

/**
 * Lets this process stop, once armed, right before it asks for the file's write lock, until the
 * barrier is opened: the narrowest gate that there is.
 */
export function barrierBeforeLock(): { arm(path: string, place: number): void } {
  let armed: { readonly path: string; readonly place: number } | null = null
  const { prototype } = Database
  const prepare = prototype.prepare
  prototype.prepare = function prepareGated(this: Database.Database, sql: string) {
    const statement = prepare.call<Database.Database, [string], Database.Statement<[]>>(this, sql)
    if (sql !== 'BEGIN IMMEDIATE') return statement
    const run = statement.run.bind(statement)
    const gated = (): Database.RunResult => {
      const barrier = armed
      armed = null
      if (barrier) waitAt(barrier.path, barrier.place)
      return run()
    }
    return Object.defineProperty(statement, 'run', { value: gated })
  } as typeof prepare
  return { arm: (path, place) => void (armed = { path, place }) }
}

/** Blocks the whole process, as a lock would. */
function waitAt(path: string, place: number): void {
  const file = openSync(path, 'r+')
  const byte = Buffer.alloc(1)
  const still = new Int32Array(new SharedArrayBuffer(4))
  writeSync(file, Buffer.from([1]), 0, 1, place + 1)
  const giveUp = Date.now() + 60_000
  do {
    Atomics.wait(still, 0, 0, 0.5)
    readSync(file, byte, 0, 1, open)
  } while (byte[0] === 0 && Date.now() < giveUp)
  closeSync(file)
}
