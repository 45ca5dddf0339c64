import type { Field, Fields } from '../../imagebuilder/parameters/field.js'
import { malformed } from './errors.js'
import { limits } from './limits.js'

/**
 * Other ways to write a parameter, with `N` for a number, and what they stand for:
 * `{ 'Tag.N.key': 'Tag.N.Key' }`.
 */
export type Spellings = Readonly<Record<string, string>>

/** A list or an object under construction, by number or key. */
type Branch = Map<string, Branch | string>

/**
 * Nested parameters from flat ones: `Tag.1.Key=a` becomes `{ Tag: [{ Key: 'a' }] }`, as the
 * operation's table has it. Numbers count from 1; gaps are closed, in order. Values stay text.
 *
 * Names that the table does not know keep their flat name, for `check` to refuse with the nearest
 * legal one; fields that are ignored are dropped with all that is under them.
 *
 * @throws EcsError 400 `InvalidParameter` for a number that is none, a parameter that is both a value
 *   and an object, or one given in two spellings
 */
export function unflatten(
  fields: Fields,
  parameters: Iterable<readonly [string, string]>,
  spellings: Spellings = {},
): Readonly<Record<string, unknown>> {
  const root: Branch = new Map()
  for (const [sent, value] of parameters) {
    place({ root, fields, name: respell(sent, spellings), value })
  }
  return buildFields(fields, root)
}

function respell(sent: string, spellings: Spellings): string {
  if (!sent.includes('.')) return Object.hasOwn(spellings, sent) ? (spellings[sent] ?? sent) : sent
  const numbers: string[] = []
  const general = sent.replace(/(?<=\.)\d+(?=\.|$)/g, (digits) => {
    numbers.push(digits)
    return 'N'
  })
  if (!Object.hasOwn(spellings, general)) return sent
  return (spellings[general] ?? sent).replace(/(?<=\.)N(?=\.|$)/g, () => numbers.shift() ?? 'N')
}

interface Placing {
  readonly root: Branch
  readonly fields: Fields
  readonly name: string
  readonly value: string
}

/** Walks the table and the tree side by side down to where the value belongs. */
function place({ root, fields, name, value }: Placing): void {
  // Most names are one word.
  if (!name.includes('.')) {
    if (fieldOf(fields, name, name)?.type !== 'ignored') setLeaf(root, name, { name, value })
    return
  }
  const steps = name.split('.')
  let branch = root
  let known: Fields | Field = fields
  for (const [depth, step] of steps.entries()) {
    const field: Field | undefined = fieldOf(known, step, name)
    if (field?.type === 'ignored') return
    if (field === undefined) {
      setLeaf(branch, steps.slice(depth).join('.'), { name, value })
      return
    }
    if (depth === steps.length - 1) {
      setLeaf(branch, step, { name, value })
      return
    }
    branch = branchAt(branch, step, name)
    known = field
  }
}

/** What stands under `step`; `undefined` where the table knows no such name. */
function fieldOf(known: Fields | Field, step: string, name: string): Field | undefined {
  if (!isField(known)) return Object.hasOwn(known, step) ? known[step] : undefined
  if (known.type === 'object') return fieldOf(known.fields, step, name)
  if (known.type !== 'list') throw refuse(name, `"${step}" cannot follow a single value`)
  if (/^[1-9]\d{0,3}$/.test(step) && Number(step) <= limits.index) return known.item
  throw refuse(name, `"${step.slice(0, 20)}" is not a number from 1 to ${limits.index}`)
}

/** A table of fields has fields as its values, a field has a word as its type. */
function isField(known: Fields | Field): known is Field {
  return typeof known['type'] === 'string'
}

function setLeaf(
  branch: Branch,
  key: string,
  { name, value }: { readonly name: string; readonly value: string },
): void {
  if (branch.has(key)) throw refuse(name, 'it is given twice, in two forms')
  branch.set(key, value)
}

function branchAt(branch: Branch, step: string, name: string): Branch {
  const there = branch.get(step)
  if (typeof there === 'string') throw refuse(name, `"${step}" already has a value of its own`)
  const inner: Branch = there ?? new Map()
  branch.set(step, inner)
  return inner
}

/** `fromEntries` defines own properties, so that `__proto__` is a name like any other. */
function buildFields(fields: Fields, branch: Branch): Readonly<Record<string, unknown>> {
  const entries = [...branch].map(([key, node]) => {
    const field = Object.hasOwn(fields, key) ? fields[key] : undefined
    return [key, build(field, node)] as const
  })
  return Object.fromEntries(entries)
}

function build(field: Field | undefined, node: Branch | string): unknown {
  if (typeof node === 'string' || field === undefined) return node
  if (field.type === 'object') return buildFields(field.fields, node)
  if (field.type !== 'list') return undefined
  const { item } = field
  return [...node].sort(([a], [b]) => Number(a) - Number(b)).map(([, each]) => build(item, each))
}

function refuse(name: string, problem: string): Error {
  return malformed(`The parameter "${name.slice(0, 100)}" is not valid: ${problem}.`)
}
