import { useState } from 'preact/hooks'
import { ask, asRefusal, type Refusal } from '../../lib/api.js'
import { useLoaded } from '../../lib/loaded.js'
import { isFault, type PlanRule } from '../../model/faults.js'
import { faultCount } from '../../model/fault-count.js'
import { model } from '../../model/model.js'
import { useCrashes } from './crashes.js'

/** The plan, and the writing of it. */
function usePlan() {
  const {
    value,
    again,
    refusal: unread,
  } = useLoaded<{ plan: PlanRule[] }>('/plan', model.generation)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const put = async (plan: readonly PlanRule[]): Promise<void> => {
    try {
      await ask('PUT', '/plan', { plan })
      setRefusal(null)
    } catch (error) {
      setRefusal(asRefusal(error))
    }
    again()
    void faultCount.read()
  }
  return { plan: value?.plan ?? [], put, refusal: refusal ?? unread }
}

interface TaskFaults {
  /** Every rule of the plan, and the crashes after them. */
  readonly all: readonly PlanRule[]
  readonly faults: readonly PlanRule[]
  readonly refusal: Refusal | null
  readonly add: (rule: PlanRule) => void
  readonly take: (rules: readonly PlanRule[]) => void
}

/** The faults of tasks: rules of the plan, and crashes, which the server keeps beside it. */
export function useTaskFaults(): TaskFaults {
  const { plan, put, refusal } = usePlan()
  const crashes = useCrashes()
  const all = [...plan, ...crashes.set]
  return {
    all,
    faults: all.filter(isFault),
    refusal: refusal ?? crashes.refusal,
    add(rule) {
      void (rule.crash === undefined ? put([...plan, rule]) : crashes.add(rule))
    },
    take(rules) {
      const left = plan.filter((rule) => !rules.includes(rule))
      if (left.length < plan.length) void put(left)
      const dying = rules.filter(({ crash }) => crash !== undefined)
      if (dying.length > 0) void crashes.remove(dying)
    },
  }
}
