import type { z } from 'zod'
import { BakelineError } from '../../../core/errors.js'
import { type Answers, answerSchemas } from './answers.js'
import { splitJson } from './split.js'

type Plain = Readonly<Record<string, unknown>>
type Operation = keyof typeof answerSchemas

/** A value of a file, for messages. */
interface Place {
  readonly source: string
  readonly line: number
}

const operations = Object.keys(answerSchemas) as Operation[]

/**
 * What DescribeImagePipelineExecutions, DescribeImages and DescribeImagePipelines answered, as it
 * was saved: bodies, what an SDK returned (`{ headers, body }`), lists or lines of them, with an `at`
 * beside the body where a caller noted the time. Null when the text holds no such answer.
 *
 * @throws BakelineError `INVALID_INPUT` with file, line and field for what cannot be understood
 */
export function readAnswers(text: string, source: string): Answers | null {
  const chunks = splitJson(text)
  if (chunks === null || chunks.length === 0) return null
  if (!operations.some((operation) => mentions(text, operation))) return null
  const found: { -readonly [F in keyof Answers]: Answers[F][number][] } = {
    executions: [],
    images: [],
    templates: [],
  }
  for (const { text: json, line } of chunks) {
    const place = { source, line }
    const value = parsed(json, place)
    for (const each of Array.isArray(value) ? value : [value]) add(found, each, place)
  }
  return found
}

/** Fields begin with a small letter where an SDK has named them. */
function mentions(text: string, field: string): boolean {
  return new RegExp(`"[${field[0]}${field[0]?.toLowerCase()}]${field.slice(1)}"\\s*:`).test(text)
}

function parsed(json: string, place: Place): unknown {
  try {
    return JSON.parse(json)
  } catch (error) {
    throw wrong(place, `is not JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function add(
  found: { -readonly [F in keyof Answers]: Answers[F][number][] },
  value: unknown,
  place: Place,
): void {
  const outer = capitalised(value)
  const inner = isPlain(outer['Body']) ? outer['Body'] : outer
  const operation = operations.find((name) => isPlain(inner[name]))
  // A poll that was refused tells nothing of executions.
  if (operation === undefined && typeof inner['Code'] === 'string') return
  const polled = polledAt(outer, place)
  switch (operation) {
    case 'ImagePipelineExecution': {
      const read = checked(answerSchemas[operation], inner, place)
      const rows = read.ImagePipelineExecution.ImagePipelineExecutionSet
      found.executions.push(...rows.map((row) => ({ polled, row })))
      return
    }
    case 'Images': {
      const { RegionId: region, Images } = checked(answerSchemas[operation], inner, place)
      found.images.push(...Images.Image.map((row) => ({ polled, region, row })))
      return
    }
    case 'ImagePipeline':
      found.templates.push(
        ...checked(answerSchemas[operation], inner, place).ImagePipeline.ImagePipelineSet,
      )
      return
    default:
      throw wrong(
        place,
        'is an answer of none of DescribeImagePipelineExecutions, DescribeImages and ' +
          'DescribeImagePipelines: save their bodies, or { "body": … }',
      )
  }
}

/** The time of a poll: noted by the caller as `at`, else the Date of the answer. */
function polledAt(outer: Plain, place: Place): number | null {
  const headers = isPlain(outer['Headers']) ? outer['Headers'] : {}
  const said = outer['At'] ?? headers['Date']
  if (said === undefined || said === null) return null
  const ms = typeof said === 'string' ? Date.parse(said) : Number.NaN
  if (!Number.isNaN(ms)) return ms
  const field = outer['At'] === undefined ? 'headers.date' : 'at'
  throw wrong(place, `${field} is not a time: write one such as 2026-01-05T02:00:00Z`)
}

function checked<S extends z.ZodType>(schema: S, value: Plain, place: Place): z.output<S> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const keys = (issue?.path ?? []).map((key) =>
    typeof key === 'number' ? `[${key}]` : `.${String(key)}`,
  )
  const field = keys.join('').replace(/^\./, '')
  throw wrong(place, `${field} ${issue?.message ?? 'is wrong'}`)
}

/** Fields as the wire has them. */
function capitalised(value: unknown): Plain {
  const named = (each: unknown): unknown => {
    if (Array.isArray(each)) return each.map(named)
    if (!isPlain(each)) return each
    return Object.fromEntries(
      Object.entries(each).map(([key, inner]) => [
        (key[0] ?? '').toUpperCase() + key.slice(1),
        named(inner),
      ]),
    )
  }
  return isPlain(value) ? (named(value) as Plain) : {}
}

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function wrong({ source, line }: Place, what: string): BakelineError {
  return new BakelineError('INVALID_INPUT', `${source}, line ${line}: ${what}`, {
    source,
    line: String(line),
  })
}
