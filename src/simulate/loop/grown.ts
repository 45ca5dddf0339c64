type Column = Float64Array | Int32Array | Uint16Array | Uint8Array

/** A longer array that begins as a shorter one. */
export function grown<A extends Column>(old: A, longer: A): A {
  longer.set(old)
  return longer
}

/** The next length of a column: what room a long one has to spare is memory that nobody uses. */
export function longerThan(length: number): number {
  return length < 16_384 ? 2 * length : Math.ceil(1.125 * length)
}
