import { useState } from 'preact/hooks'
import { type Field, fieldsOf, type Operation } from '../../calls/operation.js'
import { Button } from '../../parts/controls.js'
import { FieldRow } from './fields.js'
import type { Form } from './filled.js'

/** How many fields are shown before the others are asked for. */
const atFirst = 12

/** What few calls set. */
const seldom =
  /^(Description|VSwitchId|InstanceType|Internet|DeleteInstance|ResourceGroupId|RepairItem|DryRun)/

interface CallFormProps {
  readonly operation: Operation
  readonly form: Form
}

/** Every parameter of an operation: what matters first, the rest behind one button. */
export function CallForm({ operation, form }: CallFormProps) {
  const [all, setAll] = useState(false)
  const fields = fieldsOf(operation.parameters)
  const [first, more] = parted(fields)
  // What is filled stays in sight.
  const given = ({ key }: Field): boolean =>
    Object.keys(form.values).some((name) => name === key || name.startsWith(`${key}.`))
  const shown = all ? fields : [...first, ...more.filter(given)]
  const left = fields.filter((field) => !shown.includes(field))
  return (
    <div class="api-fields">
      {shown.map((field) => (
        <FieldRow key={field.key} field={field} name={field.key} form={form} />
      ))}
      {(left.length > 0 || all) && (
        <div class="api-field">
          <span class="mono faint api-name">{all ? '' : `${left.length} more`}</span>
          <div class="api-input">
            <Button
              icon={all ? 'down' : 'open'}
              kind="plain"
              title={left.map(({ key }) => key).join(', ')}
              onPress={() => setAll(!all)}
            >
              {all ? 'Fewer parameters' : previewOf(left)}
            </Button>
          </div>
        </div>
      )}
      {operation.parameters.length === 0 && <p class="pad soft">It takes no parameters.</p>}
      {operation.rules.length > 0 && (
        <ul class="api-rules small soft">
          {operation.rules.map(({ says }) => (
            <li key={says}>{says}</li>
          ))}
        </ul>
      )}
    </div>
  )
}

function previewOf(left: readonly Field[]): string {
  const names = left.slice(0, 3).map(({ key }) => key)
  return `${names.join(', ')}${left.length > 3 ? ', …' : ''}`
}

/** Those that are asked for most, and the others. */
function parted(fields: readonly Field[]): readonly [readonly Field[], readonly Field[]] {
  const usual = fields.filter(
    ({ parameter, fields: parts }) =>
      parameter.required ||
      (parameter.honoured &&
        parameter.deprecated === undefined &&
        parts.length === 0 &&
        !seldom.test(parameter.name)),
  )
  const first = usual.slice(0, atFirst)
  return [first, fields.filter((field) => !first.includes(field))]
}
