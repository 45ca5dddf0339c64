import { useEffect, useState } from 'preact/hooks'
import { asRefusal, post, type Refusal } from '../../lib/api.js'
import type { Answer, Replayed } from './run.js'

/** A run of a text, and how long it took. */
export interface Ran {
  readonly replayed: Replayed
  readonly text: string
  readonly wallMs: number
}

export interface Replaying {
  readonly ran: Ran | null
  readonly refusal: Refusal | null
  readonly running: boolean
  readonly run: (text: string) => void
}

/** Plays a scenario; what came of it is gone when another file is opened. */
export function useReplay(path: string): Replaying {
  const [ran, setRan] = useState<Ran | null>(null)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [running, setRunning] = useState(false)
  useEffect(() => {
    setRan(null)
    setRefusal(null)
  }, [path])
  const play = async (text: string): Promise<void> => {
    setRunning(true)
    const begun = performance.now()
    try {
      const { replayed, mistakes } = await post<Answer>('/replay', { text, file: path })
      setRefusal(null)
      const wallMs = performance.now() - begun
      setRan(replayed === null || mistakes.length > 0 ? null : { replayed, text, wallMs })
    } catch (error) {
      setRan(null)
      setRefusal(asRefusal(error))
    }
    setRunning(false)
  }
  const run = (text: string): void => {
    if (!running && text !== '') void play(text)
  }
  return { ran, refusal, running, run }
}
