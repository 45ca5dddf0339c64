/** How much wider each bin is than the one before it: values are known to a tenth of a percent. */
const growth = 1.002
const perBin = 1 / Math.log(growth)

/** Counts by bin, as they travel between threads: those from the first used bin to the last. */
export interface SketchData {
  readonly first: number
  readonly counts: Uint32Array
  readonly count: number
  readonly least: number
  readonly most: number
}

/**
 * How values of a million executions are spread, in a few kilobytes: counts in bins whose width grows
 * with the value. Sketches of several runs add up to the sketch of all, in any order.
 */
export class Sketch {
  #counts = new Float64Array(256)
  #count = 0
  #least = Number.POSITIVE_INFINITY
  #most = 0

  get count(): number {
    return this.#count
  }

  /** Adds a value of at least 0. */
  add(value: number): void {
    const bin = binOf(value)
    if (bin >= this.#counts.length) this.#grow(bin)
    this.#counts[bin] = (this.#counts[bin] as number) + 1
    this.#count += 1
    if (value < this.#least) this.#least = value
    if (value > this.#most) this.#most = value
  }

  merge({ first, counts, count, least, most }: SketchData): void {
    if (first + counts.length > this.#counts.length) this.#grow(first + counts.length)
    for (const [index, each] of counts.entries()) {
      this.#counts[first + index] = (this.#counts[first + index] as number) + each
    }
    this.#count += count
    this.#least = Math.min(this.#least, least)
    this.#most = Math.max(this.#most, most)
  }

  /** The value below which a share of all lies; NaN when there is none. */
  quantile(share: number): number {
    if (this.#count === 0) return Number.NaN
    const wanted = Math.min(1, Math.max(0, share)) * this.#count
    let below = 0
    for (const [bin, count] of this.#counts.entries()) {
      if (count > 0 && below + count >= wanted) {
        // Values are whole milliseconds: below the first one there is only 0.
        if (bin === 0) return 0
        const part = Math.max(0, wanted - below) / count
        const value = lowerEdge(bin) + part * (lowerEdge(bin + 1) - lowerEdge(bin))
        return Math.min(this.#most, Math.max(this.#least, value))
      }
      below += count
    }
    return this.#most
  }

  data(): SketchData {
    const used = this.#counts.findIndex((count) => count > 0)
    const first = Math.max(0, used)
    const last = this.#counts.findLastIndex((count) => count > 0)
    const counts = Uint32Array.from(this.#counts.subarray(first, last + 1))
    return { first, counts, count: this.#count, least: this.#least, most: this.#most }
  }

  #grow(bin: number): void {
    const longer = new Float64Array(Math.max(2 * this.#counts.length, bin + 1))
    longer.set(this.#counts)
    this.#counts = longer
  }
}

/** How many of a sketch's values lie below one, the bin that it falls into counted in part. */
export function countBelow({ first, counts }: SketchData, value: number): number {
  const bin = binOf(value)
  let below = 0
  for (let index = 0; index < counts.length && first + index < bin; index++) {
    below += counts[index] as number
  }
  const part = (value - lowerEdge(bin)) / (lowerEdge(bin + 1) - lowerEdge(bin))
  return below + part * (counts[bin - first] ?? 0)
}

function binOf(value: number): number {
  return value < 1 ? 0 : 1 + Math.floor(Math.log(value) * perBin)
}

function lowerEdge(bin: number): number {
  return bin === 0 ? 0 : Math.exp((bin - 1) / perBin)
}
