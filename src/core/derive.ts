import { hash } from 'node:crypto'

/**
 * Bytes that follow from a seed, a name and a number, and from nothing else: a reopened file, a second
 * process and a draw elsewhere change nothing. Gives the byte at a place of their endless stream.
 */
export function derive(seed: string, name: string, n: number | string): (at: number) => number {
  // Each block is the hash of [seed, name, n, block] as JSON.
  const head = JSON.stringify([seed, name, n]).slice(0, -1)
  let block = -1
  // As text it comes several times as fast as in a buffer of its own.
  let text = ''
  return (at) => {
    const wanted = Math.floor(at / blockSize)
    if (wanted !== block) {
      block = wanted
      text = hash('sha256', `${head},${block}]`, 'binary')
    }
    return text.charCodeAt(at % blockSize)
  }
}

/** Bytes of a SHA-256. */
const blockSize = 32

/** The first bytes of such a stream. */
export function derivedBytes(
  seed: string,
  name: string,
  n: number | string,
  size: number,
): Uint8Array {
  const byteAt = derive(seed, name, n)
  return Uint8Array.from({ length: size }, (_, at) => byteAt(at))
}
