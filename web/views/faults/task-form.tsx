import { parseDuration } from '../../lib/time.js'
import {
  type FaultyTemplate,
  longest,
  ruleOf,
  type TaskFault,
  tasks,
  yamlOf,
} from '../../model/faults.js'
import { Button, copyText, Segmented } from '../../parts/controls.js'
import { toast } from '../../parts/toast.js'
import { FaultForm } from './fault-form.js'
import { Choice, Text, withAny } from './inputs.js'

/** Codes that the service itself has for what goes wrong in a task. */
const codes = [
  'InternalError',
  'Throttling',
  'CopyFailed',
  'ImageCopyFailed',
  'OperationDenied.NoStock',
  'QuotaExceed.Image',
  'ServiceUnavailable',
]

interface TaskFormProps {
  readonly fault: TaskFault
  readonly change: (fault: TaskFault) => void
  readonly regions: readonly string[]
  readonly templates: readonly FaultyTemplate[]
  readonly onSet: () => void
}

/** What becomes of which attempt of a task. */
export function TaskForm({ fault, change, regions, templates, onSet }: TaskFormProps) {
  const set = (part: Partial<TaskFault>): void => change({ ...fault, ...part })
  const problem = problemOf(fault)
  return (
    <FaultForm
      label="New fault of a task"
      problem={problem}
      onSet={onSet}
      beside={
        <Button
          kind="plain"
          onPress={() => {
            void copyText(yamlOf(ruleOf(fault)))
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

interface PartProps {
  readonly fault: TaskFault
  readonly set: (part: Partial<TaskFault>) => void
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
            ['every', 'every'],
          ]}
          onPick={(attempt) => set({ attempt })}
        />
      </div>
    </div>
  )
}

/** What becomes of them. */
function Outcome({ fault, set }: PartProps) {
  return (
    <>
      <div class="field">
        <span class="label">Outcome</span>
        <Segmented
          label="Outcome"
          value={fault.outcome}
          options={[
            ['fail', 'fail'],
            ['slow', 'takes longer'],
            ['never', 'never ends'],
          ]}
          onPick={(outcome) => set({ outcome })}
        />
      </div>
      {fault.outcome === 'fail' && (
        <div class="fault-pair">
          <Text
            label="Error code"
            mono
            value={fault.code}
            list={codes}
            onInput={(code) => set({ code })}
          />
          <Text
            label="Message"
            hint="optional"
            value={fault.message}
            onInput={(message) => set({ message })}
          />
        </div>
      )}
      {fault.outcome === 'never' && (
        <p class="small soft">
          It runs for {longest}, which is as long as there is; only a cancel ends it sooner.
        </p>
      )}
      <div class="fault-pair">
        {fault.outcome !== 'never' && (
          <Text
            label={fault.outcome === 'fail' ? 'After' : 'Takes'}
            hint="1m 30s; empty: as planned"
            value={fault.duration}
            onInput={(duration) => set({ duration })}
          />
        )}
        {fault.task === 'shareImage' && (
          <Text
            label="Account"
            hint="optional"
            mono
            value={fault.account}
            onInput={(account) => set({ account })}
          />
        )}
      </div>
    </>
  )
}

function problemOf({ duration, outcome, code }: TaskFault): string | null {
  if (outcome === 'never') return null
  if (duration !== '' && parseDuration(duration) === null) return 'A duration is 90s, 8m or 1h 30m.'
  if (outcome === 'slow' && duration === '') return 'Say how long it takes.'
  return outcome === 'fail' && code.trim() === '' ? 'A failure has a code.' : null
}
