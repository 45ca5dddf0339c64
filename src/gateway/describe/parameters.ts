import type { Field, Fields, TextRule } from '../../imagebuilder/parameters/field.js'
import { limitsOf } from '../../imagebuilder/parameters/limits.js'
import { exampleText } from './examples.js'

/** Limits of a value as numbers and words; what is not limited is left out. */
export interface DescribedLimits {
  readonly min?: number
  readonly max?: number
  /** What `min` and `max` count of a text: `characters` or `bytes`; of a number: `GiB`. */
  readonly unit?: string
  /** A regular expression of JavaScript, to be read with its flag `u`. */
  readonly pattern?: string
  readonly notStarting?: readonly string[]
  readonly notContaining?: readonly string[]
  /** The only legal values. */
  readonly values?: readonly string[]
  /** How many entries a list may have. */
  readonly maxItems?: number
  /** The field in which the entries of a list must differ. */
  readonly unique?: string
}

export type DescribedType = 'text' | 'long' | 'integer' | 'boolean' | 'list' | 'object'

/** One parameter; lists and objects come before what they hold. */
export interface DescribedParameter {
  /** As on the wire, `N` for a number from 1: `ImageOptions.ImageTags.N.Key`. */
  readonly name: string
  /** `long` is a number of up to 20 digits, written as text. */
  readonly type: DescribedType
  /** The type of a list's entries; those of objects follow as parameters of their own. */
  readonly items?: DescribedType
  readonly required: boolean
  /** False: old clients send it, and it is not looked at. */
  readonly honoured: boolean
  readonly docs: string
  /** The limits as a sentence, '' for none. */
  readonly limitsText: string
  readonly limits: DescribedLimits
  readonly default?: string | number | boolean
  /** What happens without it, where that is not one fixed value. */
  readonly otherwise?: string
  /** The parameter that replaced it. */
  readonly deprecated?: string
  readonly example?: string | number | boolean
}

/** The parameters of an operation, in the order of its table. */
export function describeParameters(action: string, fields: Fields): readonly DescribedParameter[] {
  return Object.entries(fields).flatMap(([key, field]) => describeField(action, field, key))
}

function describeField(action: string, field: Field, name: string): readonly DescribedParameter[] {
  const inner = (fields: Fields, prefix: string) =>
    Object.entries(fields).flatMap(([key, each]) => describeField(action, each, prefix + key))
  if (field.type === 'object')
    return [describe(action, field, name), ...inner(field.fields, `${name}.`)]
  if (field.type !== 'list') return [describe(action, field, name)]
  const { item } = field
  // A list of plain values is one parameter, with the limits of its values.
  if (item.type !== 'object') return [describe(action, field, `${name}.N`)]
  return [describe(action, field, name), ...inner(item.fields, `${name}.N.`)]
}

function describe(action: string, field: Field, name: string): DescribedParameter {
  const item = field.type === 'list' ? field.item : undefined
  const plain = item !== undefined && item.type !== 'object' ? item : field
  const limits = { ...limitsAsNumbers(field), ...(plain === field ? {} : limitsAsNumbers(plain)) }
  const words = [limitsOf(field), ...(plain === field ? [] : [limitsOf(plain)])]
  const example = exampleOf(action, plain, name)
  return {
    name,
    type: typeOf(field),
    ...(item === undefined ? {} : { items: typeOf(item) }),
    required: field.required !== undefined,
    honoured: field.type !== 'ignored',
    docs: field.docs,
    limitsText: words.filter((text) => text !== '').join('; each '),
    limits,
    ...('default' in field && field.default !== undefined ? { default: field.default } : {}),
    ...(field.otherwise === undefined ? {} : { otherwise: field.otherwise }),
    ...(field.deprecated === undefined ? {} : { deprecated: field.deprecated }),
    ...(example === undefined ? {} : { example }),
  }
}

function typeOf({ type }: Field): DescribedType {
  return type === 'choice' || type === 'ignored' ? 'text' : type
}

function limitsAsNumbers(field: Field): DescribedLimits {
  switch (field.type) {
    case 'text':
      return textLimits(field)
    case 'choice':
      return { values: field.values }
    case 'integer':
      return {
        min: field.min,
        max: field.max,
        ...(field.unit === undefined ? {} : { unit: field.unit }),
      }
    case 'long':
      return { min: 1, max: 20, unit: 'digits' }
    case 'list':
      return {
        maxItems: field.max,
        ...(field.unique === undefined ? {} : { unique: field.unique.key }),
      }
    case 'boolean':
    case 'object':
    case 'ignored':
      return {}
  }
}

function textLimits({
  min,
  max,
  unit,
  pattern,
  notStarting,
  notContaining,
}: TextRule): DescribedLimits {
  const counted = min !== undefined || max !== undefined
  return {
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(counted ? { unit: unit ?? 'characters' } : {}),
    ...(pattern === undefined ? {} : { pattern: pattern.matches.source }),
    ...(notStarting === undefined ? {} : { notStarting }),
    ...(notContaining === undefined ? {} : { notContaining }),
  }
}

/** A value that is legal by itself; lists have that of one entry. */
function exampleOf(
  action: string,
  field: Field,
  name: string,
): string | number | boolean | undefined {
  switch (field.type) {
    case 'text':
      return exampleText(action, name)
    case 'choice':
      return field.default ?? field.values[0]
    case 'integer':
      return field.default ?? field.min
    case 'boolean':
      return field.default ?? true
    case 'long':
      return '1284387915995949'
    case 'list':
    case 'object':
    case 'ignored':
      return undefined
  }
}
