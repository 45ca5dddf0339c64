/** An operation as the server describes it: `GET /_bakeline/ecs/operations`. */
export interface Operation {
  readonly product: string
  readonly version: string
  readonly action: string
  readonly kind: 'read' | 'write'
  readonly summary: string
  readonly ramAction: string
  readonly parameters: readonly Parameter[]
  readonly rules: readonly { readonly says: string; readonly parameter: string }[]
  readonly errors: readonly DescribedError[]
  readonly sample: Readonly<Record<string, unknown>>
}

interface DescribedError {
  readonly status: number
  readonly code: string
  readonly message?: string
  readonly parameters: readonly string[]
  readonly never?: string
}

export type ParameterType = 'text' | 'long' | 'integer' | 'boolean' | 'list' | 'object'

export interface Parameter {
  /** As on the wire, `N` for a number from 1: `Tag.N.Key`. */
  readonly name: string
  readonly type: ParameterType
  readonly items?: ParameterType
  readonly required: boolean
  readonly honoured: boolean
  readonly docs: string
  readonly limitsText: string
  readonly limits: Limits
  readonly default?: string | number | boolean
  readonly otherwise?: string
  readonly deprecated?: string
  readonly example?: string | number | boolean
}

export interface Limits {
  readonly min?: number
  readonly max?: number
  readonly unit?: string
  readonly pattern?: string
  readonly notStarting?: readonly string[]
  readonly notContaining?: readonly string[]
  readonly values?: readonly string[]
  readonly maxItems?: number
}

/** What is sent, flat, by its name on the wire: `Tag.1.Key`. Empty texts are not sent. */
export type Values = Readonly<Record<string, string>>

/** A call: what the form says. */
export interface Call {
  readonly operation: Operation
  readonly values: Values
  /** Host and port: `127.0.0.1:4526`. */
  readonly host: string
}

/** The parameters of a call that are sent, in the order of their names. */
export function sent(values: Values): readonly (readonly [name: string, value: string])[] {
  const filled = Object.entries(values).filter(([, value]) => value !== '')
  return filled.sort(([a], [b]) => (a < b ? -1 : Number(a > b)))
}

/** The parameter that a name on the wire is of. */
export function parameterOf({ parameters }: Operation, name: string): Parameter | undefined {
  const pattern = name.replace(/\.\d+(?=\.|$)/g, '.N')
  return parameters.find((each) => each.name === pattern)
}

/** A parameter with what stands below it. */
export interface Field {
  readonly parameter: Parameter
  /** Its own part of the name: `Key` of `Tag.N.Key`. */
  readonly key: string
  readonly fields: readonly Field[]
}

/** The parameters as a tree; lists and objects come before what they hold. */
export function fieldsOf(parameters: readonly Parameter[]): readonly Field[] {
  const below = (prefix: string): readonly Field[] =>
    parameters.flatMap((parameter) => {
      if (!parameter.name.startsWith(prefix)) return []
      const key = parameter.name.slice(prefix.length).replace(/\.N$/, '')
      if (key.includes('.')) return []
      return [{ parameter, key, fields: below(innerOf(parameter)) }]
    })
  return below('')
}

/** What the names of a parameter's parts begin with; of a plain one, what none begins with. */
function innerOf({ name, type, items }: Parameter): string {
  if (type === 'object') return `${name}.`
  return type === 'list' && items === 'object' ? `${name}.N.` : `${name} `
}

/** How many entries of a list the values have: the highest number. */
export function countOf(values: Values, list: string): number {
  const numbers = Object.keys(values).flatMap((name) => {
    if (!name.startsWith(`${list}.`)) return []
    const [first = ''] = name.slice(list.length + 1).split('.')
    return /^\d+$/.test(first) ? [Number(first)] : []
  })
  return Math.max(0, ...numbers)
}

/** Without the n-th entry of a list; those after it move up. */
export function withoutEntry(values: Values, list: string, n: number): Values {
  const kept = Object.entries(values).flatMap(([name, value]): [string, string][] => {
    const rest = name.startsWith(`${list}.`) ? name.slice(list.length + 1) : null
    const [first = '', ...more] = rest === null ? [] : rest.split('.')
    if (!/^\d+$/.test(first)) return [[name, value]]
    const index = Number(first)
    if (index === n) return []
    const moved = [list, index > n ? index - 1 : index, ...more].join('.')
    return [[moved, value]]
  })
  return Object.fromEntries(kept)
}
