import type { Limits, Parameter } from './operation.js'

/** Why the service would not take a value, in a few words; null for one within its limits. */
export function problemOf(parameter: Parameter, value: string): string | null {
  const { limits } = parameter
  const type = parameter.items ?? parameter.type
  if (value === '') return null
  if (type === 'integer') return ofNumber(limits, value)
  if (type === 'boolean') return /^(true|false)$/.test(value) ? null : 'true or false.'
  if (type === 'long' && !/^\d{1,20}$/.test(value)) return 'A number of up to 20 digits.'
  if (limits.values !== undefined && !limits.values.includes(value)) {
    return `One of ${limits.values.join(', ')}.`
  }
  return type === 'long' ? null : ofText(limits, value)
}

function ofNumber({ min, max, unit }: Limits, value: string): string | null {
  if (!/^-?\d+$/.test(value)) return 'A whole number.'
  const n = Number(value)
  if ((min === undefined || n >= min) && (max === undefined || n <= max)) return null
  return `${min ?? 'any'} to ${max ?? 'any'}${unit === undefined ? '' : ` ${unit}`}.`
}

function ofText(limits: Limits, value: string): string | null {
  const { min = 0, max = Number.POSITIVE_INFINITY, unit, pattern } = limits
  const size = sizeOf(limits, value)
  if (size > max) return `${size} of at most ${max} ${unit}.`
  if (size < min) return `At least ${min} ${unit}.`
  const start = limits.notStarting?.find((word) => value.toLowerCase().startsWith(word))
  if (start !== undefined) return `Must not start with ${start}.`
  const within = limits.notContaining?.find((word) => value.includes(word))
  if (within !== undefined) return `Must not contain ${within}.`
  if (pattern === undefined || new RegExp(pattern, 'u').test(value)) return null
  return 'It has characters that are not allowed here.'
}

/** How long a text is, in what its limit counts. */
export function sizeOf({ unit }: Limits, value: string): number {
  return unit === 'bytes' ? new TextEncoder().encode(value).length : [...value].length
}
