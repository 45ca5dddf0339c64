import { parseDuration } from '../../lib/time.js'
import { type FaultyTemplate, ruleOf, type TaskFault, tasks, yamlOf } from '../../model/faults.js'
import { clock } from '../../model/clock.js'
import { Button, copyText, Segmented } from '../../parts/controls.js'
import { toast } from '../../parts/toast.js'
import { FaultForm } from './fault-form.js'
import { Choice, withAny } from './inputs.js'
import { Outcome, type PartProps, problemOf } from './task-outcome.js'

interface TaskFormProps {
  readonly fault: TaskFault
  readonly change: (part: Partial<TaskFault>) => void
  readonly regions: readonly string[]
  readonly templates: readonly FaultyTemplate[]
  readonly onSet: () => void
}

/** What becomes of which attempt of a task. */
export function TaskForm({ fault, change: set, regions, templates, onSet }: TaskFormProps) {
  const problem = problemOf(fault)
  return (
    <FaultForm
      label="New fault of a task"
      problem={problem}
      onSet={onSet}
      beside={
        <Button
          kind="plain"
          off={fault.outcome === 'crash' ? 'A scenario has steps for it: crash, and dies' : null}
          onPress={() => {
            const lasts = parseDuration(fault.lasts) ?? 0
            void copyText(yamlOf(ruleOf(fault, clock.now(), lasts)))
            toast('The rule is copied, as a scenario’s plan has it.')
          }}
        >
          Copy as scenario plan
        </Button>
      }
    >
      <Where fault={fault} set={set} regions={regions} templates={templates} />
      <Outcome fault={fault} set={set} />
    </FaultForm>
  )
}

/** Which attempts it is about. */
function Where({
  fault,
  set,
  regions,
  templates,
}: PartProps & Pick<TaskFormProps, 'regions' | 'templates'>) {
  return (
    <div class="fault-pair">
      <Choice
        label="Task"
        value={fault.task}
        options={tasks.map(([task]) => [task, task])}
        onPick={(task) => set({ task })}
      />
      <Choice
        label="Region"
        value={fault.region}
        options={withAny(regions)}
        onPick={(region) => set({ region })}
      />
      <Choice
        label="Template"
        value={fault.template}
        options={withAny(templates.map(({ Name }) => Name))}
        onPick={(template) => set({ template })}
      />
      <div class="field">
        <span class="label">Attempt</span>
        <Segmented
          label="Attempt"
          value={fault.attempt}
          options={[
            ['1', '1'],
            ['2', '2'],
            ['3', '3'],
            ['1-2', '1, 2'],
            ['every', 'every'],
          ]}
          onPick={(attempt) => set({ attempt })}
        />
      </div>
    </div>
  )
}
