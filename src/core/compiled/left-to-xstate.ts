/**
 * A compiled step's way out: xstate itself takes the step again, which changes nothing, since a step
 * is pure. `forGood`: this machine does what no compiled step can, so xstate takes all its steps.
 */
export class LeftToXState extends Error {
  override readonly name = 'LeftToXState'
  readonly forGood: boolean

  constructor(what: string, forGood = false) {
    super(what)
    this.forGood = forGood
  }
}
