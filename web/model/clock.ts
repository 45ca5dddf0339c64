import { useEffect } from 'preact/hooks'
import { get, post } from '../lib/api.js'
import { useRedraw, useWatched, Watched } from '../lib/watched.js'
import type { DueShare } from './ecs.js'
import { model } from './model.js'

export interface DueItem {
  readonly execution: string
  readonly kind: 'timer' | 'task'
  readonly id: string
  readonly src: string | null
  readonly state: string
  readonly attempt: number | null
  readonly due: number
  /** What it shares, where it does. */
  readonly share: DueShare | null
}

export type ClockMode = 'system' | 'scaled' | 'virtual'

interface Answer {
  readonly mode: ClockMode
  readonly scale: number | null
  readonly now: number
  readonly due: readonly DueItem[]
  readonly more: boolean
}

/** Often enough for a bar that grows, seldom enough for a phone; milliseconds. */
const tickMs = 100
/** What is due is read again at most so often while records come, in milliseconds. */
const readMs = 250

/** The clock of the service, and what is due by it. */
class Clock extends Watched {
  mode: ClockMode = 'virtual'
  scale: number | null = null
  due: readonly DueItem[] = []
  more = false
  known = false
  /** The scale to go on with after a pause. */
  lastScale = 60
  #base = 0
  #readAt = 0
  #asked = false
  readonly #shown = new Set<() => void>()
  #ticking: ReturnType<typeof setInterval> | null = null

  /** What the clock shows, in milliseconds since 1970. */
  now(): number {
    if (this.mode === 'virtual') return this.#base
    return this.#base + (performance.now() - this.#readAt) * (this.scale ?? 1)
  }

  get runs(): boolean {
    return this.mode !== 'virtual'
  }

  /** Called as time passes, all who show it at once, and for as long as it does. */
  onTick(listener: () => void): () => void {
    this.#shown.add(listener)
    this.#pace()
    return () => {
      this.#shown.delete(listener)
      this.#pace()
    }
  }

  #pace(): void {
    const needed = this.runs && this.#shown.size > 0
    if (needed === (this.#ticking !== null)) return
    if (this.#ticking !== null) clearInterval(this.#ticking)
    const tick = (): void => this.#shown.forEach((listener) => listener())
    this.#ticking = needed ? setInterval(tick, tickMs) : null
  }

  async read(): Promise<void> {
    this.#take(await get<Answer>('/due?limit=50'))
  }

  /** Reads soon, once for many who ask. */
  readSoon(): void {
    if (this.#asked) return
    this.#asked = true
    setTimeout(() => {
      this.#asked = false
      void this.read().catch(() => undefined)
    }, readMs)
  }

  async pause(): Promise<void> {
    await post('/clock/pause')
    await this.read()
  }

  /** Lets it run on: 1 is the pace of the wall. */
  async run(scale: number): Promise<void> {
    await post('/clock/scale', { scale })
    await this.read()
  }

  async jump(): Promise<void> {
    await post('/clock/jump')
    await this.read()
  }

  /** To what is due next, and does one thing of it; standing still before and after. */
  async step(): Promise<void> {
    if (this.runs) await this.pause()
    await post('/clock/step')
    await this.read()
  }

  async advance(ms: number): Promise<void> {
    await post('/clock/advance', { by: `${ms}ms` })
    await this.read()
  }

  #take({ mode, scale, now, due, more }: Answer): void {
    this.mode = mode
    this.scale = scale
    if (scale !== null) this.lastScale = scale
    this.#base = now
    this.#readAt = performance.now()
    this.due = due
    this.more = more
    this.known = true
    this.#pace()
    this.changed()
  }
}

export const clock = new Clock()

/** Keeps the clock in step with what happens; from the shell. */
export function followClock(): () => void {
  const read = (): void => clock.readSoon()
  const seen = (): void => {
    if (document.visibilityState === 'visible') read()
  }
  const unfollow = [model.onRecord(read), model.onClock(read), model.watch(followReset())]
  document.addEventListener('visibilitychange', seen)
  void clock.read().catch(() => undefined)
  return () => {
    for (const each of unfollow) each()
    document.removeEventListener('visibilitychange', seen)
  }
}

/** Another state has another clock, and so may a server that came back. */
function followReset(): () => void {
  let [generation, live] = [0, false]
  return () => {
    const changed = model.generation !== generation || model.hearing.live !== live
    ;[generation, live] = [model.generation, model.hearing.live]
    if (changed) clock.readSoon()
  }
}

/** The time of the service, drawn anew as it passes. */
export function useNow(): number {
  const redraw = useRedraw()
  useWatched(clock)
  useEffect(() => clock.onTick(redraw), [])
  return clock.now()
}
