import { hash } from 'node:crypto'

/**
 * Bytes that follow from a seed, a name and a number, and from nothing else: a reopened file, a second
 * process and a draw elsewhere change nothing. Each call gives the next bytes of the same stream.
 */
export function derive(
  seed: string,
  name: string,
  n: number | string,
): (size: number) => Uint8Array {
  const head = JSON.stringify([seed, name, n]).slice(0, -1)
  let block = 0
  let rest: Uint8Array = none
  return (size) => {
    if (rest.length < size) {
      // As text they come several times as fast as in buffers of their own.
      const lacking = size - rest.length
      let text = ''
      for (; text.length < lacking; block++) text += hash('sha256', `${head},${block}]`, 'binary')
      rest = joined(rest, Buffer.from(text, 'latin1'))
    }
    const bytes = rest.subarray(0, size)
    rest = rest.subarray(size)
    return bytes
  }
}

const none = new Uint8Array(0)

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second
  const both = new Uint8Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}
