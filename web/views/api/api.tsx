import { useRef, useState } from 'preact/hooks'
import './api.css'
import { type Call, type Operation, sent, type Values } from '../../calls/operation.js'
import { useKeys } from '../../lib/keys.js'
import { useLoaded } from '../../lib/loaded.js'
import { goTo, linkTo, useRoute } from '../../lib/route.js'
import { useRowKeys } from '../../lib/row-keys.js'
import { Refused } from '../../parts/refused.js'
import { useCommands } from '../../shell/commands.js'
import { Answer, Thrown } from './answer.js'
import { Code } from './code.js'
import { type Exchange, send, usePreview } from './exchange.js'
import { CallForm } from './form.js'
import { OperationList, OperationPicker } from './list.js'
import { firstValues, grouped, type World } from './operations.js'
import { SendBar, type SendSettings } from './send-bar.js'
import { Wire } from './wire.js'

/** What was typed, and what came of it, for as long as the page is open. */
const typed = new Map<string, Values>()
const answers = new Map<string, Exchange>()
let lastSettings: SendSettings = {
  key: { id: 'bakeline', secret: 'bakeline' },
  version: 'V3',
  format: 'JSON',
}

/** Every operation of the emulated service, to look at and to call. */
export function Api() {
  const { value, refusal, again } = useLoaded<{ operations: Operation[] }>('/ecs/operations')
  const world = useLoaded<World>('/world')
  const { parts } = useRoute()
  if (refusal !== null && value === null) {
    return (
      <div class="empty">
        <Refused refusal={refusal} says="The operations could not be read">
          <button type="button" class="button" onClick={again}>
            Try again
          </button>
        </Refused>
      </div>
    )
  }
  if (value === null) return null
  const all = grouped(value.operations).flatMap(([, operations]) => operations)
  const operation = all.find(({ action }) => action === parts[1]) ?? all[0]
  if (operation === undefined) return null
  return <Explorer key={operation.action} all={all} operation={operation} world={world.value} />
}

interface ExplorerProps {
  readonly all: readonly Operation[]
  readonly operation: Operation
  readonly world: World | null
}

function Explorer({ all, operation, world }: ExplorerProps) {
  const { action } = operation
  const [values, setValues] = useState(() => typed.get(action) ?? firstValues(operation))
  const [settings, setSettings] = useState(lastSettings)
  const [exchange, setExchange] = useState<Exchange | null>(answers.get(action) ?? null)
  const [sending, setSending] = useState(false)
  const search = useRef<HTMLInputElement>(null)
  const call: Call = { operation, values, host: location.host }
  const preview = usePreview(call, settings)
  const change = (to: Values): void => {
    typed.set(action, to)
    setValues(to)
  }
  const submit = async (): Promise<void> => {
    setSending(true)
    // What was typed since the last frame belongs to it.
    const done = await send({ ...call, values: typed.get(action) ?? values }, lastSettings)
    answers.set(action, done)
    setExchange(done)
    setSending(false)
  }
  useRowKeys({
    at: all.indexOf(operation),
    count: all.length,
    select: (index) => goTo(linkTo('api', all[index]?.action ?? action)),
    does: ['The next operation', 'The operation before'],
  })
  useKeys([
    { keys: 'Ctrl Enter', does: 'Send the call', run: () => void submit() },
    { keys: '/', does: 'Find an operation', run: () => search.current?.focus() },
  ])
  useCommands(
    all.map((each) => ({
      title: each.action,
      hint: `call ${each.summary}`,
      icon: 'arrow',
      run: () => goTo(linkTo('api', each.action)),
    })),
  )
  const same = exchange !== null && isSame(exchange.call.values, values)
  const shown = same ? exchange.signed : preview
  const enforced = (world?.accessKeys.length ?? 0) > 0
  return (
    <div class="api">
      <OperationList all={all} chosen={action} search={search} />
      <div class="api-form">
        <OperationPicker all={all} chosen={action} />
        <div class="api-head">
          <div class="row">
            <h1 class="grow">{action}</h1>
            <span class="mono soft">{operation.version}</span>
          </div>
          <p class="soft">
            {operation.summary} {countsOf(operation, values)}
          </p>
        </div>
        <CallForm operation={operation} form={{ values, change, world }} />
        <SendBar
          settings={settings}
          change={(to) => {
            lastSettings = to
            setSettings(to)
          }}
          world={world}
          sending={sending}
          onSend={() => void submit()}
        />
      </div>
      <div class="api-result">
        {shown !== null && <Wire signed={shown} />}
        <Answer operation={operation} exchange={exchange} changed={!same} />
        <Code call={call} signed={enforced ? shown : null} />
        <Thrown exchange={exchange} />
      </div>
    </div>
  )
}

function isSame(one: Values, other: Values): boolean {
  return JSON.stringify(sent(one)) === JSON.stringify(sent(other))
}

function countsOf({ parameters }: Operation, values: Values): string {
  const required = parameters.filter((each) => each.required && !each.name.includes('.N.')).length
  return `${parameters.length} parameters, ${sent(values).length} filled, ${required} required.`
}
