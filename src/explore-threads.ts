import type { Worker as Thread } from 'node:worker_threads'
import type { Bounds } from './simulate/explore/bounds.js'
import type { Crew, Seen } from './simulate/explore/explore.js'
import type { Order, Report } from './simulate/explore/hand.js'
import type { Worker } from './simulate/explore/search.js'
import { startThread } from './threads.js'

/** What a thread is begun with. */
export interface ThreadData {
  readonly text: string
  readonly file: string
  readonly bounds: Bounds
  readonly always: readonly string[]
}

/** What a thread is asked for: work, or what it has seen. */
export type Asked = { readonly order: Order } | { readonly seen: true }

/** A thread that is begun when there is work for it. */
class Helper implements Worker {
  readonly #data: ThreadData
  #thread: Thread | null = null
  #asked: { resolve: (answer: unknown) => void; reject: (error: unknown) => void } | null = null

  constructor(data: ThreadData) {
    this.#data = data
  }

  async work(order: Order): Promise<readonly Report[]> {
    if (this.#thread === null && order.expand.length === 0) return []
    return (await this.#ask({ order })) as readonly Report[]
  }

  async seen(): Promise<readonly Seen[]> {
    return this.#thread === null ? [] : [(await this.#ask({ seen: true })) as Seen]
  }

  async close(): Promise<void> {
    await this.#thread?.terminate()
  }

  /** One question at a time. */
  #ask(asked: Asked): Promise<unknown> {
    const thread = this.#thread ?? this.#begin()
    return new Promise((resolve, reject) => {
      this.#asked = { resolve, reject }
      thread.postMessage(asked, [])
    })
  }

  #begin(): Thread {
    const thread = startThread(import.meta.url, './explore-thread', { workerData: this.#data })
    thread.on('message', (answer) => this.#asked?.resolve(answer))
    thread.on('error', (error) => this.#asked?.reject(error))
    thread.on('exit', () => this.#asked?.reject(new Error('a thread of the exploration ended')))
    this.#thread = thread
    return thread
  }
}

/** Threads that explore beside this one. */
export function threadsFor(
  data: ThreadData,
  count: number,
): Crew & { readonly close: () => Promise<void> } {
  const helpers = Array.from({ length: count }, () => new Helper(data))
  return {
    workers: helpers,
    collect: async () => (await Promise.all(helpers.map((helper) => helper.seen()))).flat(),
    close: async () => {
      await Promise.all(helpers.map((helper) => helper.close()))
    },
  }
}
