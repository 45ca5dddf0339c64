import type { ComponentChildren } from 'preact'
import { useRef, useState } from 'preact/hooks'
import { useLoaded } from '../../lib/loaded.js'
import { parseDuration } from '../../lib/time.js'
import { useWatched } from '../../lib/watched.js'
import { clock } from '../../model/clock.js'
import {
  atCell,
  columnsOf,
  type FaultyTemplate,
  type PlanRule,
  ruleOf,
  type TaskFault,
} from '../../model/faults.js'
import { model } from '../../model/model.js'
import type { Row } from '../../model/row.js'
import { Button } from '../../parts/controls.js'
import { Refused } from '../../parts/refused.js'
import { CrashButton } from './crash-button.js'
import { hits, isOf } from './hits.js'
import { Matrix } from './matrix.js'
import { HitList, SetList } from './set-list.js'
import { useTaskFaults } from './set-faults.js'
import { TaskForm } from './task-form.js'
import { problemOf } from './task-outcome.js'

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
  share: '',
  lasts: '40m',
  slower: '',
  crash: 'after',
  often: '1',
}

interface TaskFaultsProps {
  readonly regions: readonly string[]
  readonly tabs: ComponentChildren
}

/** What becomes of attempts of tasks: rules of the plan, and crashes at their ends. */
export function TaskFaults({ regions, tabs }: TaskFaultsProps) {
  useWatched(model)
  useWatched(hits)
  const { all, faults, refusal, add, take } = useTaskFaults()
  const known = useLoaded<{ templates: FaultyTemplate[] }>('/templates', model.templates.size)
  const templates = known.value?.templates ?? []
  const [fault, setFault] = useState(firstFault)
  // Two fields may be filled in within one frame: neither takes the other's back.
  const change = (part: Partial<TaskFault>): void => setFault((was) => ({ ...was, ...part }))
  const form = useRef<HTMLElement>(null)
  const hitsOf = (rule: PlanRule): number =>
    rule.hits ?? hits.all.filter((hit) => isOf(rule, hit)).length
  const set = (): void => {
    if (problemOf(fault) !== null) return
    add(ruleOf(fault, clock.now(), parseDuration(fault.lasts) ?? 0))
  }
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
          onPress={() => take(faults)}
        >
          Clear all
        </Button>
        <CrashButton />
      </div>
      {refusal !== null && (
        <div class="pad">
          <Refused refusal={refusal} says="Refused, nothing was set" />
        </div>
      )}
      <Matrix
        plan={all}
        regions={columnsOf(templates, all)}
        templates={templates}
        live={liveRows()}
        chosen={fault}
        hits={({ task, region }) =>
          faults
            .filter(({ crash }) => crash === undefined)
            .filter((rule) => rule.task === task && (rule.region ?? '') === region)
            .reduce((sum, rule) => sum + hitsOf(rule), 0)
        }
        onPick={change}
        onSet={() => form.current?.scrollIntoView({ block: 'nearest' })}
        onClear={({ task, region }) => take(atCell(all, task, region))}
      />
      <div class="fault-lower">
        <section ref={form} aria-label="New fault">
          <div class="pane-head ruled">
            <h2>New fault</h2>
            <span class="faint">wins over those before it</span>
          </div>
          <TaskForm
            fault={fault}
            change={change}
            regions={regions}
            templates={templates}
            onSet={set}
          />
        </section>
        <SetPane faults={faults} take={take} hitsOf={hitsOf} />
      </div>
    </div>
  )
}

function liveRows(): Row[] {
  return model.order.flatMap((id) => {
    const row = model.rows.get(id)
    return row === undefined || row.outcome !== null ? [] : [row]
  })
}

interface SetPaneProps {
  readonly faults: readonly PlanRule[]
  readonly take: (rules: readonly PlanRule[]) => void
  readonly hitsOf: (rule: PlanRule) => number
}

function SetPane({ faults, take, hitsOf }: SetPaneProps) {
  return (
    <section aria-label="Faults that are set">
      <div class="pane-head ruled">
        <h2>Set</h2>
        <span class="faint">newest first</span>
      </div>
      <SetList faults={faults} hits={hitsOf} onRemove={(rule) => take([rule])} />
      <div class="pane-head ruled">
        <h2>Hit just now</h2>
      </div>
      <HitList hits={hits.all} />
    </section>
  )
}
