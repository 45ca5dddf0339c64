import { type Operation, type ParameterType, parameterOf, sent, type Values } from './operation.js'

type LeafType = Exclude<ParameterType, 'list' | 'object'>

/** The values of a call as an SDK has them. */
export type Tree =
  | { readonly kind: 'leaf'; readonly type: LeafType; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly Tree[] }
  | { readonly kind: 'object'; readonly fields: readonly Named[] }

export type Named = readonly [name: string, tree: Tree]

/** The flat names of the wire as lists and objects, in the order in which they are declared. */
export function nested(operation: Operation, values: Values): readonly Named[] {
  const entries = [...sent(values)].sort(([a], [b]) => order(operation, a) - order(operation, b))
  return fieldsBelow(operation, entries, '')
}

function order(operation: Operation, name: string): number {
  const parameter = parameterOf(operation, name)
  const at = parameter === undefined ? -1 : operation.parameters.indexOf(parameter)
  return at < 0 ? operation.parameters.length : at
}

type Entries = readonly (readonly [string, string])[]

function fieldsBelow(operation: Operation, entries: Entries, prefix: string): readonly Named[] {
  const keys = new Set(entries.map(([name]) => name.slice(prefix.length).split('.', 1)[0] ?? ''))
  return [...keys].map((key) => [key, treeOf(operation, entries, `${prefix}${key}`)])
}

function treeOf(operation: Operation, entries: Entries, path: string): Tree {
  const own = entries.find(([name]) => name === path)
  if (own !== undefined) return { kind: 'leaf', type: leafType(operation, path), text: own[1] }
  const below = entries.filter(([name]) => name.startsWith(`${path}.`))
  const fields = fieldsBelow(operation, below, `${path}.`)
  if (!fields.every(([key]) => /^\d+$/.test(key))) return { kind: 'object', fields }
  const items = [...fields].sort(([a], [b]) => Number(a) - Number(b))
  return { kind: 'list', items: items.map(([, tree]) => tree) }
}

function leafType(operation: Operation, name: string): LeafType {
  const parameter = parameterOf(operation, name)
  const type = parameter?.items ?? parameter?.type ?? 'text'
  return type === 'list' || type === 'object' ? 'text' : type
}

/** Whether a text is what its type says, so that a typed language can hold it. */
export function isTyped({ type, text }: { readonly type: LeafType; readonly text: string }) {
  if (type === 'integer' || type === 'long') return /^-?\d{1,19}$/.test(text)
  return type !== 'boolean' || text === 'true' || text === 'false'
}
