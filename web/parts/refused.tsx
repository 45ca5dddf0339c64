import type { ComponentChildren } from 'preact'
import type { Refusal } from '../lib/api.js'
import { Icon } from './icon.js'

interface RefusedProps {
  readonly refusal: Refusal
  /** What it means, in a few words. */
  readonly says: string
  /** What to do about it. */
  readonly children?: ComponentChildren
}

/** The server's own error, with its code and message as on the wire. */
export function Refused({ refusal, says, children }: RefusedProps) {
  return (
    <div class="notice" role="alert" style={{ '--c': 'var(--failed)' }}>
      <div class="head">
        <Icon name="cancel" />
        <span class="grow">{says}</span>
        {refusal.status > 0 && <span class="mono">{refusal.status}</span>}
      </div>
      <div>
        <code class="strong">{refusal.code}</code>
        <p class="soft">{refusal.message}</p>
      </div>
      {children}
      {refusal.requestId !== null && <p class="small faint">RequestId {refusal.requestId}</p>}
    </div>
  )
}
