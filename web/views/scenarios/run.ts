import type { Mistake } from '../../lib/job.js'
import type { ExecutionData } from '../../model/document.js'

/** Something that happened to an execution in a step. */
export interface Happening {
  readonly offset: number
  readonly execution: string
  readonly text: string
  /** The last record that it tells of. */
  readonly seq: number
}

/** A step as it was played; times in milliseconds. */
export interface Beat {
  readonly line: number
  readonly column: number
  readonly offset: number
  readonly took: number
  readonly title: string
  readonly result: string
  readonly happenings: readonly Happening[]
  readonly failures: readonly string[]
}

export interface Replayed {
  readonly name: string
  readonly seed: number
  readonly at: number
  readonly ok: boolean
  readonly beats: readonly Beat[]
  readonly executions: number
  readonly records: number
  readonly hash: string
  readonly lives: readonly { readonly name: string; readonly steps: ExecutionData }[]
}

export interface Answer {
  readonly mistakes: readonly Mistake[]
  readonly replayed: Replayed | null
}

/** What is looked at: an execution after one of its records. */
export interface Place {
  readonly execution: string
  readonly seq: number
}

/** `0:00`, `12:31`, `1:02:09`: since the beginning. */
export function offsetText(ms: number): string {
  const seconds = Math.floor(ms / 1_000)
  const two = (n: number): string => String(n).padStart(2, '0')
  const [h, m, s] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60]
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}

/** The lines of a run's text with whether all went as it should there. */
export function marksOf(replayed: Replayed | null): ReadonlyMap<number, boolean> {
  const marks = new Map<number, boolean>()
  for (const { line, failures } of replayed?.beats ?? []) {
    marks.set(line, (marks.get(line) ?? true) && failures.length === 0)
  }
  return marks
}

/** The places of a run in the order in which they were come through. */
export function placesOf({ beats }: Replayed): readonly Place[] {
  return beats.flatMap(({ happenings }) => happenings)
}

export function isAt({ execution, seq }: Place, place: Place | null): boolean {
  return place !== null && place.execution === execution && place.seq === seq
}

/** Where one looks first: what went wrong, or else the end. */
export function firstPlace(replayed: Replayed): Place | null {
  const wrong = replayed.beats.findIndex(({ failures }) => failures.length > 0)
  const upTo = wrong === -1 ? replayed.beats : replayed.beats.slice(0, wrong + 1)
  return upTo.flatMap(({ happenings }) => happenings).at(-1) ?? placesOf(replayed)[0] ?? null
}
