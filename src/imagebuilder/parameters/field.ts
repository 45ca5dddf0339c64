import type { Fault } from './fault.js'

/**
 * The table in which an operation declares its parameters, once. The checker, the types of the
 * checked request, the documentation and the API description are all read from it.
 */
export interface Operation<F extends Fields = Fields> {
  /** The action on the wire. */
  readonly action: string
  readonly docs: string
  readonly fields: F
  /** What must hold between parameters; checked in order, after every single one was. */
  readonly rules: readonly Rule<Checked<F>>[]
}

export type Fields = Readonly<Record<string, Field>>

export type Field =
  | TextField
  | ChoiceField
  | IntegerField
  | LongField
  | BooleanField
  | ListField
  | ObjectField
  | IgnoredField

interface Common {
  /** One sentence for a reader who has never used the parameter. */
  readonly docs: string
  /** The fault of leaving it out; absent: it may be left out. */
  readonly required?: Fault
  /** The parameter that replaced it. */
  readonly deprecated?: string
  /** What happens without it, where that is not one fixed value. */
  readonly otherwise?: string
}

/** The shape of a text, shared between fields that have the same rule. */
export interface TextRule {
  readonly min?: number
  readonly max?: number
  /** What `min` and `max` count: Unicode characters (default), or bytes of UTF-8. */
  readonly unit?: 'characters' | 'bytes'
  /** `says` completes the sentence "it must …". */
  readonly pattern?: { readonly matches: RegExp; readonly says: string }
  readonly notStarting?: readonly string[]
  readonly notContaining?: readonly string[]
}

export interface TextField extends Common, TextRule {
  readonly type: 'text'
  readonly refused: Fault
  readonly default?: string
  /** An empty text counts as left out, as on the wire, unless this says that it is a value. */
  readonly empty?: 'value'
}

/** One of a closed list of words, upper and lower case kept apart. */
export interface ChoiceField extends Common {
  readonly type: 'choice'
  readonly values: readonly string[]
  readonly refused: Fault
  readonly default?: string
}

/** A whole number, as JSON number or decimal text. */
export interface IntegerField extends Common {
  readonly type: 'integer'
  readonly min: number
  readonly max: number
  /** What is counted, for people: `GiB`. */
  readonly unit?: string
  readonly refused: Fault
  readonly default?: number
}

/** A number too long for JSON, such as an account id: 1 to 20 digits, kept as text. */
export interface LongField extends Common {
  readonly type: 'long'
  readonly refused: Fault
}

/** True or false, as JSON or as text in any case. */
export interface BooleanField extends Common {
  readonly type: 'boolean'
  readonly refused: Fault
  readonly default?: boolean
}

export interface ListField extends Common {
  readonly type: 'list'
  readonly item: Field
  readonly max: number
  readonly tooMany: Fault
  /** The field of the items that must differ from one to the next. */
  readonly unique?: { readonly key: string; readonly fault: Fault }
}

export interface ObjectField extends Common {
  readonly type: 'object'
  readonly fields: Fields
}

/** Accepted in any form and never looked at. */
export interface IgnoredField extends Common {
  readonly type: 'ignored'
}

/** What must hold between parameters. */
export interface Rule<V> {
  /** The rule as a sentence, for the documentation. */
  readonly says: string
  /** The parameter to blame, in its documented form: `ImportImageOptions.BootMode`. */
  readonly name: string
  readonly fault: Fault
  /** What is wrong with this request, or `undefined` when it keeps the rule. */
  broken(value: V): Broken | undefined
}

export interface Broken {
  readonly reason: string
  /** The words that would have been legal, for faults whose text lists them. */
  readonly values?: readonly string[]
}

/** The value that a field leaves after the check. */
export type Value<F> = F extends { type: 'choice'; values: readonly (infer V)[] }
  ? V
  : F extends { type: 'text' | 'long' }
    ? string
    : F extends { type: 'integer' }
      ? number
      : F extends { type: 'boolean' }
        ? boolean
        : F extends { type: 'list'; item: infer Item }
          ? readonly Value<Item>[]
          : F extends { type: 'object'; fields: infer Inner }
            ? Checked<Inner>
            : never

/** A checked request: what is required or has a default is there, ignored fields are gone. */
export type Checked<Fs> = {
  readonly [K in keyof Fs as Fs[K] extends Certain ? K : never]: Value<Fs[K]>
} & {
  readonly [K in keyof Fs as Fs[K] extends Certain | { type: 'ignored' } ? never : K]?: Value<Fs[K]>
}

type Certain = { readonly required: Fault } | { readonly default: string | number | boolean }

/** Declares an operation and keeps the literal types that {@link Checked} reads. */
export function operation<const F extends Fields>(declared: {
  readonly action: string
  readonly docs: string
  readonly fields: F
  readonly rules?: readonly Rule<Checked<F>>[]
}): Operation<F> {
  return { ...declared, rules: declared.rules ?? [] }
}
