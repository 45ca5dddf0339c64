import { EcsError } from '../../imagebuilder/errors.js'
import type { Path } from '../../simulate/plan/problems.js'
import { scenarioError } from '../../simulate/scenario/messages.js'
import { positionOf } from '../../simulate/scenario/positions.js'
import { isMapping, readSource, type Source } from '../../simulate/scenario/source.js'

/** Parameters of one operation, and where they stand. */
export interface Request {
  readonly parameters: Readonly<Record<string, unknown>>
  /** `web.yaml:4:3` for a path inside the parameters. */
  readonly place: (path: Path) => string
}

/**
 * Reads the requests of a file: one mapping of parameters, several documents of them, or a mapping
 * with them by name under `key`.
 *
 * @param fallback parameters that a request has unless it says otherwise
 * @throws ScenarioError with line and column for what is no such file
 */
export function readRequests(
  file: string,
  text: string,
  { key, fallback }: { readonly key: string; readonly fallback: Readonly<Record<string, unknown>> },
): readonly Request[] {
  const found = parts(text).flatMap((part) => requestsIn(file, text, { part, key, fallback }))
  if (found.length > 0) return found
  const message = `nothing to create: give the parameters of one, or several under "${key}:"`
  throw scenarioError(file, text, [{ line: 1, column: 1, message }])
}

/** The documents of a file, each after as many empty lines as stand before it. */
function parts(text: string): readonly string[] {
  const lines = text.split('\n')
  const starts = lines.flatMap((line, index) => (/^---(\s|$)/.test(line) ? [index] : []))
  const bounds = [0, ...starts, lines.length]
  return bounds.slice(1).flatMap((end, index) => {
    const start = bounds[index] ?? 0
    const own = lines.slice(start, end).map((line, at) => (at === 0 ? unmarked(line) : line))
    const blank = own.every((line) => /^\s*(#.*)?$/.test(line))
    return blank ? [] : ['\n'.repeat(start) + own.join('\n')]
  })
}

/** A document's first line without its mark; what stands behind it keeps its column. */
function unmarked(line: string): string {
  return line.replace(/^---(?=\s|$)/, '   ')
}

interface Part {
  readonly part: string
  readonly key: string
  readonly fallback: Readonly<Record<string, unknown>>
}

function requestsIn(file: string, text: string, { part, key, fallback }: Part): Request[] {
  const source = readSource(part)
  if (!('document' in source)) throw scenarioError(file, text, source)
  const fail = (path: Path, message: string) =>
    scenarioError(file, text, [{ ...positionOf(source, path, 'key'), message }])
  if (!isMapping(source)) throw fail([], 'this must be a mapping of parameters')
  const whole = source.value as Readonly<Record<string, unknown>>
  if (!(key in whole)) return [requestOf(file, source, { path: [], value: whole, fallback })]
  const beside = Object.keys(whole).find((name) => name !== key && name !== '$schema')
  if (beside !== undefined) throw fail([beside], `"${beside}" cannot stand beside "${key}:"`)
  const named = whole[key]
  if (!isRecord(named)) throw fail([key], `"${key}" must be a mapping from names to parameters`)
  return Object.entries(named).map(([Name, value]) => {
    if (!isRecord(value)) throw fail([key, Name], `"${Name}" must be a mapping of parameters`)
    return requestOf(file, source, { path: [key, Name], value, fallback: { ...fallback, Name } })
  })
}

function requestOf(
  file: string,
  source: Source,
  {
    path,
    value,
    fallback,
  }: { path: Path; value: Readonly<Record<string, unknown>>; fallback: Part['fallback'] },
): Request {
  return {
    parameters: { ...fallback, ...value },
    place: (inner) => {
      const { line, column } = positionOf(source, [...path, ...inner], 'key')
      return `${file}:${line}:${column}`
    },
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A refusal of the service with the place in the file that it speaks of, under `Place`. */
export function withPlace(error: unknown, { place }: Request): unknown {
  if (!(error instanceof EcsError)) return error
  const { status, code, message, details } = error
  return new EcsError(status, code, message, { ...details, Place: place(pathOf(details)) })
}

/** The service counts from 1, `Tag.2.Key`; a file's lists count from 0. */
function pathOf({ Parameter = '' }: Readonly<Record<string, string>>): Path {
  if (Parameter === '') return []
  return Parameter.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) - 1 : step))
}
