import { BakelineError } from '../core/errors.js'
import type { CatalogQuery, CatalogWrite } from '../core/ports.js'
import { clockSetting } from './options.js'

/** What a kind or a field of the catalog may be called: it becomes part of a statement. */
const word = /^[A-Za-z][A-Za-z0-9_]*$/

/**
 * How many rows a page may have.
 *
 * @throws BakelineError `INVALID_INPUT` for anything but a whole number from 0 on: SQL would take
 *   -1 for "all of them".
 */
export function pageSize(limit: number): number {
  if (Number.isSafeInteger(limit) && limit >= 0) return limit
  throw new BakelineError(
    'INVALID_INPUT',
    `a limit is a whole number, at least 0, and not ${String(limit)}`,
  )
}

/** @throws BakelineError `INVALID_INPUT` when a kind is not a word. */
export function checkCatalogWrite({ kind }: CatalogWrite): void {
  checkWord('kind', kind)
}

/** @throws BakelineError `INVALID_INPUT` when a kind or a field is not a word. */
export function checkCatalogQuery({ kind, where = {} }: CatalogQuery): void {
  checkWord('kind', kind)
  for (const field of Object.keys(where)) checkWord('field', field)
}

/** @throws BakelineError `INVALID_INPUT` when a setting would take the place of the clock. */
export function checkSetting(key: string): void {
  if (key !== clockSetting) return
  throw new BakelineError(
    'INVALID_INPUT',
    `no setting may be called "${clockSetting}": the file's own clock is kept there`,
  )
}

function checkWord(what: string, text: string): void {
  if (word.test(text)) return
  throw new BakelineError(
    'INVALID_INPUT',
    `${JSON.stringify(text)} is no ${what} of the catalog: letters, digits and _ only, ` +
      'a letter first',
  )
}
