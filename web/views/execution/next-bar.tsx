import { pure } from '../../lib/pure.js'
import { took, within } from '../../lib/time.js'
import { type Next, nextOf } from '../../model/next.js'
import { pathOf } from '../../model/row.js'
import { toldOf } from '../../model/words.js'
import { Icon } from '../../parts/icon.js'
import { useSeen } from '../../chart/seen.js'

/** So many fit into one line on most screens; the rest is counted. */
const most = 5

/** What happened last, and what can happen next, in words. */
export function NextBar() {
  const { document, moment } = useSeen()
  const all = nextOf(document, moment)
  const refused = all.filter(({ tone }) => tone === 'refused').slice(0, 1)
  const open = all.filter(({ tone }) => tone !== 'refused')
  const stuck = moment.live && document.data?.execution.stuck != null
  return (
    <div class="next-bar">
      <LastStep />
      <div class="next-line">
        <span class="next-head">Can happen next</span>
        {/* What does not fit wraps out of sight, whole. */}
        <div class="next-list">
          {all.length === 0 && (
            <span class="faint">nothing: it {stuck ? 'is stuck' : 'has ended'}</span>
          )}
          {/* By their place: at the next step the words change, and nothing else. */}
          {open.slice(0, most).map((next, index) => (
            <One key={index} {...wordsOf(next)} />
          ))}
          {open.length > most && <span class="faint">{open.length - most} more</span>}
        </div>
        {refused.map((next, index) => (
          <One key={index} {...wordsOf(next)} />
        ))}
      </div>
    </div>
  )
}

interface OneProps extends Pick<Next, 'icon' | 'what' | 'tone'> {
  readonly note: string
}

function wordsOf({ icon, what, where, within: ms, tone }: Next): OneProps {
  const when = ms === null ? '' : within(Math.max(0, ms))
  return { icon, what, tone, note: [where, when].filter(Boolean).join(' ') }
}

const One = pure(({ icon, what, note, tone }: OneProps) => (
  <span class={`next ${tone}`}>
    <Icon name={icon} size={14} />
    <b>{what}</b>
    <span class="soft">{note}</span>
  </span>
))

function LastStep() {
  const { document, moment } = useSeen()
  const { record, index, at, seq, live } = moment
  if (record === undefined) return null
  const before = document.history.stepAt(index - 1)
  const path = before === undefined ? null : pathOf(before.body.value)
  const { what, where, error } = toldOf(record, path, document.derived.names)
  const ago = at - record.at
  const retryAt = (record.kind === 'attempt' ? record.body.retryAt : undefined) ?? 0
  return (
    <div class="next-line">
      <span class="next-head warm">
        {live ? 'Last step' : 'Step'} {seq}
        {live && `, ${took(ago)} ago`}
      </span>
      <b class="mono">{what}</b>
      <span class="soft cut">
        {where}
        {error !== null && ` · ${error.code ?? 'error'}: ${error.message}`}
        {retryAt > at && <b class="warm"> · next attempt {within(retryAt - at)}</b>}
      </span>
    </div>
  )
}
