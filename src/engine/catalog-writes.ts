import { BakelineError } from '../core/errors.js'
import { viaJson } from '../core/json.js'
import type { CatalogRow, CatalogWrite, Reader } from '../core/ports.js'
import type { Memory } from './memory.js'
import type { Undo } from './undo.js'

/** What every store takes for a kind. */
const catalogKind = /^[A-Za-z][A-Za-z0-9_]*$/

/**
 * What a turn writes to the catalog. What contradicts it is refused here, where it is one step's
 * fault, and not by the store, where it would be the whole transaction's.
 */
export class CatalogWrites {
  readonly all: CatalogWrite[] = []
  readonly #reader: Reader
  readonly #memory: Memory
  readonly #undo: Undo
  /** Whether a row is there, of those that this turn wrote. Made when it writes one. */
  #there: Map<string, boolean> | null = null

  constructor(reader: Reader, memory: Memory, undo: Undo) {
    this.#reader = reader
    this.#memory = memory
    this.#undo = undo
  }

  /** A row as it was before this turn; one that is known to be missing is not looked for. */
  get(kind: string, key: string): CatalogRow | undefined {
    const { catalog } = this.#memory
    const place = placeOf(kind, key)
    if (catalog.get(place) === false) return undefined
    const row = this.#reader.catalogGet(kind, key)
    // Of what is there, its contents are wanted anew every time: nothing is won by knowing that it is.
    if (row === undefined) catalog.set(place, false)
    return row
  }

  /** @throws BakelineError `INVALID_INPUT` */
  add(write: CatalogWrite): void {
    const { op, kind, key } = write
    if (!catalogKind.test(kind)) throw refused(write, 'a kind is letters, digits and _')
    if (op === 'insert' && this.#isThere(kind, key)) throw refused(write, 'it exists')
    if (op === 'patch' && !this.#isThere(kind, key)) throw refused(write, 'it does not exist')
    this.#undo.set((this.#there ??= new Map()), placeOf(kind, key), op !== 'delete')
    const body = op === 'delete' ? null : (viaJson(write.body) as CatalogRow['body'])
    this.#undo.push(this.all, op === 'delete' || !body ? write : { ...write, body })
  }

  /** What holds from now on, when the turn's batch is written. */
  remember(): void {
    for (const [place, there] of this.#there ?? []) this.#memory.catalog.set(place, there)
  }

  #isThere(kind: string, key: string): boolean {
    const place = placeOf(kind, key)
    const known = this.#there?.get(place) ?? this.#memory.catalog.get(place)
    return known ?? this.get(kind, key) !== undefined
  }
}

/** Kinds are words, so that no two pairs meet. */
function placeOf(kind: string, key: string): string {
  return `${kind}/${key}`
}

function refused({ op, kind, key }: CatalogWrite, why: string): BakelineError {
  return new BakelineError('INVALID_INPUT', `cannot ${op} ${kind} "${key}": ${why}`, { kind, key })
}
