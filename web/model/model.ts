import { get } from '../lib/api.js'
import { Stream } from '../lib/stream.js'
import type { StreamRecord } from '../lib/stream-record.js'
import { Watched } from '../lib/watched.js'
import { type Row, rowAfter } from './row.js'

/** A template, as far as lists need it. */
export interface Template {
  readonly ImagePipelineId: string
  readonly Name: string
  readonly Region: string
  readonly Account: string
}

interface Page {
  readonly newest: number
  readonly total: number
  readonly rows: readonly Row[]
  readonly next: number | null
}

/** Whether the stream is heard. */
export interface Hearing {
  readonly live: boolean
  /** The number of the newest record. */
  readonly n: number
  /** When the stream was heard last, by this machine's clock. */
  readonly heardAt: number
  /** How many records were taken from the stream since the page was opened. */
  readonly taken: number
}

const pageSize = 250

/**
 * All that the page knows, from one overview and one stream. Every view reads this, so no two can
 * disagree; it takes every record, however seldom it is drawn.
 */
class Model extends Watched {
  /** Newest first. */
  readonly order: string[] = []
  readonly rows = new Map<string, Row>()
  /** Another map whenever they were read again. */
  templates: ReadonlyMap<string, Template> = new Map()
  /** The live execution of each template, by their ids. */
  readonly #live = new Map<string, string>()
  /** The last rows that a record moved on, newest first: how warm their edges are. */
  readonly warm: string[] = []
  loading = true
  problem: string | null = null
  hearing: Hearing = { live: false, n: 0, heardAt: Date.now(), taken: 0 }
  /** Grows with every reset: views that keep something of their own begin anew. */
  generation = 0

  readonly #recordListeners = new Set<(record: StreamRecord) => void>()
  readonly #clockListeners = new Set<() => void>()
  #stream: Stream | null = null

  /** Reads what there is, and follows what comes; again whenever the state was replaced. */
  async load(): Promise<void> {
    const generation = ++this.generation
    this.#stream?.close()
    this.#stream = null
    try {
      const [first] = await Promise.all([page(null), this.loadTemplates()])
      if (generation !== this.generation) return
      this.rows.clear()
      this.#live.clear()
      this.order.length = 0
      this.warm.length = 0
      this.#append(first.rows)
      this.#follow(first.newest)
      this.loading = false
      this.problem = null
      this.changed()
      await this.#rest(first.next, generation)
    } catch (error) {
      if (generation !== this.generation) return
      this.problem = error instanceof Error ? error.message : String(error)
      this.hearing = { ...this.hearing, live: false }
      this.changed()
      setTimeout(() => generation === this.generation && void this.load(), 1_000)
    }
  }

  async loadTemplates(): Promise<void> {
    const { templates } = await get<{ templates: Template[] }>('/templates')
    this.templates = new Map(templates.map((each) => [each.ImagePipelineId, each]))
    this.changed()
  }

  /** Called with every record, before anything is drawn. */
  onRecord(listener: (record: StreamRecord) => void): () => void {
    this.#recordListeners.add(listener)
    return () => {
      this.#recordListeners.delete(listener)
    }
  }

  /** Called whenever something was done to the clock, and when something may have been unheard. */
  onClock(listener: () => void): () => void {
    this.#clockListeners.add(listener)
    return () => {
      this.#clockListeners.delete(listener)
    }
  }

  /** The name of what an execution is of: its template's, else its key. */
  nameOf({ key, machine }: Pick<Row, 'key' | 'machine'>): string {
    if (key === null) return machine
    return this.templates.get(key)?.Name ?? key
  }

  /** The live execution of a template. */
  liveOf(template: string): Row | undefined {
    return this.rows.get(this.#live.get(template) ?? '')
  }

  #follow(after: number): void {
    this.hearing = { ...this.hearing, live: false, n: after, heardAt: Date.now() }
    this.#stream = new Stream(after, {
      record: (record) => this.#take(record),
      clock: () => this.#tellClock(),
      reset: () => void this.load(),
      live: (live) => {
        if (live) this.#tellClock()
        this.hearing = { ...this.hearing, live, ...(live ? { heardAt: Date.now() } : {}) }
        this.changed()
      },
    })
  }

  #tellClock(): void {
    for (const listener of this.#clockListeners) listener()
  }

  #take(record: StreamRecord): void {
    const { execution: id, n } = record
    this.hearing = { live: true, n, heardAt: Date.now(), taken: this.hearing.taken + 1 }
    const before = this.rows.get(id)
    this.#keep(rowAfter(before, record))
    if (before === undefined) this.order.unshift(id)
    if (this.warm[0] !== id) {
      this.warm.unshift(id)
      this.warm.length = Math.min(this.warm.length, 3)
    }
    if (record.key !== null && !this.templates.has(record.key)) this.#askForTemplates()
    for (const listener of this.#recordListeners) listener(record)
    this.changed()
  }

  #keep(row: Row): void {
    const { id, key, outcome } = row
    this.rows.set(id, row)
    if (key === null) return
    if (outcome === null) this.#live.set(key, id)
    else if (this.#live.get(key) === id) this.#live.delete(key)
  }

  #asking = false

  /** A template that was made since. */
  #askForTemplates(): void {
    if (this.#asking) return
    this.#asking = true
    setTimeout(() => {
      this.#asking = false
      void this.loadTemplates().catch(() => undefined)
    }, 300)
  }

  #append(rows: readonly Row[]): void {
    for (const row of rows) {
      const known = this.rows.get(row.id)
      if (known === undefined) this.order.push(row.id)
      // The stream may have told of it meanwhile.
      if (known === undefined || known.seq < row.seq) this.#keep(row)
    }
  }

  /** The older ones, page by page, while the newest are shown already. */
  async #rest(from: number | null, generation: number): Promise<void> {
    let next = from
    while (next !== null && generation === this.generation) {
      const more = await page(next)
      if (generation !== this.generation) return
      this.#append(more.rows)
      this.changed()
      next = more.next
    }
  }
}

function page(after: number | null): Promise<Page> {
  return get<Page>(`/overview?limit=${pageSize}${after === null ? '' : `&after=${after}`}`)
}

/** The one that the page shows. */
export const model = new Model()
