/** A step as it was played; times in milliseconds. */
export interface Beat {
  readonly line: number
  readonly column: number
  readonly offset: number
  readonly took: number
  readonly title: string
  readonly result: string
  readonly happenings: readonly {
    readonly offset: number
    readonly execution: string
    readonly text: string
  }[]
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
}

export interface Mistake {
  readonly line: number
  readonly column: number
  readonly message: string
}

export interface Answer {
  readonly mistakes: readonly Mistake[]
  readonly replayed: Replayed | null
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
