import { didYouMean } from '../../core/nearest.js'
import { invalidParameter, refusal } from './fault.js'
import type { Fault } from './fault.js'
import type {
  BooleanField,
  ChoiceField,
  IntegerField,
  LongField,
  TextField,
  TextRule,
} from './field.js'
import { limitsOf } from './limits.js'

export type Leaf = TextField | ChoiceField | IntegerField | LongField | BooleanField

/** Checks one plain value and gives it in its own type; throws the field's fault. */
export function checkLeaf(field: Leaf, raw: unknown, name: string): string | number | boolean {
  switch (field.type) {
    case 'text':
      return checkText(field, raw, name)
    case 'choice':
      return checkChoice(field, raw, name)
    case 'integer':
      return checkInteger(field, raw, name)
    case 'long':
      return checkLong(field, raw, name)
    case 'boolean':
      return checkBoolean(field, raw, name)
  }
}

function checkText(field: TextField, raw: unknown, name: string): string {
  if (typeof raw !== 'string') throw notText(raw, name)
  const problem = textProblem(field, raw)
  if (problem === undefined) return raw
  throw wrong(field, name, `${shown(raw)} ${problem}`)
}

/** What a text breaks of its rule, to follow the text in a sentence. */
function textProblem(rule: TextRule, text: string): string | undefined {
  const unit = rule.unit ?? 'characters'
  const size = unit === 'bytes' ? utf8Length(text) : [...text].length
  if (size < (rule.min ?? 0)) return `is too short: it has ${size} ${unit}`
  if (size > (rule.max ?? Number.POSITIVE_INFINITY)) return `is too long: it has ${size} ${unit}`
  const start = rule.notStarting?.find((word) => text.startsWith(word))
  if (start !== undefined) return `starts with "${start}"`
  const part = rule.notContaining?.find((word) => text.includes(word))
  if (part !== undefined) return `contains "${part}"`
  if (rule.pattern !== undefined && !rule.pattern.matches.test(text)) {
    return `does not ${rule.pattern.says}`
  }
  return undefined
}

function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length
}

function checkChoice(field: ChoiceField, raw: unknown, name: string): string {
  if (typeof raw === 'string' && field.values.includes(raw)) return raw
  const hint = typeof raw === 'string' ? didYouMean(raw, field.values) : ''
  throw wrong(field, name, `${shown(raw)} is not a legal word`, hint)
}

function checkInteger(field: IntegerField, raw: unknown, name: string): number {
  const decimal = typeof raw === 'string' && /^-?\d{1,15}$/.test(raw)
  const value = decimal ? Number(raw) : raw
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    throw wrong(field, name, `${shown(raw)} is not a whole number`)
  }
  if (value < field.min || value > field.max) {
    throw wrong(field, name, `${value} is out of range`)
  }
  // Adding 0 turns -0 into 0, which JSON would do as well.
  return value + 0
}

function checkLong(field: LongField, raw: unknown, name: string): string {
  if (typeof raw === 'string' && /^\d{1,20}$/.test(raw)) return raw
  if (typeof raw === 'number' && Number.isSafeInteger(raw) && raw >= 0) return String(raw)
  const lost = typeof raw === 'number' && Number.isInteger(raw) && raw > 0
  const problem = lost
    ? `${raw} has more digits than a JSON number keeps: write it as text, in quotes`
    : `${shown(raw)} is not a number of digits`
  throw wrong(field, name, problem)
}

function checkBoolean(field: BooleanField, raw: unknown, name: string): boolean {
  if (typeof raw === 'boolean') return raw
  const word = typeof raw === 'string' ? raw.toLowerCase() : ''
  if (word === 'true' || word === 'false') return word === 'true'
  throw wrong(field, name, `${shown(raw)} is neither true nor false`)
}

/** A number would not survive as text (`1.10` is 1.1), so it is refused rather than turned. */
function notText(raw: unknown, name: string): Error {
  const fix = typeof raw === 'number' || typeof raw === 'boolean' ? ' Put the value in quotes.' : ''
  const reason = `The parameter "${name}" must be text, not ${kindOf(raw)}.${fix}`
  return refusal(invalidParameter, { name, reason })
}

function wrong(field: Leaf & { refused: Fault }, name: string, problem: string, hint = ''): Error {
  const limits = limitsOf(field)
  const legal = limits === '' ? '' : ` Legal: ${limits}.`
  return refusal(field.refused, {
    name,
    reason: `The parameter "${name}" is not valid: ${problem}.${legal}${hint}`,
    ...(field.type === 'choice' ? { values: field.values } : {}),
  })
}

/** What kind of JSON value this is, for people. */
export function kindOf(raw: unknown): string {
  if (raw === null || raw === undefined) return 'nothing'
  if (Array.isArray(raw)) return 'a list'
  return typeof raw === 'object' ? 'an object' : `a ${typeof raw}`
}

/** A value in a message: quoted, and cut so that the message stays readable. */
function shown(raw: unknown): string {
  if (typeof raw !== 'string') {
    return typeof raw === 'number' || typeof raw === 'boolean' ? String(raw) : kindOf(raw)
  }
  const characters = Array.from(raw.slice(0, 100))
  return JSON.stringify(characters.length > 48 ? `${characters.slice(0, 48).join('')}…` : raw)
}
