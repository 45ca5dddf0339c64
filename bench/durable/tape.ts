import Database from 'better-sqlite3'

/** One call of a prepared statement, as the engine made it. */
interface Call {
  readonly statement: number
  readonly method: 'run' | 'get' | 'all'
  readonly parameters: readonly unknown[]
}

/** A statement of the tape, as it was prepared. */
interface Prepared {
  readonly sql: string
  readonly shape: Shape
}

/** What a row is read as: an object, its first value, or its values in a list. */
type Shape = 'object' | 'pluck' | 'raw'

/** Every statement that was run between `start` and `stop`, with its parameters, in order. */
export interface Tape {
  readonly statements: readonly Prepared[]
  readonly calls: readonly Call[]
}

type Method = (...parameters: unknown[]) => unknown
type Prepare = (this: Database.Database, sql: string) => Database.Statement

/**
 * Records what is run on every connection that is opened while it records: BEGIN and COMMIT are
 * statements among the others, so that a replay commits where the engine did.
 */
export class Recorder {
  readonly #statements: { sql: string; shape: Shape }[] = []
  readonly #calls: Call[] = []
  readonly #original = Database.prototype.prepare as Prepare
  #on = false

  /** From now on, what is prepared is watched; `start` begins the tape. */
  install(): void {
    const original = this.#original
    const watched = (statement: Database.Statement): Database.Statement => this.#watched(statement)
    Database.prototype.prepare = function (this: Database.Database, sql: string) {
      return watched(original.call(this, sql))
    } as typeof Database.prototype.prepare
  }

  start(): void {
    this.#on = true
  }

  /** Ends the tape and leaves better-sqlite3 as it was. */
  stop(): Tape {
    this.#on = false
    Database.prototype.prepare = this.#original as typeof Database.prototype.prepare
    return { statements: this.#statements, calls: this.#calls }
  }

  #watched(statement: Database.Statement): Database.Statement {
    const index = this.#statements.push({ sql: statement.source, shape: 'object' }) - 1
    const watch = (method: Call['method']): Method => {
      const original = (statement[method] as Method).bind(statement)
      return (...parameters) => {
        if (this.#on) this.#calls.push({ statement: index, method, parameters })
        return original(...parameters)
      }
    }
    const shaped = (shape: 'pluck' | 'raw') => {
      const original = statement[shape].bind(statement)
      return () => {
        ;(this.#statements[index] as { shape: Shape }).shape = shape
        original()
        return statement
      }
    }
    return Object.assign(statement, {
      run: watch('run'),
      get: watch('get'),
      all: watch('all'),
      pluck: shaped('pluck'),
      raw: shaped('raw'),
    })
  }
}

/** Runs a tape on a connection: nothing but the statements. Returns milliseconds. */
export function replayTape(db: Database.Database, tape: Tape): number {
  const used = new Set(tape.calls.map(({ statement }) => statement))
  const statements = tape.statements.map(({ sql, shape }, index) => {
    if (!used.has(index)) return null
    const statement = db.prepare(sql)
    return shape === 'object' ? statement : statement[shape]()
  })
  const started = performance.now()
  for (const { statement, method, parameters } of tape.calls) {
    const prepared = statements[statement] as Database.Statement
    if (method === 'run') prepared.run(...parameters)
    else if (method === 'get') prepared.get(...parameters)
    else prepared.all(...parameters)
  }
  return performance.now() - started
}
