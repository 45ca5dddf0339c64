import type { ClockChange, Reader, RecordRow } from '../../core/ports.js'
import type { Running, Service } from '../service.js'
import { instantOf } from './shapes.js'

export interface StreamOptions {
  /** Records with a greater number. */
  readonly from: number
  readonly execution: string | undefined
}

/** Records that are read at a time: the next ones are not read before these are taken. */
const pageSize = 100
/** How often to look for what other processes have written, in milliseconds of wall time. */
const pollMs = 250
/** After so long without an event a comment keeps the connection open. */
const quietMs = 15_000

/**
 * Records as server-sent events, for as long as somebody reads. Nothing is kept for a slow reader: it
 * gets the next records when it has taken the ones before.
 */
export function eventStream(service: Service, options: StreamOptions): Response {
  const follower = new Follower(service, options)
  const encoder = new TextEncoder()
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const text = await follower.next()
      if (text === null) controller.close()
      else controller.enqueue(encoder.encode(text))
    },
    cancel: () => follower.stop(),
  })
  return new Response(stream, {
    headers: {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    },
  })
}

class Follower {
  readonly #service: Service
  readonly #execution: string | undefined
  readonly #stopped = new AbortController()
  #running: Running | null = null
  #after: number
  /** The change of the clock that was told last. */
  #told: ClockChange | undefined
  #begun = false

  constructor(service: Service, { from, execution }: StreamOptions) {
    this.#service = service
    this.#after = from
    this.#execution = execution
  }

  stop(): void {
    this.#stopped.abort()
  }

  /** The next events; null when there is no more to come. */
  async next(): Promise<string | null> {
    // Headers go out at once, so that a client knows that it is heard.
    if (!this.#begun) {
      this.#begun = true
      return ': bakeline\n\n'
    }
    const since = this.#service.wall.now()
    for (;;) {
      if (this.#stopped.signal.aborted) return null
      const replaced = await this.#replaced()
      if (replaced === 'over') return null
      if (replaced) return event('reset', null, {})
      const text = await this.#read()
      if (text !== '') return text
      if (this.#service.wall.now() - since >= quietMs) return ': nothing new\n\n'
      await this.#wait()
    }
  }

  /**
   * Whether another state runs now than before; its records are counted from 1. After a crash it is
   * the same: the stream goes on where it was.
   */
  async #replaced(): Promise<boolean | 'over'> {
    if (this.#running !== null && !this.#running.over.aborted) return false
    const before = this.#running
    const running = await this.#service.current()
    if (running.over.aborted) return 'over'
    this.#running = running
    if (before?.state !== running.state) {
      this.#told = await running.builder.engine.read((reader) => reader.newestClockChange())
    }
    const newest = await running.builder.engine.read((reader) => reader.counter('record'))
    // A cursor from before a reset is of a record that is not there (any more).
    const same = before === null || before.state === running.state
    if (same && this.#after <= newest) return false
    this.#after = 0
    return true
  }

  async #read(): Promise<string> {
    const { engine } = (this.#running as Running).builder
    try {
      return await engine.read((reader) => {
        const records = reader.stream(this.#after, pageSize)
        this.#after = records.at(-1)?.n ?? this.#after
        return records.map((record) => this.#shown(reader, record)).join('') + this.#clock(reader)
      })
    } catch (error) {
      // It was closed between two looks: what took its place is found at the next.
      if (this.#running?.over.aborted === true) return ''
      throw error
    }
  }

  /** The newest change of the clock, without an id: a cursor is of records. */
  #clock(reader: Reader): string {
    const newest = reader.newestClockChange()
    if (newest === undefined) return ''
    if (newest.n === this.#told?.n && newest.until === this.#told.until) return ''
    this.#told = newest
    return event('clock', null, newest)
  }

  #shown(reader: Reader, { n, execution, seq, at, kind, body }: RecordRow): string {
    const row = reader.execution(execution)
    if (this.#execution !== undefined && row?.id !== this.#execution) return ''
    const of = row && {
      machine: row.machine,
      key: row.singletonKey,
      status: row.status,
      outcome: row.outcome,
    }
    const record = { seq, at: instantOf(at), kind, body: JSON.parse(body) as unknown }
    const data = { n, execution: row?.id, ...of, ...record }
    return event(kind, n, data)
  }

  /** Until this process has written something, or others may have. */
  #wait(): Promise<void> {
    const { builder, over } = this.#running as Running
    return new Promise((resolve) => {
      const go = (): void => {
        cancel()
        unsubscribe()
        for (const signal of [over, this.#stopped.signal]) signal.removeEventListener('abort', go)
        resolve()
      }
      const cancel = this.#service.wall.after(pollMs, go)
      const unsubscribe = builder.engine.subscribe(go)
      for (const signal of [over, this.#stopped.signal]) signal.addEventListener('abort', go)
    })
  }
}

function event(name: string, id: number | null, data: object): string {
  return `event: ${name}\n${id === null ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`
}
