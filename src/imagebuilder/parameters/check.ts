import { didYouMean } from '../../core/nearest.js'
import { invalidParameter, refusal } from './fault.js'
import type { Checked, Field, Fields, ListField, Operation } from './field.js'
import { checkLeaf, kindOf } from './values.js'

type Plain = Readonly<Record<string, unknown>>

/**
 * Checks a request against its operation's table and gives it in normal form: numbers as numbers,
 * long numbers as text, defaults filled in, what counts as left out gone. Checking the result again
 * gives the same.
 *
 * @param raw the parameters as a plain object in ECS vocabulary; numbers and booleans may be text
 * @throws EcsError with the fault of the first broken limit: unknown names before missing ones,
 *   those before wrong values in the order of the table, then the rules in theirs
 */
export function check<F extends Fields>(operation: Operation<F>, raw: unknown): Checked<F> {
  if (isPlain(raw) && known.get(raw) === operation) return raw as Checked<F>
  // The types of the result are read from the same table that the values were built by.
  const value = checkFields(operation.fields, raw, { action: operation.action, path: '' })
  const checked = value as Checked<F>
  for (const rule of operation.rules) {
    const broken = rule.broken(checked)
    if (broken !== undefined) throw refusal(rule.fault, { name: rule.name, ...broken })
  }
  known.set(value, operation)
  return checked
}

/** By which table a result was checked: it need not be checked by that again. */
const known = new WeakMap<object, unknown>()

interface Place {
  readonly action: string
  /** The name of the object that is being checked, empty at the top. */
  readonly path: string
}

function checkFields(fields: Fields, raw: unknown, place: Place): Plain {
  if (!isPlain(raw)) {
    const what = place.path === '' ? 'The request' : `The parameter "${place.path}"`
    const reason = `${what} must be an object, not ${kindOf(raw)}.`
    throw refusal(invalidParameter, { name: place.path, reason })
  }
  refuseUnknown(fields, raw, place)
  const entries = entriesOf(fields)
  for (const [key, field] of entries) {
    if (field.required === undefined || !isAbsent(field, own(raw, key))) continue
    const name = join(place.path, key)
    const reason = `The parameter "${name}" is required.`
    throw refusal(field.required, { name, reason })
  }
  const checked: Record<string, unknown> = {}
  for (const [key, field] of entries) {
    const given = own(raw, key)
    const value = isAbsent(field, given)
      ? defaultOf(field)
      : checkField(field, given, { action: place.action, path: join(place.path, key) })
    if (value !== undefined) checked[key] = value
  }
  return checked
}

/** Tables are as many as there are operations, and are asked at every request. */
const tables = new WeakMap<Fields, readonly (readonly [string, Field])[]>()

function entriesOf(fields: Fields): readonly (readonly [string, Field])[] {
  const known = tables.get(fields)
  if (known !== undefined) return known
  const entries = Object.entries(fields)
  tables.set(fields, entries)
  return entries
}

function refuseUnknown(fields: Fields, raw: Plain, place: Place): void {
  const unknown = Object.keys(raw).find((key) => !Object.hasOwn(fields, key))
  if (unknown === undefined) return
  const name = join(place.path, unknown.slice(0, 100))
  const legal = Object.keys(fields).map((key) => join(place.path, key))
  const hint = didYouMean(name, legal)
  const reason = `The parameter "${name}" is not one that ${place.action} takes.${hint}`
  throw refusal(invalidParameter, { name, reason })
}

/** The checked value, or `undefined` for a field that is ignored. */
function checkField(field: Field, raw: unknown, place: Place): unknown {
  switch (field.type) {
    case 'ignored':
      return undefined
    case 'list':
      return checkList(field, raw, place)
    case 'object':
      return checkFields(field.fields, raw, place)
    default:
      return checkLeaf(field, raw, place.path)
  }
}

function checkList(field: ListField, raw: unknown, place: Place): readonly unknown[] {
  const name = place.path
  if (!Array.isArray(raw)) {
    const reason = `The parameter "${name}" must be a list, not ${kindOf(raw)}.`
    throw refusal(invalidParameter, { name, reason })
  }
  const given: readonly unknown[] = raw
  if (given.length > field.max) {
    const reason = `The parameter "${name}" has ${given.length} values, ${field.max} at most.`
    throw refusal(field.tooMany, { name, reason })
  }
  const checked = given.map((item, index) => {
    const inner = { ...place, path: join(name, String(index + 1)) }
    if (field.item.type !== 'object' && isAbsent(field.item, item)) {
      const reason = `The parameter "${inner.path}" is empty. Give it a value or leave it out.`
      throw refusal(invalidParameter, { name: inner.path, reason })
    }
    return checkField(field.item, item, inner)
  })
  refuseTwins(field, checked, name)
  return checked
}

function refuseTwins({ unique }: ListField, checked: readonly unknown[], name: string): void {
  if (unique === undefined) return
  const seen = new Map<unknown, number>()
  for (const [index, item] of checked.entries()) {
    const key = isPlain(item) ? own(item, unique.key) : undefined
    const first = seen.get(key)
    if (first !== undefined) {
      const path = join(name, `${index + 1}.${unique.key}`)
      const reason = `"${path}" repeats "${join(name, `${first}.${unique.key}`)}".`
      throw refusal(unique.fault, { name: path, reason })
    }
    seen.set(key, index + 1)
  }
}

/**
 * Whether a value counts as left out: nothing, an empty text or list, an object of which every
 * field is left out. The wire cannot tell these apart, so neither do we.
 */
function isAbsent(field: Field, raw: unknown): boolean {
  if (raw === undefined || raw === null) return true
  if (raw === '') return !(field.type === 'text' && field.empty === 'value')
  if (field.type === 'list') return Array.isArray(raw) && raw.length === 0
  if (field.type !== 'object' || !isPlain(raw)) return false
  return Object.keys(raw).every((key) => {
    const inner = field.fields[key]
    return Object.hasOwn(field.fields, key) && inner !== undefined && isAbsent(inner, raw[key])
  })
}

function defaultOf(field: Field): string | number | boolean | undefined {
  return 'default' in field ? field.default : undefined
}

function isPlain(raw: unknown): raw is Plain {
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw)
}

/** A request comes from outside, so names such as `constructor` must not reach a prototype. */
function own(raw: Plain, key: string): unknown {
  return Object.hasOwn(raw, key) ? raw[key] : undefined
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`
}
