import type { ComponentChildren, RefObject } from 'preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { asRefusal, post, type Refusal } from '../../lib/api.js'
import { useKeys } from '../../lib/keys.js'
import { goTo, linkTo, setQuery } from '../../lib/route.js'
import { clockTime, took } from '../../lib/time.js'
import { pure } from '../../lib/pure.js'
import { zone } from '../../lib/settings.js'
import { useSelected } from '../../lib/watched.js'
import { useNow } from '../../model/clock.js'
import { model, type Template } from '../../model/model.js'
import type { Row } from '../../model/row.js'
import { cancellable } from '../../model/status.js'
import { Button, CodeBox } from '../../parts/controls.js'
import { Icon, StatusMark } from '../../parts/icon.js'
import { Refused } from '../../parts/refused.js'
import { Strip } from '../../parts/strip.js'

interface StartPanelProps {
  /** Whether it is opened where there is no room for it beside the table. */
  readonly open: boolean
  /** Where the filling in begins. */
  readonly first: RefObject<HTMLSelectElement | null>
  readonly onClose: () => void
}

interface StartRefusal {
  readonly refusal: Refusal
  readonly template: string
}

/** Starting, and what came of it; also later, when a template has become free. */
function useStarting(onDone: () => void) {
  const [token, setToken] = useState('')
  const [refused, setRefused] = useState<StartRefusal | null>(null)
  const [waiting, setWaiting] = useState<string | null>(null)
  const start = async (template: string): Promise<void> => {
    try {
      const body = token === '' ? {} : { ClientToken: token }
      const path = `/templates/${encodeURIComponent(template)}/executions`
      const { ExecutionId } = await post<{ ExecutionId: string }>(path, body)
      setRefused(null)
      setToken('')
      setQuery({ sel: ExecutionId })
      onDone()
    } catch (error) {
      setRefused({ refusal: asRefusal(error), template })
    }
  }
  const free = useSelected(model, (of) => waiting !== null && of.liveOf(waiting) === undefined)
  useEffect(() => {
    if (waiting === null || !free) return
    setWaiting(null)
    void start(waiting)
  }, [waiting, free])
  // The same function for as long as the panel is there, so that no row is drawn for its sake.
  const newest = useRef(start)
  newest.current = start
  const starts = useMemo(() => (template: string) => void newest.current(template), [])
  return { token, setToken, refused, waiting, setWaiting, start: starts }
}

/** Starts an execution, and shows why it was refused. */
export const StartPanel = pure(({ open, first, onClose }: StartPanelProps) => {
  const known = useSelected(model, (of) => of.templates)
  const templates = useMemo(() => [...known.values()], [known])
  const starting = useStarting(onClose)
  const { refused, waiting, setWaiting, start } = starting
  return (
    <aside class={open ? 'start-panel open' : 'start-panel'} aria-label="Start an execution">
      <div class="view-head">
        <h2 class="grow">Start an execution</h2>
        <kbd aria-hidden="true">N</kbd>
        <span class="start-close">
          <Button icon="close" kind="plain" label="Close" onPress={onClose} />
        </span>
      </div>
      <StartForm templates={templates} starting={starting} first={first}>
        {refused !== null && (
          <Refused refusal={refused.refusal} says="Refused, nothing was written">
            <InTheWay
              template={refused.template}
              waiting={waiting === refused.template}
              onWait={(wait) => setWaiting(wait ? refused.template : null)}
            />
          </Refused>
        )}
      </StartForm>
      <TemplateList templates={templates} onStart={start} />
    </aside>
  )
})

interface StartFormProps {
  readonly templates: readonly Template[]
  readonly starting: ReturnType<typeof useStarting>
  readonly first: RefObject<HTMLSelectElement | null>
  readonly children: ComponentChildren
}

function StartForm({ templates, starting, first, children }: StartFormProps) {
  const { token, setToken } = starting
  const [chosen, setChosen] = useState<string | null>(null)
  const [call, setCall] = useState(false)
  const template = templates.find((each) => each.ImagePipelineId === chosen) ?? templates[0]
  const submit = (): void => {
    if (template !== undefined) starting.start(template.ImagePipelineId)
  }
  useKeys([{ keys: 'Ctrl Enter', does: 'Start the execution', run: submit }])
  return (
    <form
      class="start-form"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <label class="field">
        <span class="label">
          Template <span class="faint">ImagePipelineId</span>
        </span>
        <select
          ref={first}
          class="select"
          value={template?.ImagePipelineId ?? ''}
          onChange={(event) => setChosen(event.currentTarget.value)}
        >
          {template === undefined && <option value="">There is no template</option>}
          {templates.map(({ ImagePipelineId: id, Name }) => (
            <option key={id} value={id}>
              {Name === id ? id : `${Name} · ${id}`}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        <span class="label">
          Client token <span class="faint">optional, 64 ASCII characters</span>
        </span>
        <input
          class="input mono"
          maxLength={64}
          value={token}
          onInput={(event) => setToken(event.currentTarget.value)}
        />
      </label>
      <div class="row">
        <button
          type="submit"
          class="button main grow"
          aria-disabled={template === undefined ? 'true' : undefined}
        >
          <Icon name="play" />
          Start
          <kbd aria-hidden="true">Ctrl Enter</kbd>
        </button>
        <Button pressed={call} onPress={() => setCall(!call)}>
          Show the call
        </Button>
      </div>
      {call && template !== undefined && (
        <CodeBox label="the call" text={callOf(template, token)} />
      )}
      {children}
    </form>
  )
}

function callOf({ ImagePipelineId, Region }: Template, token: string): string {
  const more = token === '' ? '' : ` \\\n  --ClientToken ${token}`
  return (
    `aliyun ecs StartImagePipelineExecution \\\n  --endpoint ${location.host} --protocol http \\\n` +
    `  --RegionId ${Region} \\\n  --ImagePipelineId ${ImagePipelineId}${more}`
  )
}

interface InTheWayProps {
  readonly template: string
  readonly waiting: boolean
  readonly onWait: (wait: boolean) => void
}

/** The execution for whose sake a start was refused, and the ways on. */
function InTheWay({ template, waiting, onWait }: InTheWayProps) {
  const now = useNow()
  const row = useSelected(model, (of) => of.liveOf(template))
  if (row === undefined) return null
  const end = expectedEnd(row)
  return (
    <>
      <div class="in-the-way">
        <div class="row">
          <span class="grow small soft">In the way</span>
          <StatusMark status={row.status} />
        </div>
        <code class="strong">{row.id}</code>
        <Strip row={row} now={now} />
        <div class="row small soft">
          <span class="grow">{took(now - row.startedAt)} so far</span>
          {end !== null && <span>ends about {clockTime(end, zone())}</span>}
        </div>
      </div>
      <div class="row">
        <a class="button grow" href={linkTo('executions', row.id)}>
          Open it
        </a>
        <Button icon="hourglass" pressed={waiting} onPress={() => onWait(!waiting)}>
          {waiting ? 'Starts when it ends' : 'Start when it ends'}
        </Button>
      </div>
      <p class="row small soft">
        <Icon name="cancel" size={14} />
        {cancellable.has(row.status)
          ? `It can be cancelled while ${row.status}.`
          : `It cannot be cancelled while ${row.status}.`}
      </p>
    </>
  )
}

/** When it will have ended if it takes as long as those of its template that made an image. */
function expectedEnd(row: Row): number | null {
  const past: number[] = []
  for (const id of model.order) {
    const other = model.rows.get(id)
    if (other?.key !== row.key || !other.status.endsWith('SUCCESS')) continue
    if (other.endedAt !== null) past.push(other.endedAt - other.startedAt)
    if (past.length >= 20) break
  }
  const median = past.sort((a, b) => a - b)[Math.floor(past.length / 2)]
  return median === undefined ? null : row.startedAt + median
}

interface TemplateListProps {
  readonly templates: readonly Template[]
  readonly onStart: (id: string) => void
}

const TemplateList = pure(({ templates, onStart }: TemplateListProps) => {
  return (
    <section class="start-templates">
      <div class="pane-head ruled">
        <h3 class="strong">Templates</h3>
        <span class="faint">one live execution each</span>
      </div>
      <ul>
        {templates.map(({ ImagePipelineId: id, Name }) => (
          <TemplateRow key={id} id={id} name={Name} onStart={onStart} />
        ))}
      </ul>
    </section>
  )
})

interface TemplateRowProps {
  readonly id: string
  readonly name: string
  readonly onStart: (id: string) => void
}

const TemplateRow = pure(({ id, name, onStart }: TemplateRowProps) => {
  const live = useSelected(model, (of) => of.liveOf(id)?.id)
  const status = useSelected(model, (of) => of.liveOf(id)?.status)
  return (
    <li class="start-row">
      <span class="grow cut" title={id}>
        {name}
      </span>
      <span class="start-status">
        {status === undefined ? <span class="faint">idle</span> : <StatusMark status={status} />}
      </span>
      <Button
        icon={live === undefined ? 'play' : 'open'}
        title={live === undefined ? `Start ${name}` : `Open ${live}`}
        onPress={() => (live === undefined ? onStart(id) : goTo(linkTo('executions', live)))}
      >
        {live === undefined ? 'Start' : 'Open'}
      </Button>
    </li>
  )
})
