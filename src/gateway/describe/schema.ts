import type { Json } from '../../core/json.js'
import type { Field, Fields, TextRule } from '../../imagebuilder/parameters/field.js'
import { limitsOf } from '../../imagebuilder/parameters/limits.js'
import { exampleText } from './examples.js'

/** JSON Schema, 2020-12, as OpenAPI 3.1 has it. */
export type Schema = { readonly [keyword: string]: Json }

/** The parameters of an operation as one object, nested as their names on the wire are. */
export function schemaOfFields(action: string, fields: Fields, prefix = ''): Schema {
  const entries = Object.entries(fields)
  const required = entries.flatMap(([key, field]) => (field.required === undefined ? [] : [key]))
  return {
    type: 'object',
    properties: Object.fromEntries(
      entries.map(([key, field]) => [key, schemaOf(action, field, `${prefix}${key}`)]),
    ),
    ...(required.length > 0 ? { required } : {}),
    additionalProperties: false,
  }
}

function schemaOf(action: string, field: Field, name: string): Schema {
  return { ...about(field), ...shapeOf(action, field, name) }
}

function about(field: Field): Schema {
  const limits = limitsOf(field)
  const otherwise = field.otherwise === undefined ? '' : ` Without it: ${field.otherwise}.`
  const inWords = limits === '' || field.type === 'boolean' ? '' : ` Legal: ${limits}.`
  return {
    description: `${field.docs}${inWords}${otherwise}`,
    ...(field.deprecated === undefined && field.type !== 'ignored' ? {} : { deprecated: true }),
    ...('default' in field && field.default !== undefined ? { default: field.default } : {}),
  }
}

function shapeOf(action: string, field: Field, name: string): Schema {
  switch (field.type) {
    case 'text': {
      const example = exampleText(action, name)
      const examples = example === undefined ? {} : { examples: [example] }
      return { type: 'string', ...textRule(field), ...examples }
    }
    case 'choice':
      return { type: 'string', enum: field.values }
    case 'integer':
      return { type: 'integer', minimum: field.min, maximum: field.max }
    case 'long':
      return { type: 'string', pattern: '^\\d{1,20}$' }
    case 'boolean':
      return { type: 'boolean' }
    case 'list':
      return {
        type: 'array',
        maxItems: field.max,
        items: schemaOf(action, field.item, `${name}.N`),
      }
    case 'object':
      return schemaOfFields(action, field.fields, `${name}.`)
    case 'ignored':
      return {}
  }
}

/** Bytes have no keyword; the description tells them. */
function textRule(rule: TextRule): Schema {
  const { min = 0, max, unit } = rule
  const isCounted = unit !== 'bytes'
  const pattern = patternOf(rule)
  return {
    ...(isCounted && min > 0 ? { minLength: min } : {}),
    ...(isCounted && max !== undefined ? { maxLength: max } : {}),
    ...(pattern === undefined ? {} : { pattern }),
  }
}

/** What a text must look like and must not, as one expression. */
function patternOf({ pattern, notStarting, notContaining }: TextRule): string | undefined {
  const words = (list: readonly string[]) => list.map(escaped).join('|')
  const lookaheads = [
    ...(notStarting === undefined ? [] : [`(?!${words(notStarting)})`]),
    ...(notContaining === undefined ? [] : [`(?![\\s\\S]*(?:${words(notContaining)}))`]),
  ]
  if (pattern === undefined && lookaheads.length === 0) return undefined
  return `^${lookaheads.join('')}${pattern?.matches.source.replace(/^\^/, '') ?? ''}`
}

function escaped(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}

/** The shape of a sample: every field of it may be there, with values of the same types. */
export function schemaOfSample(value: Json): Schema {
  if (Array.isArray(value)) {
    const items: readonly Json[] = value
    const [first] = items
    return { type: 'array', ...(first === undefined ? {} : { items: schemaOfSample(first) }) }
  }
  if (value === null) return {}
  if (typeof value === 'object') {
    return {
      type: 'object',
      properties: Object.fromEntries(
        Object.entries(value).map(([name, each]) => [name, schemaOfSample(each as Json)]),
      ),
    }
  }
  if (typeof value === 'number') return { type: Number.isInteger(value) ? 'integer' : 'number' }
  return { type: typeof value }
}
