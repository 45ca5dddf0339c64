import type { StreamRecord } from './stream-record.js'

export interface StreamListener {
  readonly record: (record: StreamRecord) => void
  /** Something was done to the clock. */
  readonly clock: () => void
  /** Another state runs now: what is known is of the one before. */
  readonly reset: () => void
  /** It is heard, or is not any more. */
  readonly live: (live: boolean) => void
}

/** How long until a stream that the browser gave up on is asked for anew, in milliseconds. */
const againMs = 1_000

/**
 * Follows the records of every execution. A browser goes on by itself after a broken connection, with
 * Last-Event-ID; where it gives up (a server that answers with an error), this begins anew after the
 * last record that was taken. Either way no record is missed and none comes twice.
 */
export class Stream {
  readonly #listener: StreamListener
  #source: EventSource | null = null
  #last: number
  #again: ReturnType<typeof setTimeout> | null = null

  constructor(after: number, listener: StreamListener) {
    this.#last = after
    this.#listener = listener
    this.#open()
  }

  close(): void {
    if (this.#again !== null) clearTimeout(this.#again)
    this.#source?.close()
  }

  #open(): void {
    const source = new EventSource(`/_bakeline/events?after=${this.#last}`)
    this.#source = source
    const take = (event: MessageEvent<string>): void => {
      const record = JSON.parse(event.data) as StreamRecord
      if (record.n <= this.#last) return
      this.#last = record.n
      this.#listener.record(record)
    }
    for (const kind of ['step', 'attempt', 'migration']) source.addEventListener(kind, take)
    source.addEventListener('clock', () => this.#listener.clock())
    source.addEventListener('reset', () => {
      this.#last = 0
      this.#listener.reset()
    })
    source.addEventListener('open', () => this.#listener.live(true))
    source.addEventListener('error', () => {
      this.#listener.live(false)
      // A browser waits some seconds before it tries again: somebody is looking, so be quicker.
      source.close()
      this.#again ??= setTimeout(() => {
        this.#again = null
        this.#open()
      }, againMs)
    })
  }
}
