import { useState } from 'preact/hooks'
import { countOf, type Field, withoutEntry } from '../../calls/operation.js'
import { Button } from '../../parts/controls.js'
import { Chips } from './chips.js'
import { countText, type Form } from './filled.js'
import { Leaf } from './leaf.js'

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
