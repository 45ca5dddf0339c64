import { createHash } from 'node:crypto'

/**
 * Bytes that follow from a seed, a name and a number, and from nothing else: a reopened file, a second
 * process and a draw elsewhere change nothing. Each call gives the next bytes of the same stream.
 */
export function derive(
  seed: string,
  name: string,
  n: number | string,
): (size: number) => Uint8Array {
  let block = 0
  let rest = new Uint8Array(0)
  return (size) => {
    while (rest.length < size) {
      const hash = createHash('sha256')
        .update(JSON.stringify([seed, name, n, block++]))
        .digest()
      rest = Uint8Array.from([...rest, ...hash])
    }
    const bytes = rest.slice(0, size)
    rest = rest.slice(size)
    return bytes
  }
}
