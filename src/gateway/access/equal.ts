import { hash, timingSafeEqual } from 'node:crypto'

/**
 * Whether two texts are the same, in a time that tells nothing about where they differ: digests of
 * equal length are compared, not the texts.
 */
export function equalSecrets(left: string, right: string): boolean {
  return timingSafeEqual(digest(left), digest(right))
}

/** The same for signatures, whose length everybody knows: a text of another length is none. */
export function equalSignatures(ours: string, theirs: string): boolean {
  const [left, right] = [Buffer.from(ours), Buffer.from(theirs)]
  return left.length === right.length && timingSafeEqual(left, right)
}

function digest(text: string): Uint8Array {
  return hash('sha256', text, 'buffer')
}
