import type { Fault } from './fault.js'
import type { Field, Fields, Operation } from './field.js'
import { limitsOf } from './limits.js'

/** One line of an operation's documentation. */
export interface ParameterRow {
  /** The name on the wire, `N` for a number: `ImageOptions.ImageTags.N.Key`. */
  readonly name: string
  readonly type: string
  readonly required: boolean
  /** The default as text, or what happens without the parameter. */
  readonly otherwise?: string
  readonly limits: string
  readonly docs: string
  readonly deprecated?: string
  readonly faults: readonly Fault[]
}

/** The rows of an operation, in the order of its table, objects before what they hold. */
export function parameterRows(operation: Pick<Operation, 'fields'>): readonly ParameterRow[] {
  return rowsOf(operation.fields, '')
}

/** Every fault that an operation's parameters alone can have, one a code. */
export function faultsOf(operation: {
  readonly fields: Fields
  readonly rules: readonly { readonly fault: Fault }[]
}): readonly Fault[] {
  const all = [
    ...parameterRows(operation).flatMap((row) => row.faults),
    ...operation.rules.map((rule) => rule.fault),
  ]
  return [...new Map(all.map((fault) => [fault.code, fault])).values()]
}

/** Every fault of an operation's parameters, one a status and code, with the parameters it is about. */
export function faultsByParameter(operation: {
  readonly fields: Fields
  readonly rules: readonly { readonly name: string; readonly fault: Fault }[]
}): readonly { readonly fault: Fault; readonly parameters: readonly string[] }[] {
  const all = [
    ...parameterRows(operation).flatMap(({ name, faults }) =>
      faults.map((fault) => ({ name, fault })),
    ),
    ...operation.rules,
  ]
  const found = new Map<string, { readonly fault: Fault; readonly parameters: Set<string> }>()
  for (const { name, fault } of all) {
    const key = `${fault.status} ${fault.code}`
    const there = found.get(key) ?? { fault, parameters: new Set<string>() }
    there.parameters.add(name)
    found.set(key, there)
  }
  return [...found.values()].map(({ fault, parameters }) => ({
    fault,
    parameters: [...parameters],
  }))
}

function rowsOf(fields: Fields, prefix: string): readonly ParameterRow[] {
  return Object.entries(fields).flatMap(([key, field]) => fieldRows(field, prefix + key))
}

function fieldRows(field: Field, name: string): readonly ParameterRow[] {
  const row = rowOf(field, name)
  if (field.type === 'object') return [row, ...rowsOf(field.fields, `${name}.`)]
  if (field.type !== 'list') return [row]
  const inner = fieldRows(field.item, `${name}.N`)
  // A list of plain values is one line, with the faults of its values.
  if (field.item.type === 'object') return [row, ...inner.slice(1)]
  const faults = [...row.faults, ...inner.flatMap((item) => item.faults)]
  const limits = [row.limits, limitsOf(field.item)].filter((text) => text !== '').join('; each ')
  return [{ ...row, name: `${name}.N`, type: `list of ${field.item.type}`, limits, faults }]
}

function rowOf(field: Field, name: string): ParameterRow {
  const otherwise =
    'default' in field && field.default !== undefined ? String(field.default) : field.otherwise
  return {
    name,
    type: field.type,
    required: field.required !== undefined,
    limits: limitsOf(field),
    docs: field.docs,
    faults: faultsOfField(field),
    ...(otherwise === undefined ? {} : { otherwise }),
    ...(field.deprecated === undefined ? {} : { deprecated: field.deprecated }),
  }
}

function faultsOfField(field: Field): readonly Fault[] {
  const faults = field.required === undefined ? [] : [field.required]
  if ('refused' in field) return [...faults, field.refused]
  if (field.type !== 'list') return faults
  const unique = field.unique === undefined ? [] : [field.unique.fault]
  return [...faults, field.tooMany, ...unique]
}
