/** A total order: negative when `a` comes first; 0 only for the same row. */
export type Compare<Row> = (a: Row, b: Row) => number

const blockSize = 512

/**
 * Rows in order. Kept in blocks, so that a change moves some hundred entries and not all of them.
 */
export class Sorted<Row> {
  readonly #compare: Compare<Row>
  readonly #blocks: Row[][] = []
  size = 0

  constructor(compare: Compare<Row>) {
    this.#compare = compare
  }

  /** The same rows, to be changed on its own. */
  copy(): Sorted<Row> {
    const copy = new Sorted(this.#compare)
    for (const block of this.#blocks) copy.#blocks.push([...block])
    copy.size = this.size
    return copy
  }

  add(row: Row): void {
    const before = (other: Row): boolean => this.#compare(other, row) < 0
    // The first block whose last row comes after, or the last block: it may still grow.
    const found = firstIndex(this.#blocks, (block) => !before(last(block)))
    const index = Math.min(found, this.#blocks.length - 1)
    const block = this.#blocks[index]
    this.size++
    if (!block) {
      this.#blocks.push([row])
      return
    }
    block.splice(
      firstIndex(block, (other) => !before(other)),
      0,
      row,
    )
    if (block.length > blockSize) this.#blocks.splice(index + 1, 0, block.splice(blockSize / 2))
  }

  remove(row: Row): void {
    const found = this.#find(row)
    if (!found) return
    found.block.splice(found.at, 1)
    this.size--
    if (found.block.length === 0) this.#blocks.splice(found.index, 1)
  }

  /** Puts a row in the place of the one that it compares equal to. */
  replace(row: Row): void {
    const found = this.#find(row)
    if (found) found.block[found.at] = row
  }

  #find(row: Row): { index: number; block: Row[]; at: number } | undefined {
    const reached = (other: Row): boolean => this.#compare(other, row) >= 0
    const index = firstIndex(this.#blocks, (block) => reached(last(block)))
    const block = this.#blocks[index]
    if (!block) return undefined
    const at = firstIndex(block, reached)
    return this.#compare(block[at] as Row, row) === 0 ? { index, block, at } : undefined
  }

  /** All rows, as they are now. */
  toArray(): Row[] {
    return this.#blocks.flat()
  }

  /** Rows in ascending order, from the first for which `reached` is true; it stays true after. */
  *ascending(reached: (row: Row) => boolean = () => true): Generator<Row, undefined> {
    const start = firstIndex(this.#blocks, (block) => reached(last(block)))
    for (let index = start; index < this.#blocks.length; index++) {
      const block = this.#blocks[index] ?? []
      yield* index === start ? block.slice(firstIndex(block, reached)) : block
    }
  }

  /** Rows in descending order, from the last for which `passed` is not true yet. */
  *descending(passed: (row: Row) => boolean = () => false): Generator<Row, undefined> {
    const found = firstIndex(this.#blocks, (block) => passed(last(block)))
    for (let index = Math.min(found, this.#blocks.length - 1); index >= 0; index--) {
      const block = this.#blocks[index] ?? []
      yield* (index === found ? block.slice(0, firstIndex(block, passed)) : block).toReversed()
    }
  }
}

/** The first index for which a test that turns true once and stays so holds, else the length. */
function firstIndex<T>(list: readonly T[], test: (item: T) => boolean): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (test(list[middle] as T)) high = middle
    else low = middle + 1
  }
  return low
}

/** Blocks are never empty. */
function last<Row>(block: readonly Row[]): Row {
  return block[block.length - 1] as Row
}
