import { Button } from '../../parts/controls.js'
import { Icon } from '../../parts/icon.js'
import type { CallRule } from './call-form.js'

export interface CallFault {
  readonly id: string
  readonly rule: CallRule
  readonly matched: number
  readonly hits: number
}

interface CallListProps {
  readonly faults: readonly CallFault[]
  readonly onRemove: (id: string) => void
}

export function CallList({ faults, onRemove }: CallListProps) {
  if (faults.length === 0) {
    return <p class="pad soft">No fault set. Calls are answered as the service answers them.</p>
  }
  return (
    <table class="fault-table">
      <thead>
        <tr>
          <th>Calls</th>
          <th>What</th>
          <th class="end">Hits of calls</th>
          <th>
            <span class="unseen">Take away</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {faults.map(({ id, rule, matched, hits }) => (
          <tr key={id}>
            <td>
              <code>{rule.operation ?? 'any operation'}</code>
              <br />
              <span class="small soft">{aboutOf(rule)}</span>
            </td>
            <td>
              <span class={iconOf(rule) === 'hourglass' ? 'fault-what slow' : 'fault-what fails'}>
                <Icon name={iconOf(rule)} size={14} />
                <code>{whatOf(rule)}</code>
              </span>
            </td>
            <td class="end mono">
              {hits} of {matched}
            </td>
            <td class="end">
              <Button
                icon="close"
                kind="plain"
                label={`Take ${id} away`}
                onPress={() => onRemove(id)}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function aboutOf({ region, account, nth, first, every, probability }: CallRule): string {
  const share = probability === undefined ? undefined : `${Math.round(probability * 100)} %`
  const count =
    nth !== undefined
      ? `call ${nth}`
      : first !== undefined
        ? `the first ${first}`
        : every === undefined || every === 1
          ? 'all'
          : `every ${every}.`
  return [count, region, account, share].filter((each) => each !== undefined).join(', ')
}

function iconOf({ answer, crash }: CallRule): string {
  if (crash !== undefined) return 'bolt'
  return answer === undefined ? 'hourglass' : 'FAILED'
}

function whatOf({ answer, drop, crash, latency }: CallRule): string {
  const late = latency === undefined ? '' : ` after ${latency}`
  if (answer !== undefined) return `${answer.status} ${answer.code}${late}`
  if (drop !== undefined) return `cut ${drop === 'request' ? 'before' : 'after'} the work${late}`
  if (crash !== undefined) return `crash ${crash} it is kept${late}`
  return `answered${late}`
}
