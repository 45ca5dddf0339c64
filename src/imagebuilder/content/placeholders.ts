import type { Json } from '../../core/json.js'
import { IDENTIFIER } from './parameters.js'

/** One `{{ … }}` in a text. */
export type Placeholder =
  | { readonly kind: 'parameter'; readonly name: string }
  | { readonly kind: 'output'; readonly task: string; readonly output: string }

/**
 * The references in a text, in their order: `{{ parameter }}` and `{{ task.stdout }}`, blanks
 * inside the braces optional. Braces around anything else are left to whom they were meant for:
 * `docker ps --format '{{.Names}}'` and `{{ range .Mounts }}` are ordinary text.
 *
 * @param taskNames the tasks that exist, for a name such as `install nginx` that has a blank.
 */
export function placeholders(text: string, taskNames: ReadonlySet<string>): Placeholder[] {
  const found: Placeholder[] = []
  for (const piece of text.split('{{').slice(1)) {
    const end = piece.indexOf('}}')
    const placeholder = end < 0 ? undefined : readPlaceholder(piece.slice(0, end).trim(), taskNames)
    if (placeholder) found.push(placeholder)
  }
  return found
}

/** The reference that a text consists of and nothing else, if it does. */
export function wholePlaceholder(
  text: string,
  taskNames: ReadonlySet<string>,
): Placeholder | undefined {
  const trimmed = text.trim()
  if (!trimmed.startsWith('{{') || trimmed.indexOf('}}') !== trimmed.length - 2) return undefined
  return placeholders(trimmed, taskNames)[0]
}

/** Every text within a value, however deep; the keys of mappings are not texts of it. */
export function textsIn(value: Json): string[] {
  if (typeof value === 'string') return [value]
  if (value === null || typeof value !== 'object') return []
  return Object.values(value).flatMap(textsIn)
}

function readPlaceholder(inside: string, taskNames: ReadonlySet<string>): Placeholder | undefined {
  if (IDENTIFIER.test(inside)) return { kind: 'parameter', name: inside }
  const dot = inside.lastIndexOf('.')
  const task = inside.slice(0, Math.max(dot, 0))
  const output = inside.slice(dot + 1)
  if (!taskNames.has(task) && !(IDENTIFIER.test(task) && IDENTIFIER.test(output))) return undefined
  return { kind: 'output', task, output }
}
