import { BakelineError } from '../core/errors.js'
import { viaJson } from '../core/json.js'
import type { CatalogRow, CatalogWrite, Reader } from '../core/ports.js'
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
  readonly #undo: Undo
  /** Whether a row is there, of those that this turn wrote. */
  readonly #there = new Map<string, boolean>()

  constructor(reader: Reader, undo: Undo) {
    this.#reader = reader
    this.#undo = undo
  }

  /** @throws BakelineError `INVALID_INPUT` */
  add(write: CatalogWrite): void {
    const { op, kind, key } = write
    if (!catalogKind.test(kind)) throw refused(write, 'a kind is letters, digits and _')
    const place = `${kind}/${key}`
    const there = this.#there.get(place) ?? this.#reader.catalogGet(kind, key) !== undefined
    if (op === 'insert' && there) throw refused(write, 'it exists')
    if (op === 'patch' && !there) throw refused(write, 'it does not exist')
    this.#undo.set(this.#there, place, op !== 'delete')
    const body = op === 'delete' ? null : (viaJson(write.body) as CatalogRow['body'])
    this.#undo.push(this.all, op === 'delete' || !body ? write : { ...write, body })
  }
}

function refused({ op, kind, key }: CatalogWrite, why: string): BakelineError {
  return new BakelineError('INVALID_INPUT', `cannot ${op} ${kind} "${key}": ${why}`, { kind, key })
}
