import { useEffect, useState } from 'preact/hooks'
import { ask, asRefusal, post, type Refusal } from '../../lib/api.js'
import { useLoaded } from '../../lib/loaded.js'
import type { PlanRule } from '../../model/faults.js'
import { faultCount } from '../../model/fault-count.js'

/** How often the counters are read, in milliseconds, while there is one. */
const everyMs = 1_500

interface Entry {
  readonly id: string
  readonly rule: PlanRule
  readonly hits: number
}

interface Crashes {
  /** Those at the end of an attempt, as rules with their counters. */
  readonly set: readonly PlanRule[]
  readonly refusal: Refusal | null
  readonly add: (rule: PlanRule) => Promise<void>
  readonly remove: (rules: readonly PlanRule[]) => Promise<void>
}

/** The crashes that are set at the ends of attempts: the server keeps them, not the plan. */
export function useCrashes(): Crashes {
  const [tick, setTick] = useState(0)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const { value } = useLoaded<{ faults: Entry[] }>('/faults', tick)
  const set = (value?.faults ?? []).flatMap(({ id, rule, hits }) =>
    rule.task === undefined ? [] : [{ ...rule, id, hits }],
  )
  const some = set.length > 0
  useEffect(() => {
    if (!some) return undefined
    const timer = setInterval(() => setTick((n) => n + 1), everyMs)
    return () => clearInterval(timer)
  }, [some])
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
    set,
    refusal,
    add: (rule) => doing(post('/faults', rule)),
    remove: (rules) => doing(Promise.all(rules.map(({ id }) => ask('DELETE', `/faults/${id}`)))),
  }
}
