import { useEffect, useState } from 'preact/hooks'
import { ask, asRefusal, post, type Refusal } from '../../lib/api.js'
import { useLoaded } from '../../lib/loaded.js'
import { faultCount } from '../../model/fault-count.js'

/** How often the counters are read, in milliseconds: what faults hit leaves no events. */
const everyMs = 1_500

interface Kept<Entry> {
  readonly faults: readonly Entry[]
  /** Why they could not be read; null when they were. */
  readonly unread: Refusal | null
  /** Why the last of what was asked was refused; null when it was not. */
  readonly refusal: Refusal | null
  readonly add: (rule: object) => Promise<void>
  readonly remove: (ids: readonly string[]) => Promise<void>
}

/**
 * Those of the faults that the server keeps beside the plan which are meant.
 *
 * @param always whether their counters are read also while there is none
 */
export function useKeptFaults<Entry extends { readonly id: string }>(
  means: (fault: Entry) => boolean,
  always: boolean,
): Kept<Entry> {
  const [tick, setTick] = useState(0)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const { value, refusal: unread } = useLoaded<{ faults: Entry[] }>('/faults', tick)
  const faults = (value?.faults ?? []).filter(means)
  const counts = always || faults.length > 0
  useEffect(() => {
    if (!counts) return undefined
    const timer = setInterval(() => setTick((n) => n + 1), everyMs)
    return () => clearInterval(timer)
  }, [counts])
  const doing = async (work: Promise<unknown>): Promise<void> => {
    try {
      await work
      setRefusal(null)
    } catch (error) {
      setRefusal(asRefusal(error))
    }
    setTick((n) => n + 1)
    void faultCount.read()
  }
  return {
    faults,
    unread,
    refusal,
    add: (rule) => doing(post('/faults', rule)),
    remove: (ids) => doing(Promise.all(ids.map((id) => ask('DELETE', `/faults/${id}`)))),
  }
}
