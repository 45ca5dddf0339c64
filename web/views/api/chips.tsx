import { useState } from 'preact/hooks'
import { problemOf } from '../../calls/check.js'
import { countOf, withoutEntry } from '../../calls/operation.js'
import { countText, type LeafProps, listOf } from './filled.js'
import { DataList, Hint } from './hint.js'

/** A list of plain values: each a chip, the next one typed behind them. */
export function Chips({ parameter, name, form }: LeafProps) {
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
