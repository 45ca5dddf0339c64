/**
 * What is due when: a heap of four children a node over numbered items, in typed arrays, from which
 * an item can be taken wherever it stands. Of items due at one instant the lower order comes first.
 *
 * A binary heap of objects with lazy removal costs an allocation an item and keeps what was cancelled;
 * with a time-out per stage most items are cancelled.
 */
export class Agenda {
  #size = 0
  #items = new Int32Array(64)
  #dues = new Float64Array(64)
  #orders = new Float64Array(64)
  /** Where an item stands in the heap, or -1. */
  #places = new Int32Array(64).fill(-1)

  get size(): number {
    return this.#size
  }

  /** When the first item is due; infinite when there is none. */
  get next(): number {
    return this.#size === 0 ? Number.POSITIVE_INFINITY : (this.#dues[0] as number)
  }

  /** Puts an item that is not there. */
  put(item: number, due: number, order: number): void {
    if (this.#size === this.#items.length) this.#growHeap()
    if (item >= this.#places.length) this.#growPlaces(item)
    this.#up(this.#size++, item, due, order)
  }

  /** Takes the first item; there must be one. */
  take(): number {
    const item = this.#items[0] as number
    this.remove(item)
    return item
  }

  /** Takes an item out; one that is not there is no error. */
  remove(item: number): void {
    const place = item < this.#places.length ? (this.#places[item] as number) : -1
    if (place < 0) return
    this.#places[item] = -1
    const last = --this.#size
    if (place === last) return
    const moved = this.#items[last] as number
    const due = this.#dues[last] as number
    const order = this.#orders[last] as number
    if (place > 0 && this.#isBefore(due, order, (place - 1) >> 2)) {
      this.#up(place, moved, due, order)
    } else this.#down(place, moved, due, order)
  }

  #isBefore(due: number, order: number, place: number): boolean {
    const other = this.#dues[place] as number
    return due < other || (due === other && order < (this.#orders[place] as number))
  }

  #up(from: number, item: number, due: number, order: number): void {
    let place = from
    while (place > 0) {
      const parent = (place - 1) >> 2
      if (!this.#isBefore(due, order, parent)) break
      this.#move(parent, place)
      place = parent
    }
    this.#set(place, item, due, order)
  }

  #down(from: number, item: number, due: number, order: number): void {
    const dues = this.#dues
    const size = this.#size
    let place = from
    for (;;) {
      const first = 4 * place + 1
      if (first >= size) break
      let least = first
      const end = Math.min(first + 4, size)
      for (let child = first + 1; child < end; child++) {
        if (this.#isBefore(dues[child] as number, this.#orders[child] as number, least)) {
          least = child
        }
      }
      const leastDue = dues[least] as number
      if (due < leastDue || (due === leastDue && order < (this.#orders[least] as number))) break
      this.#move(least, place)
      place = least
    }
    this.#set(place, item, due, order)
  }

  #move(from: number, to: number): void {
    this.#set(
      to,
      this.#items[from] as number,
      this.#dues[from] as number,
      this.#orders[from] as number,
    )
  }

  #set(place: number, item: number, due: number, order: number): void {
    this.#items[place] = item
    this.#dues[place] = due
    this.#orders[place] = order
    this.#places[item] = place
  }

  #growHeap(): void {
    const length = 2 * this.#items.length
    this.#items = grown(this.#items, new Int32Array(length))
    this.#dues = grown(this.#dues, new Float64Array(length))
    this.#orders = grown(this.#orders, new Float64Array(length))
  }

  #growPlaces(item: number): void {
    const length = Math.max(2 * this.#places.length, item + 1)
    this.#places = grown(this.#places, new Int32Array(length).fill(-1))
  }
}

/** A longer array that begins as a shorter one. */
export function grown<A extends Float64Array | Int32Array>(old: A, longer: A): A {
  longer.set(old)
  return longer
}
