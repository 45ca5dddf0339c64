import type { Parameter, ParameterType } from './model.js'

export const PARAMETER_TYPES: readonly ParameterType[] = ['String', 'Number', 'Boolean']

/** What a parameter or a task may be called: letters, digits, `_` and `-`, no digit first. */
export const IDENTIFIER = /^[A-Za-z_][\w-]*$/

const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/

/** Whether a value given as text, as `--name value` has it, is of the type. */
export function textFits(type: ParameterType, text: string): boolean {
  if (type === 'String') return true
  if (type === 'Boolean') return text === 'true' || text === 'false'
  return NUMBER.test(text) && Number.isFinite(Number(text))
}

/** Whether a value out of a YAML document is of the type. */
export function valueFits(type: ParameterType, value: unknown): value is string | number | boolean {
  return typeof value === type.toLowerCase()
}

/** What values of the type look like, for messages. */
export function typeHint(type: ParameterType): string {
  return { String: 'a text', Number: 'a number such as 3 or 0.5', Boolean: 'true or false' }[type]
}

/** The parameter as DescribeImageComponents tells it; the wire has every default as text. */
export function describeParameter({ name, type, defaultValue }: Parameter) {
  return {
    Name: name,
    Type: type,
    ...(defaultValue === undefined ? {} : { DefaultValue: String(defaultValue) }),
  }
}
