import { problemOf } from '../../calls/check.js'
import { Button, Segmented } from '../../parts/controls.js'
import { type LeafProps, listOf } from './filled.js'
import { DataList, Hint } from './hint.js'

/** A plain value. */
export function Leaf({ parameter, name, form }: LeafProps) {
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
