/** A world, or a change to one, that cannot be. The message begins with the path. */
export class WorldError extends Error {
  override readonly name = 'WorldError'
  /** Where in the given value: `['images', 0, 'OSType']`. */
  readonly path: readonly (string | number)[]
  /** The message without the path. */
  readonly problem: string

  constructor(path: readonly (string | number)[], problem: string) {
    super(path.length === 0 ? problem : `${path.join('.')}: ${problem}`)
    this.path = path
    this.problem = problem
  }
}
