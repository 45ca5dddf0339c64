import { parseDuration } from '../../lib/time.js'
import { Segmented } from '../../parts/controls.js'
import { FaultForm } from './fault-form.js'
import { Choice, Text, withAny } from './inputs.js'

/** A fault of calls, as the server keeps it. */
export interface CallRule {
  readonly operation?: string
  readonly region?: string
  readonly account?: string
  readonly nth?: number
  readonly first?: number
  readonly every?: number
  readonly latency?: string | number
  readonly answer?: { readonly status: number; readonly code: string; readonly message: string }
  readonly drop?: 'request' | 'answer'
}

type Counted = 'first' | 'nth' | 'every' | 'all'
type Becomes = 'answer' | 'request' | 'late' | 'slow'

export interface Form {
  readonly operation: string
  readonly region: string
  readonly account: string
  readonly which: Counted
  readonly n: string
  readonly outcome: Becomes
  readonly status: string
  readonly code: string
  readonly message: string
  readonly latency: string
}

/** What the form begins with. */
export const blank: Form = {
  operation: 'StartImagePipelineExecution',
  region: '',
  account: '',
  which: 'first',
  n: '1',
  outcome: 'answer',
  status: '400',
  code: 'Throttling.User',
  message: 'Request was denied due to user flow control.',
  latency: '',
}

/** The rule that the form says. */
export function callRuleOf(form: Form): CallRule {
  const { operation, region, account, which, n, outcome, status, code, message, latency } = form
  return {
    ...(operation === '' ? {} : { operation }),
    ...(region === '' ? {} : { region }),
    ...(account === '' ? {} : { account }),
    ...(which === 'all' ? {} : { [which]: Number(n) }),
    ...(latency === '' ? {} : { latency }),
    ...(outcome === 'answer' ? { answer: { status: Number(status), code, message } } : {}),
    ...(outcome === 'request' ? { drop: 'request' as const } : {}),
    ...(outcome === 'late' ? { drop: 'answer' as const } : {}),
  }
}

interface CallFormProps {
  readonly form: Form
  readonly change: (form: Form) => void
  readonly regions: readonly string[]
  readonly actions: readonly string[]
  readonly onSet: () => void
}

export function CallForm({ form, change, regions, actions, onSet }: CallFormProps) {
  const set = (part: Partial<Form>): void => change({ ...form, ...part })
  const badLatency = form.latency !== '' && parseDuration(form.latency) === null
  const nothing = form.outcome === 'slow' && form.latency === ''
  const problem = badLatency
    ? 'A latency is 250ms, 3s or 1m.'
    : nothing
      ? 'Say how late the answer is.'
      : null
  return (
    <FaultForm label="New fault of a call" problem={problem} onSet={onSet}>
      <Which form={form} set={set} regions={regions} actions={actions} />
      <Outcome form={form} set={set} />
    </FaultForm>
  )
}

interface PartProps {
  readonly form: Form
  readonly set: (part: Partial<Form>) => void
}

function Which({
  form,
  set,
  regions,
  actions,
}: PartProps & Pick<CallFormProps, 'regions' | 'actions'>) {
  return (
    <div class="fault-pair">
      <Choice
        label="Operation"
        value={form.operation}
        options={withAny(actions)}
        onPick={(operation) => set({ operation })}
      />
      <Choice
        label="Region"
        value={form.region}
        options={withAny(regions)}
        onPick={(region) => set({ region })}
      />
      <Text
        label="Account"
        hint="empty: any"
        mono
        value={form.account}
        onInput={(account) => set({ account })}
      />
      <Text
        label="Latency"
        hint="wall time; optional"
        value={form.latency}
        onInput={(latency) => set({ latency })}
      />
    </div>
  )
}

function Outcome({ form, set }: PartProps) {
  return (
    <>
      <div class="field">
        <span class="label">Which calls</span>
        <div class="row">
          <Segmented<Counted>
            label="Which calls"
            value={form.which}
            options={[
              ['first', 'the first'],
              ['nth', 'the n-th alone'],
              ['every', 'every n-th'],
              ['all', 'all'],
            ]}
            onPick={(which) => set({ which })}
          />
          {form.which !== 'all' && (
            <input
              class="input mono fault-n"
              aria-label="n"
              inputMode="numeric"
              value={form.n}
              onInput={(event) => set({ n: event.currentTarget.value })}
            />
          )}
        </div>
      </div>
      <div class="field">
        <span class="label">Outcome</span>
        <Segmented<Becomes>
          label="Outcome"
          value={form.outcome}
          options={[
            ['answer', 'an error'],
            ['request', 'cut before'],
            ['late', 'cut after'],
            ['slow', 'only late'],
          ]}
          onPick={(outcome) => set({ outcome })}
        />
      </div>
      {form.outcome === 'answer' && (
        <>
          <div class="fault-pair">
            <Text
              label="HTTP status"
              mono
              value={form.status}
              onInput={(status) => set({ status })}
            />
            <Text label="Error code" mono value={form.code} onInput={(code) => set({ code })} />
          </div>
          <Text label="Message" value={form.message} onInput={(message) => set({ message })} />
        </>
      )}
    </>
  )
}
