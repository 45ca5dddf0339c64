import { useState } from 'preact/hooks'
import type { Refusal } from '../../lib/api.js'
import { useLoaded } from '../../lib/loaded.js'
import { Button } from '../../parts/controls.js'
import { Refused } from '../../parts/refused.js'
import { blank, CallForm, callRuleOf } from './call-form.js'
import { type CallFault, CallList } from './call-list.js'
import { useKeptFaults } from './kept-faults.js'

/** Faults of the service's operations: what is answered, how late, or nothing at all. */
export function CallFaults({ regions }: { readonly regions: readonly string[] }) {
  const { faults, unread, refusal, add, remove } = useKeptFaults(isOfCall, true)
  const operations = useLoaded<{ operations: { action: string }[] }>('/ecs/operations')
  const [form, setForm] = useState(blank)
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
          onSet={() => void add(callRuleOf(form))}
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
            <Button icon="close" onPress={() => void remove(faults.map(({ id }) => id))}>
              Clear all
            </Button>
          )}
        </div>
        <CallList faults={faults} onRemove={(id) => void remove([id])} />
      </section>
    </div>
  )
}

function isOfCall({ rule }: CallFault): boolean {
  return rule.task === undefined
}
