import type { Json } from '../../core/json.js'

/** Two values that differ, and where they stand. Undefined: it is not there. */
export interface JsonDifference {
  /** `copies[0].region`; empty for the whole. */
  readonly path: string
  readonly left: Json | undefined
  readonly right: Json | undefined
}

/** Where two JSON values differ, in the order of the left one's keys, then the right one's. */
export function jsonDifferences(
  left: Json | undefined,
  right: Json | undefined,
  path = '',
): JsonDifference[] {
  if (Object.is(left, right)) return []
  if (Array.isArray(left) && Array.isArray(right)) {
    const length = Math.max(left.length, right.length)
    return Array.from({ length }, (_, index) =>
      jsonDifferences(left[index], right[index], `${path}[${index}]`),
    ).flat()
  }
  if (isMapping(left) && isMapping(right)) {
    return [...new Set([...Object.keys(left), ...Object.keys(right)])].flatMap((key) =>
      jsonDifferences(left[key], right[key], path === '' ? key : `${path}.${key}`),
    )
  }
  return [{ path, left, right }]
}

function isMapping(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
