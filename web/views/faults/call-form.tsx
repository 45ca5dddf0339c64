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
  readonly crash?: 'before' | 'after'
  readonly probability?: number
  /** It is about the ends of attempts, and about no call. */
  readonly task?: string
}

type Counted = 'first' | 'nth' | 'every' | 'all'
type Becomes = 'answer' | 'cut' | 'slow' | 'crash'

export interface Form {
  readonly operation: string
  readonly region: string
  readonly account: string
  readonly which: Counted
  readonly n: string
  readonly outcome: Becomes
  /** Of a cut and a crash: before the call has done anything, or when all is done. */
  readonly when: 'before' | 'after'
  readonly status: string
  readonly code: string
  readonly message: string
  readonly latency: string
  /** How many in a hundred; empty: all. */
  readonly share: string
}

/** What the form begins with. */
export const blank: Form = {
  operation: 'StartImagePipelineExecution',
  region: '',
  account: '',
  which: 'first',
  n: '1',
  outcome: 'answer',
  when: 'after',
  status: '400',
  code: 'Throttling.User',
  message: 'Request was denied due to user flow control.',
  latency: '',
  share: '',
}

/** The rule that the form says. */
export function callRuleOf(form: Form): CallRule {
  const { operation, region, account, which, n, outcome, when } = form
  const { status, code, message, latency } = form
  return {
    ...(operation === '' ? {} : { operation }),
    ...(region === '' ? {} : { region }),
    ...(account === '' ? {} : { account }),
    ...(which === 'all' ? {} : { [which]: Number(n) }),
    ...(latency === '' ? {} : { latency }),
    ...(outcome === 'answer' ? { answer: { status: Number(status), code, message } } : {}),
    ...(outcome === 'cut' ? { drop: when === 'before' ? 'request' : 'answer' } : {}),
    ...(outcome === 'crash' ? { crash: when } : {}),
    ...(form.share === '' ? {} : { probability: Number(form.share) / 100 }),
  }
}

interface CallFormProps {
  readonly form: Form
  readonly change: (part: Partial<Form>) => void
  readonly regions: readonly string[]
  readonly actions: readonly string[]
  readonly onSet: () => void
}

export function CallForm({ form, change: set, regions, actions, onSet }: CallFormProps) {
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
        label="Of these"
        hint="%; empty: all"
        value={form.share}
        onInput={(share) => set({ share })}
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
            ['slow', 'only late'],
            ['cut', 'cut off'],
            ['crash', 'crash'],
          ]}
          onPick={(outcome) => set({ outcome })}
        />
      </div>
      {(form.outcome === 'cut' || form.outcome === 'crash') && <When form={form} set={set} />}
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
      <div class="fault-pair">
        <Text
          label="Latency"
          hint="wall time; optional"
          value={form.latency}
          onInput={(latency) => set({ latency })}
        />
      </div>
    </>
  )
}

/** Whether the call has done its work by then: the caller cannot tell. */
function When({ form, set }: PartProps) {
  const { outcome, when } = form
  return (
    <>
      <div class="field">
        <span class="label">When</span>
        <Segmented
          label="When"
          value={when}
          options={[
            ['after', 'after it is kept'],
            ['before', 'before'],
          ]}
          onPick={(when) => set({ when })}
        />
      </div>
      <p class="small soft">
        {when === 'before' ? 'Nothing was done' : 'All was done'}, and the caller is cut off without
        an answer.
        {outcome === 'crash' &&
          ' The process dies with it; what it left is opened anew at once, and goes on.'}
      </p>
    </>
  )
}
