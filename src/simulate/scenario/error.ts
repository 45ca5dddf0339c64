/** One mistake of a scenario file. Lines and columns count from 1. */
export interface Mistake {
  readonly line: number
  readonly column: number
  /** What is wrong, without the place. */
  readonly message: string
}

/**
 * A scenario that cannot be read. The message has every mistake with its place and its source line;
 * the place of the first stands in fields.
 */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError'
  readonly code = 'INVALID_INPUT'
  readonly file: string
  readonly line: number
  readonly column: number
  /** In the order of the file; at most ten. */
  readonly mistakes: readonly Mistake[]

  constructor(file: string, message: string, mistakes: readonly Mistake[]) {
    super(message)
    this.file = file
    this.line = mistakes[0]?.line ?? 1
    this.column = mistakes[0]?.column ?? 1
    this.mistakes = mistakes
  }
}
