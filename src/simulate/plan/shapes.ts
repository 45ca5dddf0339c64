import { z } from 'zod'
import { durationMs } from '../../core/duration.js'
import { BakelineError } from '../../core/errors.js'
import { nearest } from '../../core/nearest.js'

/**
 * Pieces that the schemas of plans and scenarios are made of. A message that begins with `must` is
 * completed with the name of the field when the problem is reported.
 */

/** A list is named in full up to this many words. */
const fewWords = 14

/** Of a longer list only so many are compared with a misspelt word. */
const manyWords = 1_000

/** Words longer than this are cut in messages. */
const longWord = 100

/** `"strat" is not a step; did you mean "start"?`, or the legal words when none is close. */
export function notA(what: string, word: string, legal: readonly string[]): string {
  const found = nearest(word, legal.slice(0, manyWords))
  const known = legal.length === 0 || legal.length > fewWords ? '' : `; known: ${legal.join(', ')}`
  const hint = found === undefined ? known : `; did you mean "${found}"?`
  return `"${cut(word)}" is not ${what}${hint}`
}

/** A text as messages show it: on one line, and never so long that the rest is lost. */
export function cut(text: string): string {
  const line = text.slice(0, longWord).replace(/\p{Cc}/gu, ' ')
  return text.length > longWord ? `${line}…` : line
}

/** A value as messages show it. */
export function shown(input: unknown): string {
  if (input === null) return 'nothing'
  if (Array.isArray(input)) return 'a list'
  if (typeof input === 'object') return 'a mapping'
  return typeof input === 'string' ? `the text "${cut(input)}"` : String(input)
}

/**
 * An object without unknown fields. Their message has one line for each of them, with the nearest
 * legal one; `what` follows "is not": `a field of a rule`.
 */
export function closed<S extends z.ZodRawShape>(what: string, shape: S) {
  const legal = Object.keys(shape)
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? (issue.keys ?? []).map((key) => notA(what, key, legal)).join('\n')
        : undefined,
  })
}

/** One of a list of words; `what` follows "is not": `a status`. */
export function word<const W extends readonly [string, ...string[]]>(what: string, words: W) {
  return z.enum(words, {
    error: ({ input }) => {
      if (typeof input === 'string') return notA(what, input, words)
      return input === undefined ? undefined : `must be ${what}, not ${shown(input)}`
    },
  })
}

/** Text with at least one character. */
export const text = z.string().min(1).max(10_000)

/** A length of time such as `90s`, `1h30m`; text only, as a bare number would hide its unit. */
export const durationText = z
  .string({
    error: ({ input }) =>
      typeof input === 'number' ? `must have a unit: ${input}s or ${input}ms` : undefined,
  })
  .superRefine((value, context) => {
    const problem = durationProblem(value)
    if (problem !== undefined) context.addIssue({ code: 'custom', message: problem, input: value })
  })
  .meta({ id: 'duration', pattern: '^([0-9]+(\\.[0-9]+)?(ms|s|m|h|d))+$', examples: ['1h30m'] })

function durationProblem(value: string): string | undefined {
  try {
    durationMs(value)
    return undefined
  } catch (error) {
    if (error instanceof BakelineError) return error.message
    throw error
  }
}

/** An account id. A number would lose its last digits or its leading zeros, so it is refused. */
export const accountId = z
  .string({
    error: ({ input }) =>
      typeof input === 'number' ? 'must be text: put the account id in quotes' : undefined,
  })
  .regex(/^\d{1,20}$/, 'must be an account id of 1 to 20 digits')
