/** Slots that tasks share, with the queue for them and what became of both over time. */
export class LoopPool {
  readonly name: string
  readonly limit: number
  /** True while a slot became free and has not been given on: nobody overtakes the queue. */
  freed = false
  #held = 0
  #waiting = 0
  #queue: number[] = []
  #first = 0
  #at = 0
  #heldTime = 0
  #waitingTime = 0
  #longest = 0

  constructor(name: string, limit: number) {
    this.name = name
    this.limit = limit
  }

  get isFree(): boolean {
    return this.#held < this.limit
  }

  get waiting(): number {
    return this.#waiting
  }

  take(at: number): void {
    this.#pass(at)
    this.#held += 1
  }

  release(at: number): void {
    this.#pass(at)
    this.#held -= 1
    this.freed = true
  }

  /** Joins the end of the queue. */
  join(item: number, at: number): void {
    this.#pass(at)
    this.#waiting += 1
    if (this.#waiting > this.#longest) this.#longest = this.#waiting
    this.#queue.push(item)
  }

  /** Leaves the queue from the middle: the item's task was stopped. */
  leave(item: number, at: number): void {
    const place = this.#queue.indexOf(item, this.#first)
    if (place < 0) return
    this.#pass(at)
    this.#waiting -= 1
    this.#queue.splice(place, 1)
  }

  /** Takes who waits longest; -1 when nobody does. */
  call(at: number): number {
    if (this.#waiting === 0) return -1
    this.#pass(at)
    this.#waiting -= 1
    const item = this.#queue[this.#first++] as number
    if (this.#first > 1_000 && 2 * this.#first > this.#queue.length) {
      this.#queue = this.#queue.slice(this.#first)
      this.#first = 0
    }
    return item
  }

  /** Slot-milliseconds held, item-milliseconds waited, and the longest queue, since `begin`. */
  usage(at: number): { readonly held: number; readonly waited: number; readonly longest: number } {
    this.#pass(at)
    return { held: this.#heldTime, waited: this.#waitingTime, longest: this.#longest }
  }

  /** Counts anew from here. */
  begin(at: number): void {
    this.#at = at
    this.#heldTime = 0
    this.#waitingTime = 0
    this.#longest = this.#waiting
  }

  #pass(at: number): void {
    const took = at - this.#at
    if (took <= 0) return
    this.#heldTime += took * this.#held
    this.#waitingTime += took * this.#waiting
    this.#at = at
  }
}
