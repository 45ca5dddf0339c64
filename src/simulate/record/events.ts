import { z } from 'zod'
import { initEvent, type StepRecord } from '../../core/history.js'
import type { Observed, ObservedRecord, ObservedRun } from './observed.js'

/** One event of the stream, as `GET /_bakeline/events` sends it. */
const eventSchema = z.object({
  n: z.number().int(),
  execution: z.string(),
  seq: z.number().int(),
  at: z.iso.datetime(),
  kind: z.enum(['step', 'attempt', 'migration']),
  body: z.record(z.string(), z.unknown()),
})

/** What was done to the clock is told between the records; times of records say it too. */
const clockSchema = z.object({ kind: z.enum(['jump', 'pace', 'back']), record: z.number() })

type Event = z.infer<typeof eventSchema>

/**
 * The executions of a saved event stream: server-sent events as they came, or their data, one JSON
 * object a line. Null when the text is neither.
 *
 * A stream says nothing of templates: they are told by the inputs of their executions.
 */
export function observeEvents(text: string, source: string): Observed | null {
  const events = eventsOf(text)
  if (events === null) return null
  const runs = new Map<string, ObservedRecord[]>()
  for (const { n, execution, seq, at, kind, body } of events) {
    const record = { n, seq, at: Date.parse(at), kind, body: JSON.stringify(body) }
    const records = runs.get(execution)
    if (records === undefined) runs.set(execution, [record])
    // Who came back after a pause of the line is told some of it twice.
    else if ((records.at(-1) as ObservedRecord).seq < seq) records.push(record)
  }
  const now = Math.max(0, ...events.map(({ at }) => Date.parse(at)))
  const whole = [...runs].flatMap(([id, records]) => runOf(id, records))
  return { source, seed: null, now, world: null, templates: [], components: [], runs: whole }
}

/** What began before the stream was heard cannot be told. */
function runOf(id: string, records: readonly ObservedRecord[]): ObservedRun[] {
  const { event } = JSON.parse(records[0]?.body ?? '{}') as Partial<StepRecord>
  if (event?.type !== initEvent) return []
  const { templateId, executionId } = (event['input'] ?? {}) as Record<string, unknown>
  if (typeof templateId !== 'string' || executionId !== id) return []
  return [{ id, template: templateId, records, pending: [] }]
}

function eventsOf(text: string): readonly Event[] | null {
  const lines = text.split(/\r?\n/)
  const isStream = lines.some((line) => /^(event|data): ?/.test(line))
  let events: Event[] = []
  for (const line of lines) {
    // Another state took the place of what ran: its records are counted from 1.
    if (/^event: ?reset$/.test(line)) events = []
    const data = isStream ? (/^data: ?(.*)$/.exec(line)?.[1] ?? '') : line
    if (data.trim() === '') continue
    const value = json(data)
    const parsed = eventSchema.safeParse(value)
    if (parsed.success) events.push(parsed.data)
    else if (!isStream && !clockSchema.safeParse(value).success) return null
  }
  return isStream || events.length > 0 ? events : null
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
