import { useState } from 'preact/hooks'
import { useSettings } from '../lib/settings.js'
import { clockTime, took } from '../lib/time.js'
import type { Change, Json } from '../model/changes.js'
import type { EffectData, RecordData } from '../model/history.js'
import { pathOf } from '../model/row.js'
import { eventText, type KnownTasks, labelIn, nameText, toldOf } from '../model/words.js'
import { Button, copyText } from '../parts/controls.js'
import { Icon, StatusMark } from '../parts/icon.js'
import { useSeen } from './seen.js'

/** One step: its event, what it changed, and what it asked for. */
export function StepPane() {
  const { document, moment, now } = useSeen()
  const { zone } = useSettings()
  const { record, index } = moment
  const [whole, setWhole] = useState(false)
  if (record === undefined) return null
  const before = document.history.stepAt(index - 1)
  const path = before === undefined ? null : pathOf(before.body.value)
  const ago = now - record.at
  return (
    <section class="pane step" aria-label={`Step ${record.seq}`}>
      <div class="pane-head">
        <h2>Step {record.seq}</h2>
        <span class="faint cut">
          {clockTime(record.at, zone)}
          {moment.live && document.data?.execution.outcome === null && `, ${took(ago)} ago`}
        </span>
        <span class="grow" />
        <Button
          icon="copy"
          kind="plain"
          label="Copy this step as JSON"
          onPress={() => void copyText(JSON.stringify(record, null, 2))}
        />
      </div>
      <div class="step-body" tabIndex={0} role="group" aria-label="What the step did">
        <Facts
          record={record}
          path={path}
          statusBefore={statusBefore(document.history.records, index)}
        />
        {record.kind !== 'attempt' && (
          <>
            <div class="row">
              <h3 class="step-title grow">Context</h3>
              <button
                type="button"
                class="link small"
                aria-expanded={whole}
                onClick={() => setWhole(!whole)}
              >
                {whole ? 'What changed' : 'All of it'}
              </button>
            </div>
            {whole ? (
              <pre class="code" tabIndex={0} aria-label="The whole context">
                {JSON.stringify(document.history.contextAt(index), null, 2)}
              </pre>
            ) : (
              <Diff
                seq={record.seq}
                changes={record.changes}
                reason={document.data?.problem ?? null}
              />
            )}
          </>
        )}
        {record.kind === 'step' && record.effects !== undefined && record.effects.length > 0 && (
          <>
            <h3 class="step-title">Effects</h3>
            <Effects effects={record.effects} at={record.at} />
          </>
        )}
      </div>
    </section>
  )
}

function statusBefore(records: readonly RecordData[], index: number): string | null {
  for (let at = index - 1; at >= 0; at--) {
    const record = records[at]
    if (record?.kind !== 'attempt' && record?.status !== undefined) return record.status
  }
  return null
}

interface FactsProps {
  readonly record: RecordData
  readonly path: string | null
  readonly statusBefore: string | null
}

function Facts({ record, path, statusBefore }: FactsProps) {
  const { document } = useSeen()
  const { zone } = useSettings()
  const { task, error } = toldOf(record, path, document.derived.names)
  const after = record.kind === 'step' ? pathOf(record.body.value) : path
  const status = record.kind === 'attempt' ? undefined : record.status
  const retryAt = record.kind === 'attempt' ? record.body.retryAt : undefined
  return (
    <dl class="facts">
      <dt>
        {record.kind === 'step' ? 'Event' : record.kind === 'attempt' ? 'Attempt' : 'Migration'}
      </dt>
      <dd class="mono">{nameOf(record)}</dd>
      {task !== null && (
        <>
          <dt>Task</dt>
          <dd class="mono">{taskText(task, document.derived.names)}</dd>
        </>
      )}
      {path !== null && after !== path && (
        <>
          <dt>State</dt>
          <dd class="mono">
            {path} → <b class="warm">{after}</b>
          </dd>
        </>
      )}
      {status !== undefined && statusBefore !== null && status !== statusBefore && (
        <>
          <dt>Status</dt>
          <dd class="row">
            <StatusMark status={statusBefore} /> → <StatusMark status={status} />
          </dd>
        </>
      )}
      {error !== null && (
        <>
          <dt>Error</dt>
          <dd>
            <code class="bad">{error.code ?? error.name ?? 'Error'}</code> {error.message}
          </dd>
        </>
      )}
      {retryAt !== undefined && (
        <>
          <dt>Again</dt>
          <dd class="mono">
            {clockTime(retryAt, zone)}, after {took(retryAt - record.at)}
          </dd>
        </>
      )}
    </dl>
  )
}

function taskText(id: string, names: KnownTasks): string {
  const known = names.get(id)
  return known === undefined || known.src === id ? id : `${known.src} ${nameText(known)}`
}

function nameOf(record: RecordData): string {
  if (record.kind === 'step') return eventText(record.body.event.type)
  if (record.kind === 'attempt') return `${record.body.attempt} ${record.body.phase}`
  return `${record.body.from} to ${record.body.to}`
}

/** Up to so many lines are seen at once; more are drawn for whoever asks. */
const mostLines = 12

interface DiffProps {
  readonly seq: number
  readonly changes: readonly Change[] | undefined
  readonly reason: string | null
}

/** What a step changed in the context, line by line. */
function Diff({ seq, changes, reason }: DiffProps) {
  const [openFor, setOpenFor] = useState(0)
  if (changes === undefined)
    return <p class="small faint">Not known: {reason ?? 'the step could not be taken again'}.</p>
  if (changes.length === 0) return <p class="small faint">Nothing changed.</p>
  const lines = changes.flatMap(linesOf)
  const shown = openFor === seq ? lines : lines.slice(0, mostLines)
  const rest = lines.length - shown.length
  return (
    <>
      <div class="diff" role="list" aria-label="Changes of the context">
        {shown.map(({ sign, path, value }, index) => (
          <div
            key={index}
            class={sign === '+' ? 'diff-line added' : 'diff-line removed'}
            role="listitem"
          >
            <span>{sign}</span>
            <button
              type="button"
              class="diff-path"
              title={`Copy ${path}`}
              onClick={() => void copyText(path)}
            >
              {path}
            </button>
            <Value value={value} />
          </div>
        ))}
      </div>
      {rest > 0 && (
        <button type="button" class="link small" onClick={() => setOpenFor(seq)}>
          {rest} more
        </button>
      )}
    </>
  )
}

interface DiffLine {
  readonly sign: '+' | '-'
  readonly path: string
  readonly value: Json
}

function linesOf({ path, before, after }: Change): DiffLine[] {
  const name = path.join('.')
  if (path.length === 0 && typeof after === 'object' && after !== null && !Array.isArray(after)) {
    return Object.entries(after).map(([key, value]) => ({
      sign: '+',
      path: key,
      value: value as Json,
    }))
  }
  // A list that changed as a whole: what left it, and what came.
  if (Array.isArray(before) && Array.isArray(after)) {
    const [was, is] = [
      before.map((each) => JSON.stringify(each)),
      after.map((each) => JSON.stringify(each)),
    ]
    const left = before.filter((_, index) => !is.includes(was[index] ?? ''))
    const came = after.filter((_, index) => !was.includes(is[index] ?? ''))
    if (left.length + came.length > 0) {
      return [
        ...left.map((value): DiffLine => ({ sign: '-', path: name, value: value as Json })),
        ...came.map((value): DiffLine => ({ sign: '+', path: name, value: value as Json })),
      ]
    }
  }
  return [
    ...(before === undefined ? [] : [{ sign: '-' as const, path: name, value: before }]),
    ...(after === undefined ? [] : [{ sign: '+' as const, path: name, value: after }]),
  ]
}

/** More of a value than this is opened in place. */
const longValue = 60

function Value({ value }: { readonly value: Json }) {
  const [open, setOpen] = useState(false)
  const text = JSON.stringify(value)
  if (text.length <= longValue) return <span>{text}</span>
  return (
    <button type="button" class="diff-value" aria-expanded={open} onClick={() => setOpen(!open)}>
      {open ? JSON.stringify(value, null, 2) : `${text.slice(0, longValue)}…`}
    </button>
  )
}

/** Effects of one kind and one work are one line. */
function Effects({
  effects,
  at,
}: {
  readonly effects: readonly EffectData[]
  readonly at: number
}) {
  const { document } = useSeen()
  const { zone } = useSettings()
  const groups = new Map<string, EffectData[]>()
  for (const effect of effects) {
    const { kind, src, event, type } = effect
    const key = `${kind} ${kind === 'startTask' ? src : (event?.type ?? type ?? '')}`
    groups.set(key, [...(groups.get(key) ?? []), effect])
  }
  return (
    <ul class="effects">
      {[...groups.values()].map((group, index) => {
        const [first] = group
        if (first === undefined) return null
        const [icon, verb, what, note] = effectWords(first, document.derived.names)
        const due =
          first.kind === 'setTimer' ? `due ${clockTime(at + (first.delay ?? 0), zone)}` : note
        return (
          <li key={index} class="row">
            <Icon name={icon} size={14} />
            <span>{verb}</span>
            <code class="cut">{what}</code>
            {group.length > 1 && <span class="soft">× {group.length}</span>}
            <span class="grow" />
            <span class="faint cut">{group.length > 1 ? '' : due}</span>
          </li>
        )
      })}
    </ul>
  )
}

function effectWords(
  effect: EffectData,
  names: KnownTasks,
): [icon: string, verb: string, what: string, note: string] {
  const { kind, id, src, event, type, outcome } = effect
  const name = id ?? ''
  switch (kind) {
    case 'startTask':
      return ['play', 'Start task', src ?? name, name === src ? '' : labelIn(names, name)]
    case 'stopTask':
      return ['stop', 'Stop task', name, '']
    case 'setTimer':
      return ['hourglass', 'Set timer', name === '' ? (event?.type ?? '') : name, '']
    case 'cancelTimer':
      return ['cancel', 'Cancel timer', name, '']
    case 'emit':
      return ['tell', 'Emit', event?.type ?? '', '']
    case 'action':
      return ['bolt', 'Run action', type ?? '', 'after the commit']
    case 'complete':
      return ['SUCCESS', 'Complete', outcome ?? '', '']
  }
}
