import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'
import type { Connection } from './open.js'

/** So many commits make a process one that stays: only then a thread pays. No command makes as many. */
const commitsBefore = 200

/** How often the thread writes the log back, in milliseconds. */
const everyMs = 250

/**
 * With so many pages (16 MB) the log is worth beginning anew, which holds up a commit for two syncs: no
 * more than some commits in a hundred.
 */
const worthPages = 4_000

/** Commits write the log back themselves only when it has this many pages (64 MB) all the same. */
const mostPages = 16_000

/** So few pages (0.6 MB) that have come while the others were written back are left to the commits. */
const fewPages = 150

/**
 * Plain JavaScript, so that it runs from the sources, from dist/ and from a bundle alike.
 *
 * SQLite syncs the file only when it has written back all of the log, which under load is what the
 * commits' thread does: it would wait there for every page since the last time. So they are synced
 * here. A descriptor of our own would do it too, but to close one gives up the locks that SQLite has on
 * the file; hence SQLite's own, which Linux tells. Elsewhere the commits' thread waits as it did.
 *
 * Nobody waits for this thread, so whoever else wants a processor goes first: on Linux a priority is a
 * thread's own; elsewhere it would be the whole process's.
 */
const program = `
if (process.platform === 'linux') require('node:os').setPriority(19)
const { fsyncSync, readdirSync, readlinkSync, realpathSync } = require('node:fs')
const { parentPort, workerData } = require('node:worker_threads')
const Database = require(workerData.module)
const { path, synchronous, everyMs, worthPages, fewPages } = workerData
const db = new Database(path, { timeout: 1 })
db.pragma('synchronous = ' + synchronous)
const open = '/proc/self/fd'
const leadsTo = (name, file) => {
  try {
    return readlinkSync(open + '/' + name) === file
  } catch {
    return false
  }
}
const sync = () => {
  if (synchronous === 0) return
  try {
    const file = realpathSync(path)
    const name = readdirSync(open).find((each) => leadsTo(each, file))
    if (name !== undefined) fsyncSync(Number(name))
  } catch {
    // Not Linux.
  }
}
const writeBack = () => db.pragma('wal_checkpoint(PASSIVE)')[0].log
const write = () => {
  try {
    let log = writeBack()
    // What comes meanwhile is less every time, as is the time that it takes.
    for (let times = 0, came = log; times < 5 && log >= worthPages && came >= fewPages; times += 1) {
      sync()
      const before = log
      log = writeBack()
      came = log - before
    }
    if (log >= worthPages) sync()
    parentPort.postMessage(log)
  } catch {
    // Somebody else is at it, or the disk is full: those who commit hear of that.
  }
}
setInterval(write, everyMs)
`

/**
 * Writes SQLite's log back into the file from a thread of its own. A commit that has to do it keeps
 * everybody waiting for tens of milliseconds: that is what decides the slowest answers.
 *
 * Under steady load the thread never comes to the end of the log, which only begins anew when all of it
 * is written back: so it would grow, and each sync of a file that grows holds up whoever writes to it.
 * Hence the little that is left when the thread has done its work is written back here at once.
 */
export class Checkpoints {
  readonly #connection: Connection
  readonly #wanted: boolean
  #commits = 0
  #worker: Worker | null = null

  constructor(connection: Connection) {
    this.#connection = connection
    this.#wanted = connection.path !== ':memory:' && !connection.readOnly
  }

  /** Counts a commit; a process that makes many gets the thread. */
  committed(): void {
    if (!this.#wanted || ++this.#commits !== commitsBefore) return
    try {
      this.start()
    } catch {
      // No thread to be had: commits go on as they did before.
      this.#inline()
    }
  }

  start(): void {
    if (this.#worker) return
    const { db, path } = this.#connection
    const module = createRequire(import.meta.url).resolve('better-sqlite3')
    const synchronous = db.pragma('synchronous', { simple: true })
    const workerData = { module, path, synchronous, everyMs, worthPages, fewPages }
    const worker = new Worker(program, { eval: true, workerData })
    worker.on('message', (pages: number) => {
      if (pages >= worthPages) this.#writeRest()
    })
    // Without the thread, commits do it as they did before.
    worker.on('error', () => this.#inline())
    // The last of these: whoever listens holds the process up again.
    worker.unref()
    this.#worker = worker
    db.pragma(`wal_autocheckpoint = ${mostPages}`)
  }

  /** Resolves when the thread has written the log back once more. */
  written(): Promise<void> {
    return new Promise((resolve) => {
      this.#worker?.once('message', () => resolve())
    })
  }

  /** Ends the thread, which has the file open too. */
  async close(): Promise<void> {
    const worker = this.#worker
    this.#worker = null
    // A checkpoint that is under way comes to its end; the connection is closed with the thread.
    await worker?.terminate()
  }

  #writeRest(): void {
    const { db } = this.#connection
    try {
      if (db.open) db.pragma('wal_checkpoint(PASSIVE)')
    } catch {
      // Somebody else is at it, or the disk is full: those who commit hear of that.
    }
  }

  #inline(): void {
    this.#worker = null
    const { db } = this.#connection
    if (db.open) db.pragma('wal_autocheckpoint = 1000')
  }
}
