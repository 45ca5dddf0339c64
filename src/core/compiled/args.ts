import type { EventData } from '../effects.js'
import type { Context } from './shapes.js'

/** Notes what a compiled step cannot give, and throws; the note outlives a `catch` on the way. */
export interface Refusing {
  refuse(what: string): never
}

/**
 * What an action's functions are called with. There is no running actor behind a compiled step, so
 * asking for one leaves the machine to xstate.
 */
export class Args {
  readonly context: Context
  readonly event: EventData
  readonly #run: Refusing

  constructor(context: Context, event: EventData, run: Refusing) {
    this.context = context
    this.event = event
    this.#run = run
  }

  get self(): never {
    return this.#run.refuse('self')
  }

  get system(): never {
    return this.#run.refuse('system')
  }

  /** For those that have more to refuse; a method would be seen by the machine's functions. */
  static refuse(args: Args, what: string): never {
    return args.#run.refuse(what)
  }
}

/** What an assign's functions are called with. */
export class AssignArgs extends Args {
  get spawn(): never {
    return Args.refuse(this, 'spawn')
  }
}

/** What a machine's context function is called with. */
export class ContextArgs {
  readonly input: unknown
  readonly #run: Refusing

  constructor(input: unknown, run: Refusing) {
    this.input = input
    this.#run = run
  }

  get self(): never {
    return this.#run.refuse('self')
  }

  get spawn(): never {
    return this.#run.refuse('spawn')
  }
}
