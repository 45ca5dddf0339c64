import { useState } from 'preact/hooks'
import { problemOf, sizeOf } from '../../calls/check.js'
import {
  countOf,
  type Field,
  type Parameter,
  type Values,
  withoutEntry,
} from '../../calls/operation.js'
import { Button, Segmented } from '../../parts/controls.js'
import { Icon } from '../../parts/icon.js'
import { suggestions, type World } from './operations.js'

export interface Form {
  readonly values: Values
  readonly change: (values: Values) => void
  readonly world: World | null
}

interface FieldProps {
  readonly field: Field
  /** Its name on the wire, with numbers for every `N`. */
  readonly name: string
  readonly form: Form
}

/** A row of the form: the name, what is typed, and what the service says of it. */
export function FieldRow({ field, name, form }: FieldProps) {
  const { parameter, fields } = field
  const nested = fields.length > 0
  return (
    <div class={nested ? 'api-field nested' : 'api-field'} title={parameter.docs}>
      <span class="mono api-name">
        {field.key.split(/(?<=[a-z])(?=[A-Z])/).map((word) => (
          <>
            {word}
            <wbr />
          </>
        ))}
        {parameter.type === 'list' && '.N'}
        {parameter.required && (
          <b class="api-required" title="required">
            {' '}
            *
          </b>
        )}
      </span>
      <div class="api-input">
        {nested ? (
          <Nested field={field} name={name} form={form} />
        ) : parameter.type === 'list' ? (
          <Chips parameter={parameter} name={name} form={form} />
        ) : (
          <Leaf parameter={parameter} name={name} form={form} />
        )}
      </div>
    </div>
  )
}

function Nested({ field, name, form }: FieldProps) {
  const { parameter, fields, key } = field
  const given = Object.keys(form.values).some((each) => each.startsWith(`${name}.`))
  const [open, setOpen] = useState(given)
  const count = countOf(form.values, name)
  const [entries, setEntries] = useState(count)
  const shown = Math.max(count, entries)
  if (parameter.type === 'object') {
    return (
      <>
        <Button icon={open ? 'down' : 'open'} kind="plain" onPress={() => setOpen(!open)}>
          {open ? 'Fewer' : fields.map((each) => each.key).join(', ')}
        </Button>
        {open && <Parts fields={fields} name={name} form={form} />}
      </>
    )
  }
  return (
    <>
      {Array.from({ length: shown }, (_, index) => (
        <div key={index} class="api-entry">
          <Parts fields={fields} name={`${name}.${index + 1}`} form={form} />
          <Button
            icon="close"
            kind="plain"
            label={`Take ${key} ${index + 1} away`}
            onPress={() => {
              form.change(withoutEntry(form.values, name, index + 1))
              setEntries(shown - 1)
            }}
          />
        </div>
      ))}
      <div class="row">
        <Button icon="plus" onPress={() => setEntries(shown + 1)}>
          Add {key}
        </Button>
        <span class="small faint">{countText(shown, parameter)}</span>
      </div>
    </>
  )
}

interface PartsProps {
  readonly fields: readonly Field[]
  readonly name: string
  readonly form: Form
}

function Parts({ fields, name, form }: PartsProps) {
  return (
    <div class="api-parts">
      {fields.map((each) => (
        <FieldRow key={each.key} field={each} name={`${name}.${each.key}`} form={form} />
      ))}
    </div>
  )
}

interface LeafProps {
  readonly parameter: Parameter
  readonly name: string
  readonly form: Form
}

function Leaf({ parameter, name, form }: LeafProps) {
  const { limits, type, required } = parameter
  const value = form.values[name] ?? ''
  const set = (text: string): void => form.change({ ...form.values, [name]: text })
  const words = type === 'boolean' ? ['true', 'false'] : limits.values
  if (words !== undefined && words.length <= 3) {
    const options = words.map((each) => [each, each] as const)
    return (
      <Segmented
        label={name}
        value={value}
        options={required ? options : [['', 'not sent'] as const, ...options]}
        onPick={set}
      />
    )
  }
  const problem = problemOf(parameter, value)
  const id = `field-${name}`
  const long = (limits.max ?? 0) > 256 && type === 'text'
  const shared = {
    id,
    value,
    'aria-label': name,
    'aria-invalid': problem === null ? undefined : true,
    'aria-describedby': problem === null ? undefined : `${id}-problem`,
    placeholder: value === '' && parameter.example !== undefined ? `${parameter.example}` : '',
  }
  const short = type === 'integer'
  return (
    <>
      {long ? (
        <textarea
          {...shared}
          class="input mono api-text"
          rows={Math.min(10, Math.max(2, value.split('\n').length))}
          onInput={(event) => set(event.currentTarget.value)}
        />
      ) : (
        <div class="row">
          <input
            {...shared}
            class={short ? 'input mono api-short' : 'input mono'}
            list={listOf(name, words, form) === null ? undefined : `${id}-list`}
            onInput={(event) => set(event.currentTarget.value)}
          />
          {limits.unit !== undefined && short && <span class="small faint">{limits.unit}</span>}
          {short && <span class="grow" />}
          {parameter.default !== undefined && short && (
            <span class="small faint">default {String(parameter.default)}</span>
          )}
          {name === 'ClientToken' && (
            <Button kind="plain" onPress={() => set(crypto.randomUUID())}>
              new
            </Button>
          )}
        </div>
      )}
      <DataList id={`${id}-list`} words={listOf(name, words, form)} />
      <Hint id={`${id}-problem`} problem={problem} parameter={parameter} value={value} />
    </>
  )
}

function listOf(
  name: string,
  words: readonly string[] | undefined,
  { world }: Form,
): readonly string[] | null {
  const all = words ?? suggestions(name, world)
  return all.length === 0 ? null : all
}

function DataList({
  id,
  words,
}: {
  readonly id: string
  readonly words: readonly string[] | null
}) {
  if (words === null) return null
  return (
    <datalist id={id}>
      {words.map((each) => (
        <option key={each} value={each} />
      ))}
    </datalist>
  )
}

interface HintProps {
  readonly id: string
  readonly problem: string | null
  readonly parameter: Parameter
  readonly value: string
}

function Hint({ id, problem, parameter, value }: HintProps) {
  const { limits, deprecated, honoured } = parameter
  if (problem !== null) {
    return (
      <p class="api-problem" id={id}>
        <Icon name="FAILED" size={13} />
        {problem} You may still send it, to see the refusal.
      </p>
    )
  }
  const words = [
    ...(honoured ? [] : ['accepted and not looked at']),
    ...(deprecated === undefined ? [] : [`replaced by ${deprecated}`]),
    ...(value !== '' && limits.max !== undefined && limits.unit !== undefined && !limits.values
      ? parameter.type === 'text'
        ? [`${sizeOf(limits, value)} of ${limits.max} ${limits.unit}`]
        : []
      : []),
    ...(value === '' && parameter.otherwise !== undefined
      ? [`without it: ${parameter.otherwise}`]
      : []),
  ]
  return words.length === 0 ? null : <p class="small faint">{words.join(', ')}</p>
}

/** A list of plain values: each a chip, the next one typed behind them. */
function Chips({ parameter, name, form }: LeafProps) {
  const [typed, setTyped] = useState('')
  const count = countOf(form.values, name)
  const numbers = Array.from({ length: count }, (_, index) => index + 1)
  const add = (text: string): void => {
    setTyped('')
    if (text.trim() === '') return
    form.change({ ...form.values, [`${name}.${count + 1}`]: text.trim() })
  }
  const pressed = (event: KeyboardEvent): void => {
    if ((event.key === 'Enter' && !event.ctrlKey && !event.metaKey) || event.key === ',') {
      event.preventDefault()
      add(typed)
    }
    if (event.key === 'Backspace' && typed === '' && count > 0) {
      form.change(withoutEntry(form.values, name, count))
    }
  }
  const words = listOf(name, parameter.limits.values, form)
  const first = numbers.map((n) => problemOf(parameter, form.values[`${name}.${n}`] ?? ''))
  const tooMany = count > (parameter.limits.maxItems ?? Number.POSITIVE_INFINITY)
  const problem = tooMany
    ? `${parameter.limits.maxItems} at most.`
    : (first.find((each) => each !== null) ?? null)
  return (
    <>
      <div class="api-chips" aria-invalid={problem === null ? undefined : true}>
        {numbers.map((n) => (
          <button
            key={n}
            type="button"
            class="api-chip mono"
            title="Take it away"
            aria-label={`Take ${form.values[`${name}.${n}`] ?? ''} away`}
            onClick={() => form.change(withoutEntry(form.values, name, n))}
          >
            {form.values[`${name}.${n}`]}
          </button>
        ))}
        <input
          class="mono"
          aria-label={`Add to ${name}`}
          placeholder="add"
          value={typed}
          list={words === null ? undefined : `field-${name}-list`}
          onInput={(event) => {
            const text = event.currentTarget.value
            // Picked from the list: no key was pressed.
            if (words?.includes(text) === true && !(event instanceof InputEvent && event.data)) {
              add(text)
            } else setTyped(text)
          }}
          onKeyDown={pressed}
          onBlur={() => add(typed)}
        />
      </div>
      <DataList id={`field-${name}-list`} words={words} />
      {problem === null ? (
        <p class="small faint">
          {countText(count, parameter)}
          {count === 0 &&
            parameter.otherwise !== undefined &&
            `, without it: ${parameter.otherwise}`}
        </p>
      ) : (
        <Hint id={`field-${name}-problem`} problem={problem} parameter={parameter} value="" />
      )}
    </>
  )
}

function countText(count: number, { limits }: Parameter): string {
  return limits.maxItems === undefined ? String(count) : `${count} of ${limits.maxItems}`
}
