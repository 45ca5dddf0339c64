import { useEffect, useState } from 'preact/hooks'
import { ask, asRefusal, post, type Refusal } from '../../lib/api.js'
import { useLoaded } from '../../lib/loaded.js'
import { faultCount } from '../../model/fault-count.js'
import { Button } from '../../parts/controls.js'
import { Refused } from '../../parts/refused.js'
import { blank, CallForm, callRuleOf } from './call-form.js'
import { type CallFault, CallList } from './call-list.js'

/** How often the counters are read, in milliseconds: calls leave no events. */
const everyMs = 1_500

/** Faults of the service's operations: what is answered, how late, or nothing at all. */
export function CallFaults({ regions }: { readonly regions: readonly string[] }) {
  const [tick, setTick] = useState(0)
  const { value, refusal: unread } = useLoaded<{ faults: CallFault[] }>('/faults', tick)
  const operations = useLoaded<{ operations: { action: string }[] }>('/ecs/operations')
  const [form, setForm] = useState(blank)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  useEffect(() => {
    const timer = setInterval(() => setTick((n) => n + 1), everyMs)
    return () => clearInterval(timer)
  }, [])
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
  const faults = (value?.faults ?? []).filter(({ rule }) => rule.task === undefined)
  const actions = operations.value?.operations.map(({ action }) => action) ?? []
  return (
    <div class="fault-lower calls">
      <section aria-label="New fault of a call">
        <div class="pane-head">
          <h2>New fault of a call</h2>
        </div>
        <CallForm
          form={form}
          change={(part) => setForm((was) => ({ ...was, ...part }))}
          regions={regions}
          actions={actions}
          onSet={() => void doing(post('/faults', callRuleOf(form)))}
        />
        {(refusal ?? unread) !== null && (
          <div class="pad">
            <Refused refusal={(refusal ?? unread) as Refusal} says="Refused, nothing was set" />
          </div>
        )}
      </section>
      <section aria-label="Faults of calls that are set">
        <div class="pane-head ruled">
          <h2>Set</h2>
          <span class="faint">asked in this order</span>
          <span class="grow" />
          {faults.length > 0 && (
            <Button
              icon="close"
              onPress={() =>
                void doing(Promise.all(faults.map(({ id }) => ask('DELETE', `/faults/${id}`))))
              }
            >
              Clear all
            </Button>
          )}
        </div>
        <CallList faults={faults} onRemove={(id) => void doing(ask('DELETE', `/faults/${id}`))} />
      </section>
    </div>
  )
}
