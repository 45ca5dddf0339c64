import type { StreamRecord } from '../../lib/stream-record.js'
import { Watched } from '../../lib/watched.js'
import type { PlanRule } from '../../model/faults.js'
import { model } from '../../model/model.js'

/** An attempt of a task that failed. */
export interface Hit {
  readonly at: number
  readonly execution: string
  /** The ImagePipelineId. */
  readonly key: string | null
  readonly task: string
  /** Of a copy and a share, where the image is; of the others, empty: their template's. */
  readonly region: string
  /** null for the last one, after which there is no other. */
  readonly attempt: number | null
  readonly code: string
}

/** How many are kept. */
const most = 500

/** What the stream of events tells of failed attempts, from when this is first loaded. */
class Hits extends Watched {
  all: readonly Hit[] = []

  constructor() {
    super()
    model.onRecord((record) => {
      const hit = hitOf(record)
      if (hit === null) return
      this.all = [hit, ...this.all].slice(0, most)
      this.changed()
    })
  }
}

export const hits = new Hits()

interface Body {
  readonly task?: string
  readonly phase?: string
  readonly attempt?: number
  readonly error?: { readonly code?: string; readonly name?: string }
  readonly event?: {
    readonly type: string
    readonly error?: { readonly code?: string; readonly name?: string }
  }
}

/** The failed attempt that a record tells of; null for any other. */
function hitOf({ kind, body, at, execution, key }: StreamRecord): Hit | null {
  const { task, phase, attempt, error, event } = body as Body
  const shared = { at: Date.parse(at), execution, key }
  if (kind === 'attempt' && phase === 'failed' && task !== undefined) {
    return { ...shared, ...placeOf(task), attempt: attempt ?? 1, code: codeOf(error) }
  }
  const [, ended] = /^xstate\.error\.actor\.(.+)$/.exec(event?.type ?? '') ?? []
  if (kind !== 'step' || ended === undefined) return null
  return { ...shared, ...placeOf(ended), attempt: null, code: codeOf(event?.error) }
}

function codeOf(error: Body['error']): string {
  return error?.code ?? error?.name ?? 'InternalError'
}

function placeOf(id: string): { readonly task: string; readonly region: string } {
  const [first = '', region = ''] = id.split('.')
  if (first === 'copy') return { task: 'copyImage', region }
  if (first === 'share') return { task: 'shareImage', region }
  return { task: first, region: '' }
}

/** Whether a failed attempt is what a rule asked for, as far as its record tells. */
export function isOf(rule: PlanRule, { task, region, attempt, code, key }: Hit): boolean {
  const template = model.templates.get(key ?? '')
  const place = region === '' ? template?.Region : region
  const wanted = typeof rule.fail === 'string' ? 'InternalError' : rule.fail && rule.fail.code
  return (
    rule.task === task &&
    (rule.region === undefined || rule.region === place) &&
    (rule.template === undefined || rule.template === template?.Name) &&
    (rule.attempt === undefined || attempt === null || String(rule.attempt) === String(attempt)) &&
    wanted === code
  )
}
