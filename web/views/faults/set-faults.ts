import { useRef, useState } from 'preact/hooks'
import { ask, asRefusal, type Refusal } from '../../lib/api.js'
import { useLoaded } from '../../lib/loaded.js'
import { isFault, type PlanRule } from '../../model/faults.js'
import { faultCount } from '../../model/fault-count.js'
import { model } from '../../model/model.js'
import { useCrashes } from './crashes.js'

type Plan = readonly PlanRule[]

/** The plan, and the changing of it. */
function usePlan() {
  const {
    value,
    again,
    refusal: unread,
  } = useLoaded<{ plan: PlanRule[] }>('/plan', model.generation)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const last = useRef(Promise.resolve())
  const write = async (edit: (plan: Plan) => Plan): Promise<void> => {
    try {
      const { plan } = await ask<{ plan: Plan }>('GET', '/plan')
      await ask('PUT', '/plan', { plan: edit(plan) })
      setRefusal(null)
    } catch (error) {
      setRefusal(asRefusal(error))
    }
    again()
    void faultCount.read()
  }
  /** One after the other, each of what the plan is by then: none takes another's back. */
  const change = (edit: (plan: Plan) => Plan): void => {
    last.current = last.current.then(() => write(edit))
  }
  return { plan: value?.plan ?? [], change, refusal: refusal ?? unread }
}

/** The plan without some of its rules; of two that say the same the newer goes. */
function without(plan: Plan, rules: Plan): Plan {
  const left = [...plan]
  for (const rule of rules) {
    const text = JSON.stringify(rule)
    const at = left.findLastIndex((each) => JSON.stringify(each) === text)
    if (at >= 0) left.splice(at, 1)
  }
  return left
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
  const { plan, change, refusal } = usePlan()
  const crashes = useCrashes()
  const all = [...plan, ...crashes.set]
  return {
    all,
    faults: all.filter(isFault),
    refusal: refusal ?? crashes.refusal,
    add(rule) {
      if (rule.crash === undefined) change((now) => [...now, rule])
      else void crashes.add(rule)
    },
    take(rules) {
      const planned = rules.filter(({ crash }) => crash === undefined)
      if (planned.length > 0) change((now) => without(now, planned))
      const dying = rules.filter(({ crash }) => crash !== undefined)
      if (dying.length > 0) void crashes.remove(dying)
    },
  }
}
