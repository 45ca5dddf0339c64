import { parseDuration } from '../../lib/time.js'
import { isOfAccount, longest, type TaskFault } from '../../model/faults.js'
import { Segmented } from '../../parts/controls.js'
import { Text } from './inputs.js'

/** Codes that the service itself has for what goes wrong in a task. */
const codes = [
  'InternalError',
  'Throttling',
  'CopyFailed',
  'ImageCopyFailed',
  'OperationDenied.NoStock',
  'QuotaExceed.Image',
  'ServiceUnavailable',
]

export interface PartProps {
  readonly fault: TaskFault
  readonly set: (part: Partial<TaskFault>) => void
}

/** What becomes of them. */
export function Outcome({ fault, set }: PartProps) {
  return (
    <>
      <div class="field">
        <span class="label">Outcome</span>
        <Segmented
          label="Outcome"
          value={fault.outcome}
          options={[
            ['fail', 'fail'],
            ['slow', 'takes longer'],
            ['never', 'never ends'],
            ['down', 'region down'],
            ['crash', 'crash'],
          ]}
          onPick={(outcome) => set({ outcome })}
        />
      </div>
      {(fault.outcome === 'fail' || isDead(fault)) && (
        <div class="fault-pair">
          <Text
            label="Error code"
            mono
            value={fault.code}
            list={codes}
            onInput={(code) => set({ code })}
          />
          <Text
            label="Message"
            hint="optional"
            value={fault.message}
            onInput={(message) => set({ message })}
          />
        </div>
      )}
      {fault.outcome === 'never' && (
        <p class="small soft">
          It runs for {longest}, which is as long as there is; only a cancel ends it sooner.
        </p>
      )}
      {fault.outcome === 'crash' && <Crash fault={fault} set={set} />}
      <div class="fault-pair">
        <HowLong fault={fault} set={set} />
        {fault.outcome !== 'down' && (
          <Text
            label="Of these"
            hint="%; empty: all"
            value={fault.share}
            onInput={(share) => set({ share })}
          />
        )}
        {fault.task === 'shareImage' && fault.outcome === 'fail' && (
          <Text
            label="Account"
            hint="empty: all of a share"
            mono
            value={fault.account}
            onInput={(account) => set({ account })}
          />
        )}
      </div>
    </>
  )
}

/** On which side of what is kept the process dies. */
function Crash({ fault, set }: PartProps) {
  return (
    <>
      <div class="field">
        <span class="label">The process dies</span>
        <Segmented
          label="The process dies"
          value={fault.crash}
          options={[
            ['after', 'after its end is kept'],
            ['before', 'before'],
          ]}
          onPick={(crash) => set({ crash })}
        />
      </div>
      <p class="small soft">
        Calls under way are cut off. What it left is opened anew at once, and goes on; so does this
        page.
      </p>
    </>
  )
}

function HowLong({ fault, set }: PartProps) {
  const { outcome } = fault
  if (outcome === 'down') {
    return (
      <>
        <Text
          label="Lasts"
          hint="from now"
          value={fault.lasts}
          onInput={(lasts) => set({ lasts })}
        />
        <Text
          label="Times slower"
          hint="empty: it fails"
          value={fault.slower}
          onInput={(slower) => set({ slower })}
        />
      </>
    )
  }
  if (outcome === 'crash') {
    return (
      <Text
        label="How often"
        hint="empty: each time"
        value={fault.often}
        onInput={(often) => set({ often })}
      />
    )
  }
  if (outcome === 'never') return null
  return (
    <Text
      label={outcome === 'fail' ? 'After' : 'Takes'}
      hint="1m 30s; empty: as planned"
      off={isOfAccount(fault) ? 'off: all of a share ends at once' : null}
      value={fault.duration}
      onInput={(duration) => set({ duration })}
    />
  )
}

function isDead({ outcome, slower }: TaskFault): boolean {
  return outcome === 'down' && slower === ''
}

/** Why it cannot be set; null when it can. */
export function problemOf(fault: TaskFault): string | null {
  const { duration, outcome, code, share, region, lasts, slower, often, attempt } = fault
  if (outcome === 'down') {
    if (region === '') return 'Say which region is down.'
    if ((parseDuration(lasts) ?? 0) <= 0) return 'Say how long it lasts: 90s, 40m or 1h 30m.'
    if (slower !== '' && !(Number(slower) > 1)) return 'Times slower is a number above 1.'
  } else if (share !== '' && !(Number(share) >= 0 && Number(share) <= 100)) {
    return 'Of these is a share from 0 to 100 %.'
  }
  if (outcome === 'crash' && attempt === '1-2') return 'A crash is of one attempt, or of every one.'
  if (outcome === 'crash' && often !== '' && !/^[1-9]\d*$/.test(often)) {
    return 'How often is a whole number.'
  }
  if ((outcome === 'fail' || isDead(fault)) && code.trim() === '') return 'A failure has a code.'
  if (outcome !== 'fail' && outcome !== 'slow') return null
  if (isOfAccount(fault)) return null
  if (duration !== '' && parseDuration(duration) === null) return 'A duration is 90s, 8m or 1h 30m.'
  return outcome === 'slow' && duration === '' ? 'Say how long it takes.' : null
}
