import type { Reader } from '../../core/ports.js'
import type { ImageBuilder } from '../../imagebuilder/image-builder.js'
import { type Change, Life } from './life.js'
import { ours } from './picture.js'

const pageSize = 500

/** The lives of executions: those that are named, or all of which something is recorded. */
export class Lives {
  readonly #lives = new Map<number, Life>()
  readonly #only: ReadonlySet<string> | null
  #cursor = 0

  /** @param only ids to follow; null for every execution that changes from now on */
  private constructor(only: ReadonlySet<string> | null) {
    this.#only = only
  }

  /**
   * Begins to follow.
   *
   * @param since the record after which there is news; what is recorded now when absent
   */
  static async from(
    builder: ImageBuilder,
    only: readonly string[] | null,
    since?: number,
  ): Promise<Lives> {
    const lives = new Lives(only === null ? null : new Set(only))
    lives.#cursor = since ?? (await newestRecord(builder))
    return lives
  }

  /** What was recorded since the last call, in order. */
  news(reader: Reader): Change[] {
    const changes: Change[] = []
    for (;;) {
      const page = reader.stream(this.#cursor, pageSize)
      for (const record of page) {
        this.#cursor = record.n
        const life = this.#life(reader, record.execution, record.seq - 1)
        const change = life && record.seq > life.seq ? life.take(record) : null
        if (change) changes.push(change)
      }
      if (page.length < pageSize) return changes
    }
  }

  /** One life up to now. */
  of(reader: Reader, n: number): Life | undefined {
    return this.#life(reader, n)
  }

  /** The life of an execution; one that is new here is told up to a record. */
  #life(reader: Reader, n: number, upTo = Number.POSITIVE_INFINITY): Life | undefined {
    const known = this.#lives.get(n)
    if (known) return known
    const row = reader.execution(n)
    if (!row || row.machine !== ours || (this.#only && !this.#only.has(row.id))) return undefined
    const life = new Life(row.id)
    this.#lives.set(n, life)
    for (;;) {
      const page = reader.records(n, life.seq, pageSize).filter(({ seq }) => seq <= upTo)
      for (const record of page) life.take(record)
      if (page.length < pageSize) return life
    }
  }
}

/** The number of the newest record in the file. */
export function newestRecord(builder: ImageBuilder): Promise<number> {
  return builder.engine.read((reader) => reader.counter('record'))
}
