/**
 * Flat parameters from nested ones, as the official clients write them: lists count from 1, what is
 * `undefined` or `null` is left out, and so are empty lists and objects, which have no flat form.
 */
export function flatten(
  value: Readonly<Record<string, unknown>>,
  prefix = '',
): readonly (readonly [string, string])[] {
  return Object.entries(value).flatMap(([key, each]) => flattenValue(prefix + key, each))
}

function flattenValue(name: string, value: unknown): readonly (readonly [string, string])[] {
  if (value === undefined || value === null) return []
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown, index) => flattenValue(`${name}.${index + 1}`, item))
  }
  if (typeof value === 'object') return flatten({ ...value }, `${name}.`)
  return [[name, String(value)]]
}
