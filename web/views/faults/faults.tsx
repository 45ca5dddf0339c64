import type { ComponentChildren } from 'preact'
import { useRef, useState } from 'preact/hooks'
import './faults.css'
import { ask, asRefusal, type Refusal } from '../../lib/api.js'
import { useKeys } from '../../lib/keys.js'
import { useLoaded } from '../../lib/loaded.js'
import { setQuery, useRoute } from '../../lib/route.js'
import { useWatched } from '../../lib/watched.js'
import {
  columnsOf,
  type FaultyTemplate,
  isFault,
  type PlanRule,
  ruleOf,
  type TaskFault,
  withoutCell,
} from '../../model/faults.js'
import { faultCount } from '../../model/fault-count.js'
import { model } from '../../model/model.js'
import { Button, Segmented } from '../../parts/controls.js'
import { Refused } from '../../parts/refused.js'
import { CallFaults } from './call-faults.js'
import { hits, isOf } from './hits.js'
import { Matrix } from './matrix.js'
import { HitList, SetList } from './set-list.js'
import { TaskForm } from './task-form.js'

const firstFault: TaskFault = {
  task: 'copyImage',
  region: '',
  template: '',
  account: '',
  attempt: '1',
  outcome: 'fail',
  code: 'InternalError',
  message: '',
  duration: '',
}

/** What is made to go wrong: attempts of tasks, and calls. */
export function Faults() {
  const { query } = useRoute()
  const kind = query.get('of') === 'calls' ? 'calls' : 'tasks'
  const world = useLoaded<{ regions: { RegionId: string }[] }>('/world')
  const regions = world.value?.regions.map(({ RegionId }) => RegionId) ?? []
  const tabs = (
    <Segmented
      label="Faults of"
      value={kind}
      options={[
        ['tasks', 'Tasks'],
        ['calls', 'API operations'],
      ]}
      onPick={(of) => setQuery({ of: of === 'tasks' ? null : of })}
    />
  )
  if (kind === 'tasks') return <TaskFaults regions={regions} tabs={tabs} />
  return (
    <div class="faults">
      <div class="view-head">
        <h1>Faults</h1>
        <span class="faint">of calls; they last as long as this process</span>
        <span class="grow" />
        {tabs}
      </div>
      <CallFaults regions={regions} />
    </div>
  )
}

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

interface TaskFaultsProps {
  readonly regions: readonly string[]
  readonly tabs: ComponentChildren
}

function TaskFaults({ regions, tabs }: TaskFaultsProps) {
  useWatched(model)
  useWatched(hits)
  const { plan, put, refusal } = usePlan()
  const known = useLoaded<{ templates: FaultyTemplate[] }>('/templates', model.templates.size)
  const templates = known.value?.templates ?? []
  const [fault, setFault] = useState(firstFault)
  const form = useRef<HTMLElement>(null)
  const faults = plan.filter(isFault)
  const hitsOf = (rule: PlanRule): number => hits.all.filter((hit) => isOf(rule, hit)).length
  const set = (): void => void put([...plan, ruleOf(fault)])
  useKeys([{ keys: 'Ctrl Enter', does: 'Set the fault', run: set }])
  const live = model.order.flatMap((id) => {
    const row = model.rows.get(id)
    return row === undefined || row.outcome !== null ? [] : [row]
  })
  const hit = faults.reduce((sum, rule) => sum + Number(hitsOf(rule) > 0), 0)
  return (
    <div class="faults">
      <div class="view-head">
        <h1>Faults</h1>
        <span class="faint">
          {faults.length} set, {hit} hit so far
        </span>
        <span class="grow" />
        {tabs}
        <Button
          icon="close"
          off={faults.length === 0 ? 'No fault is set' : null}
          onPress={() => void put(plan.filter((rule) => !isFault(rule)))}
        >
          Clear all
        </Button>
      </div>
      {refusal !== null && (
        <div class="pad">
          <Refused refusal={refusal} says="Refused, nothing was set" />
        </div>
      )}
      <Matrix
        plan={plan}
        regions={columnsOf(templates, plan)}
        templates={templates}
        live={live}
        chosen={fault}
        hits={({ task, region }) =>
          faults
            .filter((rule) => rule.task === task && (rule.region ?? '') === region)
            .reduce((sum, rule) => sum + hitsOf(rule), 0)
        }
        onPick={({ task, region }) => setFault({ ...fault, task, region })}
        onSet={() => form.current?.scrollIntoView({ block: 'nearest' })}
        onClear={({ task, region }) => void put(withoutCell(plan, task, region))}
      />
      <div class="fault-lower">
        <section ref={form} aria-label="New fault">
          <div class="pane-head ruled">
            <h2>New fault</h2>
            <span class="faint">wins over those before it</span>
          </div>
          <TaskForm
            fault={fault}
            change={setFault}
            regions={regions}
            templates={templates}
            onSet={set}
          />
        </section>
        <SetPane faults={faults} plan={plan} put={put} hitsOf={hitsOf} />
      </div>
    </div>
  )
}

interface SetPaneProps {
  readonly faults: readonly PlanRule[]
  readonly plan: readonly PlanRule[]
  readonly put: (plan: readonly PlanRule[]) => Promise<void>
  readonly hitsOf: (rule: PlanRule) => number
}

function SetPane({ faults, plan, put, hitsOf }: SetPaneProps) {
  return (
    <section aria-label="Faults that are set">
      <div class="pane-head ruled">
        <h2>Set</h2>
        <span class="faint">newest first</span>
      </div>
      <SetList
        faults={faults}
        hits={hitsOf}
        onRemove={(rule) => void put(plan.filter((each) => each !== rule))}
      />
      <div class="pane-head ruled">
        <h2>Hit just now</h2>
      </div>
      <HitList hits={hits.all} />
    </section>
  )
}
