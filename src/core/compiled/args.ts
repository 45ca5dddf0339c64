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
}

/** What an assign's functions are called with. */
export class AssignArgs extends Args {
  readonly #spawning: Refusing

  constructor(context: Context, event: EventData, run: Refusing) {
    super(context, event, run)
    this.#spawning = run
  }

  get spawn(): never {
    return this.#spawning.refuse('spawn')
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
