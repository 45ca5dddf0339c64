/**
 * Numbers drawn by chance that are derived, not streamed: each follows from a key and from nothing
 * else, so a draw elsewhere, a second process and another order change nothing.
 *
 * A key is a whole number below 2^53. A child key is one block of Threefry-2x32 with 20 rounds
 * (Salmon, Moraes, Dror, Shaw: Parallel Random Numbers: As Easy as 1, 2, 3, 2011), a generator made
 * to be asked for any number in any order. SHA-256 (`derive`) would do, at fifty times the price.
 */
export type DrawKey = number

const twoTo21 = 2 ** 21
const twoTo32 = 2 ** 32
const parity = 0x1bd11bda

/** The key of the n-th thing under a key; `n` is a whole number from 0 to 2^53 - 1. */
export function childKey(key: DrawKey, n: number): DrawKey {
  const k0 = (key / twoTo32) | 0
  const k1 = key | 0
  const k2 = parity ^ k0 ^ k1
  let a = ((n / twoTo32) | 0) + k0
  let b = (n | 0) + k1
  a = (a + b) | 0
  b = ((b << 13) | (b >>> 19)) ^ a
  a = (a + b) | 0
  b = ((b << 15) | (b >>> 17)) ^ a
  a = (a + b) | 0
  b = ((b << 26) | (b >>> 6)) ^ a
  a = (a + b) | 0
  b = ((b << 6) | (b >>> 26)) ^ a
  a = (a + k1) | 0
  b = (b + k2 + 1) | 0
  a = (a + b) | 0
  b = ((b << 17) | (b >>> 15)) ^ a
  a = (a + b) | 0
  b = ((b << 29) | (b >>> 3)) ^ a
  a = (a + b) | 0
  b = ((b << 16) | (b >>> 16)) ^ a
  a = (a + b) | 0
  b = ((b << 24) | (b >>> 8)) ^ a
  a = (a + k2) | 0
  b = (b + k0 + 2) | 0
  a = (a + b) | 0
  b = ((b << 13) | (b >>> 19)) ^ a
  a = (a + b) | 0
  b = ((b << 15) | (b >>> 17)) ^ a
  a = (a + b) | 0
  b = ((b << 26) | (b >>> 6)) ^ a
  a = (a + b) | 0
  b = ((b << 6) | (b >>> 26)) ^ a
  a = (a + k0) | 0
  b = (b + k1 + 3) | 0
  a = (a + b) | 0
  b = ((b << 17) | (b >>> 15)) ^ a
  a = (a + b) | 0
  b = ((b << 29) | (b >>> 3)) ^ a
  a = (a + b) | 0
  b = ((b << 16) | (b >>> 16)) ^ a
  a = (a + b) | 0
  b = ((b << 24) | (b >>> 8)) ^ a
  a = (a + k1) | 0
  b = (b + k2 + 4) | 0
  a = (a + b) | 0
  b = ((b << 13) | (b >>> 19)) ^ a
  a = (a + b) | 0
  b = ((b << 15) | (b >>> 17)) ^ a
  a = (a + b) | 0
  b = ((b << 26) | (b >>> 6)) ^ a
  a = (a + b) | 0
  b = ((b << 6) | (b >>> 26)) ^ a
  a = (a + k2) | 0
  b = (b + k0 + 5) | 0
  return (a >>> 0) * twoTo21 + (b >>> 11)
}

/** The key of what a text names under a key. */
export function namedKey(key: DrawKey, name: string): DrawKey {
  let child = childKey(key, name.length)
  for (let at = 0; at < name.length; at += 3) {
    // Three UTF-16 units are 48 bits; those beyond the end count as 0, which the length tells apart.
    const low = name.charCodeAt(at) + (at + 1 < name.length ? name.charCodeAt(at + 1) * 65_536 : 0)
    const high = at + 2 < name.length ? name.charCodeAt(at + 2) : 0
    child = childKey(child, low + high * twoTo32)
  }
  return child
}

/** A number between 0 and 1, without either: what is drawn under a key. */
export function drawn(key: DrawKey): number {
  return (key + 0.5) / 2 ** 53
}
