interface ChoiceProps {
  readonly label: string
  readonly value: string
  readonly options: readonly (readonly [value: string, text: string])[]
  readonly onPick: (value: string) => void
}

/** Names to choose from, or any of them. */
export function withAny(names: readonly string[]): readonly (readonly [string, string])[] {
  return [['', 'any'], ...names.map((name) => [name, name] as const)]
}

export function Choice({ label, value, options, onPick }: ChoiceProps) {
  const known = options.some(([each]) => each === value)
  return (
    <label class="field">
      <span class="label">{label}</span>
      <select
        class="select mono"
        value={value}
        onChange={(event) => onPick(event.currentTarget.value)}
      >
        {!known && <option value={value}>{value}</option>}
        {options.map(([each, text]) => (
          <option key={each} value={each}>
            {text}
          </option>
        ))}
      </select>
    </label>
  )
}

interface TextProps {
  readonly label: string
  readonly value: string
  readonly onInput: (text: string) => void
  readonly hint?: string
  readonly mono?: boolean
  readonly list?: readonly string[]
  /** Why nothing can be said here now: it stays reachable and says so. */
  readonly off?: string | null
}

export function Text({ label, value, onInput, hint, mono = false, list, off = null }: TextProps) {
  const said = off ?? hint
  const id = `fault-${label.replaceAll(' ', '-')}`
  return (
    <label class="field">
      <span class="label">
        {label} {said !== undefined && <span class="faint">{said}</span>}
      </span>
      <input
        class={mono ? 'input mono' : 'input'}
        value={off === null ? value : ''}
        readOnly={off !== null}
        aria-disabled={off === null ? undefined : 'true'}
        title={off ?? undefined}
        list={list === undefined ? undefined : id}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      {list !== undefined && (
        <datalist id={id}>
          {list.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
      )}
    </label>
  )
}
