import { performance } from 'node:perf_hooks'
import type { Database, Statement } from 'better-sqlite3'
import type { Decision, Reader } from '../../core/ports.js'
import type { RunGroup, Waiting } from '../queue.js'
import { isEnvironmental, type Place, translate } from './errors.js'
import type { Connection } from './open.js'
import { createReader, watchedReader } from './reader.js'
import { applyBatch, type Tables } from './tables.js'

/** One transaction takes no more decisions than this, and begins none after this long. */
const decisionLimit = 1_000
const sliceMs = 50

/** What a decision came to, to be told after the commit. */
type Result = { readonly value: unknown } | { readonly error: unknown }

/** A batch could not be applied, and the transaction is spoilt. */
class Spoilt extends Error {
  override readonly name = 'Spoilt'
  /** How many decisions the transaction had taken, the one that failed included. */
  readonly taken: number

  constructor(taken: number, cause: unknown) {
    super('the transaction was spoilt', { cause })
    this.taken = taken
  }
}

/**
 * Group commit: the decisions that wait share one transaction, each seeing what the earlier ones
 * wrote, and are answered after its commit. When a batch cannot be applied, the transaction is
 * rolled back and each decision runs again in one of its own, so that only the culprit fails; that
 * is allowed because decisions are pure.
 */
export class GroupCommit {
  readonly #place: Place
  readonly #db: Database
  readonly #tables: Tables
  readonly #reader: Reader
  readonly #committed: () => void
  readonly #begin: Statement
  readonly #commit: Statement
  readonly #rollback: Statement
  readonly #version: Statement<[], number>
  /** What `PRAGMA data_version` said when it was last asked: it moves when others commit. */
  #seen: number | undefined
  #generation = 0
  #unread: unknown = null

  constructor(connection: Connection, tables: Tables, committed: () => void) {
    const { db } = connection
    this.#place = connection
    this.#db = db
    this.#tables = tables
    this.#committed = committed
    this.#begin = db.prepare('BEGIN IMMEDIATE')
    this.#commit = db.prepare('COMMIT')
    this.#rollback = db.prepare('ROLLBACK')
    this.#version = db.prepare<[], number>('PRAGMA data_version').pluck()
    // A decision may take a failed read for a failure of its own and go on; the group does not.
    this.#reader = watchedReader(createReader(tables, this.generation), (error) => {
      this.#unread = error
      return translate(error, connection)
    })
  }

  /** See `Reader.generation`. */
  readonly generation = (): number => this.#generation

  readonly run: RunGroup = (queue) => {
    try {
      return this.#together(queue)
    } catch (error) {
      const spoilt = error instanceof Spoilt ? error : null
      const cause = spoilt ? spoilt.cause : error
      // What keeps one from being written keeps all: nobody waits for the time-out in turn.
      if (spoilt === null || isEnvironmental(cause)) return this.#refuse(queue, cause)
      if (spoilt.taken === 1) return this.#refuse(queue.slice(0, 1), cause)
      return this.#oneByOne(queue.slice(0, spoilt.taken))
    }
  }

  /** Runs as many as one transaction takes and answers them; throws when nothing was written. */
  #together(queue: readonly Waiting[]): number {
    this.#begin.run()
    try {
      this.noticeOthers()
      const results = this.#decideAll(queue)
      this.#tables.counters.flush()
      this.#commit.run()
      this.#committed()
      for (let index = 0; index < results.length; index++) {
        answer(queue[index], results[index] as Result)
      }
      return results.length
    } catch (error) {
      this.#tables.counters.drop()
      this.#forget()
      // One more than the batch that could not be written would have made it.
      this.#generation += 2
      if (this.#db.inTransaction) this.#rollback.run()
      throw error
    }
  }

  /**
   * Forgets what is remembered when others have written since the last time. To be asked in a
   * transaction, before it reads anything: the version is that of the state which the whole
   * transaction sees, whoever writes meanwhile.
   */
  noticeOthers(): void {
    const version = this.#version.get()
    if (version === this.#seen) return
    this.#seen = version
    this.#generation += 2
    this.#forget()
  }

  #forget(): void {
    this.#tables.records.forgetEnds()
    this.#tables.settings.forget()
  }

  #decideAll(queue: readonly Waiting[]): Result[] {
    const results: Result[] = []
    const end = performance.now() + sliceMs
    const count = Math.min(queue.length, decisionLimit)
    while (results.length < count) {
      results.push(this.#decide(queue[results.length] as Waiting, results.length + 1))
      if (performance.now() >= end) break
    }
    return results
  }

  #decide(waiting: Waiting, taken: number): Result {
    this.#unread = null
    let decision: Decision<unknown> | null = null
    let own: unknown
    try {
      decision = waiting.decide(this.#reader)
    } catch (error) {
      own = error
    }
    if (this.#unread !== null) throw new Spoilt(taken, this.#unread)
    if (decision === null) return { error: own }
    try {
      if (decision.batch) {
        applyBatch(this.#tables, decision.batch)
        this.#generation++
      }
    } catch (error) {
      throw new Spoilt(taken, error)
    }
    return { value: decision.value }
  }

  #oneByOne(queue: readonly Waiting[]): number {
    let settled = 0
    for (const waiting of queue) {
      settled++
      try {
        this.#together([waiting])
      } catch (error) {
        const cause = error instanceof Spoilt ? error.cause : error
        waiting.reject(translate(cause, this.#place))
        if (isEnvironmental(cause)) break
      }
    }
    return settled
  }

  #refuse(queue: readonly Waiting[], cause: unknown): number {
    const error = translate(cause, this.#place)
    for (const { reject } of queue) reject(error)
    return queue.length
  }
}

function answer(waiting: Waiting | undefined, result: Result): void {
  if ('error' in result) waiting?.reject(result.error)
  else waiting?.resolve(result.value)
}
