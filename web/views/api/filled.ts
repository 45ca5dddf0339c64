import type { Parameter, Values } from '../../calls/operation.js'
import { suggestions, type World } from './operations.js'

/** What is filled in, and what may be. */
export interface Form {
  readonly values: Values
  readonly change: (values: Values) => void
  readonly world: World | null
}

/** A parameter that has a plain value, or a list of them. */
export interface LeafProps {
  readonly parameter: Parameter
  readonly name: string
  readonly form: Form
}

/** What may be picked instead of typed; null where nothing is known. */
export function listOf(
  name: string,
  words: readonly string[] | undefined,
  { world }: Form,
): readonly string[] | null {
  const all = words ?? suggestions(name, world)
  return all.length === 0 ? null : all
}

export function countText(count: number, { limits }: Parameter): string {
  return limits.maxItems === undefined ? String(count) : `${count} of ${limits.maxItems}`
}
