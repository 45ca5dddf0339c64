import { useEffect, useState } from 'preact/hooks'
import { asRefusal, get, type Refusal } from './api.js'

/** Something that was asked for, as far as it has come. */
export interface Loaded<T> {
  readonly value: T | null
  readonly refusal: Refusal | null
  /** Asks again; what is there stays until the answer is. */
  readonly again: () => void
}

/** Asks for a path of the control API when it is first shown, and whenever `of` changes. */
export function useLoaded<T>(path: string, of: unknown = null): Loaded<T> {
  const [value, setValue] = useState<T | null>(null)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [asked, setAsked] = useState(0)
  useEffect(() => {
    let stale = false
    const read = async (): Promise<void> => {
      try {
        const answer = await get<T>(path)
        if (stale) return
        setValue(answer)
        setRefusal(null)
      } catch (error) {
        if (!stale) setRefusal(asRefusal(error))
      }
    }
    void read()
    return () => {
      stale = true
    }
  }, [path, of, asked])
  return { value, refusal, again: () => setAsked((n) => n + 1) }
}
