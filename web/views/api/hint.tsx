import { sizeOf } from '../../calls/check.js'
import type { Parameter } from '../../calls/operation.js'
import { Icon } from '../../parts/icon.js'

/** Words that may be picked, for the field that names it. */
export function DataList({
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

/** What is wrong with a value, or what is to be known of it. */
export function Hint({ id, problem, parameter, value }: HintProps) {
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
