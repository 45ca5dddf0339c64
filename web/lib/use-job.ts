import { useEffect, useRef, useState } from 'preact/hooks'
import { asRefusal, type Refusal } from './api.js'
import { type Mistake, runJob } from './job.js'

/** A job as far as it is. */
export interface JobState<T, P> {
  readonly running: boolean
  readonly progress: P | null
  readonly value: T | null
  readonly mistakes: readonly Mistake[]
  readonly refusal: Refusal | null
  /** How long it took, in milliseconds. */
  readonly tookMs: number
  readonly run: (body: object) => void
  readonly stop: () => void
}

interface Came<T, P> {
  readonly of: string
  readonly progress: P | null
  readonly value: T | null
  readonly mistakes: readonly Mistake[]
  readonly refusal: Refusal | null
  readonly tookMs: number
  readonly running: boolean
}

function nothing<T, P>(of: string): Came<T, P> {
  const none = { progress: null, value: null, refusal: null }
  return { of, ...none, mistakes: [], tookMs: 0, running: false }
}

/** Something that the server does on demand; what came of it is gone when `of` changes. */
export function useJob<T, P>(path: string, of: string): JobState<T, P> {
  const [came, setCame] = useState<Came<T, P>>(nothing(of))
  const running = useRef<AbortController | null>(null)
  const stop = (): void => {
    running.current?.abort()
    running.current = null
  }
  useEffect(() => stop, [of])
  const shown = came.of === of ? came : nothing<T, P>(of)
  const start = async (body: object): Promise<void> => {
    const ending = new AbortController()
    running.current = ending
    const begun = performance.now()
    setCame((before) => ({ ...before, of, running: true, progress: null, refusal: null }))
    const end = (part: Partial<Came<T, P>>): void => {
      if (ending.signal.aborted) return
      running.current = null
      setCame({ ...nothing<T, P>(of), ...part, tookMs: performance.now() - begun })
    }
    try {
      const onProgress = (progress: P): void => {
        if (!ending.signal.aborted) setCame((before) => ({ ...before, progress }))
      }
      end(await runJob<T, P>(path, body, { onProgress, signal: ending.signal }))
    } catch (error) {
      end({ refusal: asRefusal(error) })
    }
  }
  return {
    ...shown,
    run: (body) => {
      if (running.current === null) void start(body)
    },
    stop: () => {
      stop()
      setCame((before) => ({ ...before, running: false, progress: null }))
    },
  }
}
