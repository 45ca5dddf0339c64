import type { z } from 'zod'
import { cut, shown } from './shapes.js'

export type Path = readonly (string | number)[]

/** What is wrong with a value, and where in it. */
export interface Problem {
  readonly path: Path
  /** Whether the field itself is at fault, or its value. */
  readonly at: 'key' | 'value'
  readonly message: string
}

const missing = 'is missing'

type Issue = z.core.$ZodIssue

/** Reads a value by a schema, with messages that {@link problemsOf} can turn into sentences. */
export function read<T>(schema: z.ZodType<T>, value: unknown): z.ZodSafeParseResult<T> {
  return schema.safeParse(value, { error: wording })
}

/** The problems of a failed read, the path of each beginning with `at`. */
export function problemsOf(error: z.ZodError, at: Path): Problem[] {
  return withoutEchoes(error.issues.flatMap((issue) => problemsOfIssue(issue, at)))
}

/** A required field that is misspelt is one problem, not also a field that is missing. */
function withoutEchoes(problems: readonly Problem[]): Problem[] {
  const meant = new Set(
    problems.flatMap(({ path, at, message }) => {
      const [, key] = /did you mean "(.+)"\?$/.exec(message) ?? []
      return at === 'key' && key !== undefined ? [JSON.stringify([...path.slice(0, -1), key])] : []
    }),
  )
  return problems.filter(
    ({ path, message }) => !message.endsWith(missing) || !meant.has(JSON.stringify(path)),
  )
}

/** A path after the name of what it leads into: `[2].fail.code`. */
export function where(path: Path): string {
  return path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('')
}

function problemsOfIssue(issue: Issue, at: Path): Problem[] {
  const path = [...at, ...issue.path.map(plainStep)]
  switch (issue.code) {
    case 'unrecognized_keys': {
      const lines = issue.message.split('\n')
      return issue.keys.map((key, index) => ({
        path: [...path, key],
        at: 'key',
        message: lines[index] ?? `"${cut(key)}" is not known here`,
      }))
    }
    case 'invalid_union': {
      const meant = branchMeant(issue.errors)
      if (meant !== undefined) return meant.flatMap((inner) => problemsOfIssue(inner, path))
      return [{ path, at: 'value', message: sentence(path, issue.message) }]
    }
    case 'invalid_key': {
      const message = issue.issues[0]?.message ?? issue.message
      return [{ path, at: 'key', message: sentence(path, message) }]
    }
    default:
      return [{ path, at: 'value', message: sentence(path, issue.message) }]
  }
}

/**
 * The alternative that the value is most likely meant to be: of its kind, and with the fewest fields
 * that are missing or unknown. Undefined when nothing is of its kind.
 */
function branchMeant(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const ofKind = branches.filter((issues) => issues.every((issue) => !isOtherKind(issue)))
  const [first, ...others] = ofKind.map((issues) => ({ issues, strange: strangeFields(issues) }))
  if (first === undefined) return undefined
  return others.reduce((best, each) => (each.strange < best.strange ? each : best), first).issues
}

function strangeFields(issues: readonly Issue[]): number {
  return issues.reduce((sum, issue) => {
    if (issue.code === 'unrecognized_keys') return sum + issue.keys.length
    return issue.path.length === 1 && issue.message === missing ? sum + 1 : sum
  }, 0)
}

function isOtherKind({ code, path }: Issue): boolean {
  return path.length === 0 && (code === 'invalid_type' || code === 'invalid_value')
}

function plainStep(step: PropertyKey): string | number {
  return typeof step === 'number' ? step : String(step)
}

/** Puts the name of the field before a message that begins with its verb. */
function sentence(path: Path, message: string): string {
  return /^(must|is) /.test(message) ? `${label(path)} ${message}` : message
}

function label(path: Path): string {
  const last = path.at(-1)
  if (last === undefined) return 'this'
  if (typeof last === 'string') return `"${cut(last)}"`
  const list = path.findLast((step) => typeof step === 'string')
  return list === undefined ? `item ${last + 1}` : `item ${last + 1} of "${cut(list)}"`
}

/** Words for what zod finds, where a schema has none of its own. */
function wording(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.input === undefined) return missing
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${kinds[issue.expected] ?? issue.expected}, not ${shown(issue.input)}`
    case 'invalid_value':
      return `must be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`
    case 'too_small':
      return issue.origin === 'string'
        ? 'must not be empty'
        : `must be at least ${issue.minimum}${unit(issue.origin)}`
    case 'too_big':
      return `must be at most ${issue.maximum}${unit(issue.origin)}`
    default:
      return undefined
  }
}

const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
}

function unit(origin: string): string {
  if (origin === 'string') return ' characters long'
  return origin === 'array' ? ' items long' : ''
}
