import { grown, longerThan } from './grown.js'

/**
 * What is due when: a heap of four children a node over numbered items, in typed arrays, from which
 * an item can be taken wherever it stands. Of items due at one instant the lower order comes first.
 *
 * A binary heap of objects with lazy removal costs an allocation an item and keeps what was cancelled;
 * with a time-out per stage most items are cancelled.
 */
export class Agenda {
  #size = 0
  /** By place in the heap. */
  #items = new Int32Array(64)
  #dues = new Float64Array(64)
  /** By item: its order, which is looked at where two are due together, and its place, or -1. */
  #orders = new Float64Array(64)
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
    this.setOrder(item, order)
    this.putAgain(item, due)
  }

  /** Says what the order of an item is, before it is put and as often as it is put again. */
  setOrder(item: number, order: number): void {
    if (item >= this.#places.length) this.#growPlaces(item)
    this.#orders[item] = order
  }

  /** Puts an item that is not there, of which the order is known. */
  putAgain(item: number, due: number): void {
    if (this.#size === this.#items.length) this.#growHeap()
    this.#up(this.#size++, item, due, this.#orders[item] as number)
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
    const order = this.#orders[moved] as number
    if (place > 0 && this.#isBefore(due, order, (place - 1) >> 2)) {
      this.#up(place, moved, due, order)
    } else this.#down(place, moved, due, order)
  }

  #isBefore(due: number, order: number, place: number): boolean {
    const other = this.#dues[place] as number
    return due < other || (due === other && order < this.#orderAt(place))
  }

  #up(from: number, item: number, due: number, order: number): void {
    let place = from
    while (place > 0) {
      const parent = (place - 1) >> 2
      if (!this.#isBefore(due, order, parent)) break
      this.#move(parent, place)
      place = parent
    }
    this.#set(place, item, due)
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
        const childDue = dues[child] as number
        const leastDue = dues[least] as number
        if (
          childDue < leastDue ||
          (childDue === leastDue && this.#orderAt(child) < this.#orderAt(least))
        ) {
          least = child
        }
      }
      if (this.#isBefore(due, order, least)) break
      this.#move(least, place)
      place = least
    }
    this.#set(place, item, due)
  }

  #orderAt(place: number): number {
    return this.#orders[this.#items[place] as number] as number
  }

  #move(from: number, to: number): void {
    this.#set(to, this.#items[from] as number, this.#dues[from] as number)
  }

  #set(place: number, item: number, due: number): void {
    this.#items[place] = item
    this.#dues[place] = due
    this.#places[item] = place
  }

  #growHeap(): void {
    const length = longerThan(this.#items.length)
    this.#items = grown(this.#items, new Int32Array(length))
    this.#dues = grown(this.#dues, new Float64Array(length))
  }

  #growPlaces(item: number): void {
    const length = Math.max(longerThan(this.#places.length), item + 1)
    this.#places = grown(this.#places, new Int32Array(length).fill(-1))
    this.#orders = grown(this.#orders, new Float64Array(length))
  }
}
