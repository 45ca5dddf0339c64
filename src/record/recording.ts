/** A scenario that was made of executions. */
export interface Recording {
  /** The scenario file, in YAML. */
  readonly scenario: string
  readonly executions: number
  readonly records: number
  /** Whether it was replayed to the same records, or, of answers, to what they tell. */
  readonly same: boolean
  /** What the replay was compared with: a whole history, or what the service answered. */
  readonly compared: 'records' | 'answers'
  /** Where the replay differs first, for people; null when it does not. */
  readonly difference: string | null
  /** What is worth knowing: executions that had to be recorded too, what is not known. */
  readonly notes: readonly string[]
}
