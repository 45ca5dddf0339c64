import { iconOf, outcomeOf, type PlanRule } from '../../model/faults.js'
import { Button } from '../../parts/controls.js'
import { Icon } from '../../parts/icon.js'
import { Time } from '../../parts/time.js'
import { linkTo } from '../../lib/route.js'
import type { Hit } from './hits.js'

interface SetListProps {
  readonly faults: readonly PlanRule[]
  readonly hits: (rule: PlanRule) => number
  readonly onRemove: (rule: PlanRule) => void
}

/** The faults of tasks that are set, the newest first: it wins where two are about the same. */
export function SetList({ faults, hits, onRemove }: SetListProps) {
  if (faults.length === 0) {
    return <p class="pad soft">No fault set. Pick a cell, say what happens, and set it.</p>
  }
  return (
    <table class="fault-table">
      <thead>
        <tr>
          <th>Where</th>
          <th>What</th>
          <th>Attempt</th>
          <th class="end">Hits</th>
          <th>
            <span class="unseen">Take away</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {faults.toReversed().map((rule, index) => (
          <tr key={`${index} ${JSON.stringify(rule)}`}>
            <td>
              <code>{nameOf(rule)}</code> <span class="soft">{placeOf(rule)}</span>
            </td>
            <td>
              <span class={iconOf(rule) === 'hourglass' ? 'fault-what slow' : 'fault-what fails'}>
                <Icon name={iconOf(rule)} size={14} />
                <code>{outcomeOf(rule)}</code>
              </span>
            </td>
            <td class="mono">{String(rule.attempt ?? 'every')}</td>
            <td class="end mono">{hitsText(rule, hits)}</td>
            <td class="end">
              <Button
                icon="close"
                kind="plain"
                label={`Take ${nameOf(rule)} ${placeOf(rule)} away`}
                onPress={() => onRemove(rule)}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function hitsText(rule: PlanRule, hits: (rule: PlanRule) => number): string {
  const { crash, first } = rule
  if (crash !== undefined) return `${rule.hits ?? 0}${first === undefined ? '' : ` of ${first}`}`
  return rule.fail === undefined || rule.outage !== undefined ? '–' : String(hits(rule))
}

function nameOf({ task, tasks }: PlanRule): string {
  return task ?? tasks?.join(', ') ?? 'every task'
}

function placeOf({ region, template, account, outage, probability }: PlanRule): string {
  const out = outage === undefined ? undefined : [outage].flat().join(', ')
  const share = probability === undefined ? undefined : `${Math.round(probability * 100)} %`
  const words = [out, region, template, account, share].filter((each) => each !== undefined)
  return words.length === 0 ? 'everywhere' : words.join(', ')
}

/** The attempts that failed since the view was first opened, the newest first. */
export function HitList({ hits }: { readonly hits: readonly Hit[] }) {
  if (hits.length === 0) {
    return <p class="pad soft">No attempt has failed since this view was first opened.</p>
  }
  return (
    <ul class="fault-hits">
      {hits.slice(0, 12).map(({ at, execution, task, region, attempt, code }) => (
        <li key={`${execution} ${task} ${region} ${at}`}>
          <Time at={at} />
          <span class="grow cut">
            <code>{task}</code> {region} {attempt === null ? 'gave up' : `attempt ${attempt}`}{' '}
            <code class="soft">{code}</code>
          </span>
          <a class="mono fault-link" href={linkTo('executions', execution)}>
            {execution}
          </a>
        </li>
      ))}
    </ul>
  )
}
