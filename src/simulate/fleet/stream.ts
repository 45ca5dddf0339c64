import { Cron } from 'croner'
import TinyQueue from 'tinyqueue'
import { childKey, type DrawKey, drawn, namedKey } from '../../core/draw.js'
import { type CompiledDuration, compileDuration, sampled } from '../plan/spread.js'
import type { Arrivals, Process } from './types.js'

/** A start that is asked for. */
export interface Arrival {
  /** Milliseconds since 1970. */
  readonly at: number
  /** The number of its template. */
  readonly template: number
  /** Under which its execution draws: the same whatever else arrives. */
  readonly key: DrawKey
}

interface Beat {
  readonly at: number
  /** Of what falls together the earlier asked for comes first. */
  readonly order: number
  /** Null: the next beat of a process. */
  readonly arrival: Arrival | null
  readonly source: Source
}

/** What is drawn for arrivals, each under a number of its own. */
const draws = { gap: 0, start: 1, pick: 2, delay: 3, burst: 4 }

export interface StreamOptions {
  readonly arrivals: readonly Arrivals[]
  /** Numbers of templates by name. */
  readonly numbers: ReadonlyMap<string, number>
  readonly key: DrawKey
  /** When the run begins, and when no more starts arrive; milliseconds since 1970. */
  readonly begin: number
  readonly end: number
  /** Gaps are so many times shorter. */
  readonly busier: number
}

/** The starts of a run in order of time, made as they are asked for. */
export class ArrivalStream {
  readonly #queue = new TinyQueue<Beat>([], (a, b) => a.at - b.at || a.order - b.order)
  readonly #end: number
  #order = 0

  constructor(options: StreamOptions) {
    this.#end = options.end
    for (const [index, arrivals] of options.arrivals.entries()) {
      this.#follow(new Source(arrivals, namedKey(options.key, `arrivals ${index}`), options))
    }
  }

  /** The next start; null when there is none before the end. */
  next(): Arrival | null {
    for (;;) {
      const beat = this.#queue.pop()
      if (beat === undefined || beat.at >= this.#end) return null
      if (beat.arrival !== null) return beat.arrival
      const { source } = beat
      for (const arrival of source.arrivalsOf(beat.at)) {
        this.#queue.push({ at: arrival.at, order: ++this.#order, arrival, source })
      }
      this.#follow(source)
    }
  }

  #follow(source: Source): void {
    const at = source.next()
    if (at === null || at >= this.#end) return
    this.#queue.push({ at, order: ++this.#order, arrival: null, source })
  }
}

/** One process: when it beats, and which starts each beat asks for. */
class Source {
  readonly #arrivals: Arrivals
  readonly #key: DrawKey
  readonly #templates: readonly number[]
  readonly #delay: CompiledDuration | null
  readonly #beats: () => number | null
  #beat = 0
  #start = 0

  constructor(arrivals: Arrivals, key: DrawKey, options: StreamOptions) {
    this.#arrivals = arrivals
    this.#key = key
    this.#templates = arrivals.templates.map((name) => options.numbers.get(name) as number)
    this.#delay = arrivals.delay === null ? null : compileDuration(arrivals.delay)
    const gap = (n: number) => -Math.log1p(-this.#draw(draws.gap, n))
    this.#beats = beatsOf(arrivals.process, options, gap)
  }

  /** When it beats next; null when never again. */
  next(): number | null {
    return this.#beats()
  }

  arrivalsOf(at: number): readonly Arrival[] {
    const { process, pick } = this.#arrivals
    if (process.kind !== 'bursts') return this.#starts(at, pick)
    return Array.from({ length: process.size }, (_, n) => {
      const u = this.#draw(draws.burst, this.#beat * process.size + n)
      return this.#starts(at + Math.round(u * process.within), pick)
    }).flat()
  }

  #starts(at: number, pick: Arrivals['pick']): readonly Arrival[] {
    this.#beat += 1
    const all = this.#templates
    const chosen =
      pick === 'each' ? all : [all[Math.floor(this.#draw(draws.pick, this.#beat) * all.length)]]
    return chosen.map((template) => {
      const n = ++this.#start
      const late = this.#delay === null ? 0 : sampled(this.#delay, this.#draw(draws.delay, n))
      const key = childKey(childKey(this.#key, draws.start), n)
      return { at: at + late, template: template as number, key }
    })
  }

  #draw(what: number, n: number): number {
    return drawn(childKey(childKey(this.#key, what), n))
  }
}

/** The times of a process, one a call. @param gap draws an exponential length of mean 1 */
function beatsOf(
  process: Process,
  { begin, busier }: Pick<StreamOptions, 'begin' | 'busier'>,
  gap: (n: number) => number,
): () => number | null {
  let n = 0
  let at = begin
  switch (process.kind) {
    case 'at':
      return () => {
        const time = process.times[n++]
        return time === undefined ? null : begin + time
      }
    case 'every':
      return () => begin + process.from + Math.round((n++ * process.gap) / busier)
    case 'cron': {
      const cron = new Cron(process.pattern, { timezone: process.timezone })
      // The beginning itself counts, and a pattern knows no part of a second.
      let last = new Date(begin - 1_000)
      return () => {
        const next = cron.nextRun(last)
        if (next === null) return null
        last = next
        return next.getTime()
      }
    }
    case 'poisson':
      return () => {
        at += (process.gap / busier) * gap(n++)
        return Math.round(at)
      }
    case 'bursts':
      return () => {
        if (!process.byChance) return begin + Math.round((n++ * process.gap) / busier)
        at += (process.gap / busier) * gap(n++)
        return Math.round(at)
      }
  }
}
