import type { Observed } from './observed.js'

/** How a replay compares with what was observed. */
export interface Comparison {
  readonly records: number
  /** The first record that differs, as it was and as it is replayed; null when none does. */
  readonly difference: string | null
}

/**
 * Compares the records of a replay's trace with those observed: times, executions, events, states and
 * effects, to the byte. The number of a record among all those of its file is left out, because runs
 * that are not recorded had records of their own.
 */
export function compareRecords(observed: Observed, trace: readonly string[]): Comparison {
  const before = observed.runs
    .flatMap(({ id, records }) => records.map((record) => ({ ...record, id })))
    .sort((a, b) => a.n - b.n)
    .map(({ at, id, seq, kind, body }) => line(new Date(at).toISOString(), id, seq, kind, body))
  const after = trace.flatMap((text) => {
    const [, at, id, seq, kind, body] = recordLine.exec(text) ?? []
    return at === undefined ? [] : [line(at, id, seq, kind, body)]
  })
  const index = before.findIndex((each, at) => each !== after[at])
  const at = index < 0 && after.length > before.length ? before.length : index
  const difference =
    at < 0 ? null : `record ${at + 1}:\n  was  ${shown(before[at])}\n  is   ${shown(after[at])}`
  return { records: before.length, difference }
}

const recordLine = /^(\S+) \d+ (\S+) (\d+) (step|attempt|migration) (.*)$/s

function line(...parts: readonly unknown[]): string {
  return parts.join(' ')
}

const longest = 300

function shown(text: string | undefined): string {
  if (text === undefined) return '(nothing)'
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}
