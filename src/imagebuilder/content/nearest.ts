import { nearest } from '../../core/nearest.js'

/** What to say after an unknown word: the nearest legal one, or all of them. */
export function suggestion(word: string, known: readonly string[]): string {
  const near = nearest(word, known)
  if (near !== undefined) return `the nearest is ${near}`
  return known.length === 0 ? 'there are none' : `allowed: ${known.join(', ')}`
}
