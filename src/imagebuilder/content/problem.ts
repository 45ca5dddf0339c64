import { EcsError } from '../errors.js'
import type { ContentUse } from './model.js'

/** The two content problems that the service answers with "not found" rather than "bad request". */
const NOT_FOUND: ReadonlySet<string> = new Set([
  'ImageComponent.NotFound',
  'NotSupportedCommand.FROM',
])

/** Codes whose documented text is `%s.`; the text of the others is a bare `%s`. */
const ENDS_WITH_A_STOP =
  /^(?:(?:NotE|E)mptyCommandContent|InvalidParameter|(?:Invalid)?ImageComponent)\./

/** The longest piece of the caller's own text that a message repeats, in UTF-16 units. */
const QUOTE_LENGTH = 60

/** The longest message text: names that a caller made up may be as long as the content. */
const TEXT_LENGTH = 600

/**
 * The error for a problem in content: the status and final stop that the code has in the service's
 * tables, and the line in front of the text.
 */
export function problem(code: string, text: string, line?: number): EcsError {
  const place = line === undefined ? '' : `line ${line}: `
  return fixedProblem(
    code,
    `${place}${clip(text, TEXT_LENGTH)}${ENDS_WITH_A_STOP.test(code) ? '.' : ''}`,
    line,
  )
}

/** As `problem`, for a code whose whole message is documented. `details.Line` tells the line. */
export function fixedProblem(code: string, message: string, line?: number): EcsError {
  const details = line === undefined ? {} : { Line: String(line) }
  return new EcsError(NOT_FOUND.has(code) ? 404 : 400, code, message, details)
}

/** The code for content that has no code of its own for what is wrong with it. */
export function parameterCode(use: Pick<ContentUse, 'kind' | 'purpose'>): string {
  return `InvalidParameter.${use.kind === 'component' ? '' : use.purpose}Content`
}

/** The caller's text in quotes, cut to a bearable length, with control characters made visible. */
export function quote(text: string): string {
  return JSON.stringify(clip(text, QUOTE_LENGTH))
}

function clip(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text
}
