import { type AnyStateMachine, matchesState, type StateValue } from 'xstate'
import type { EventData } from '../effects.js'
import { type Builtin, guardKind } from './builtins.js'
import { LeftToXState } from './left-to-xstate.js'
import type { Run } from './run.js'
import type { Context } from './shapes.js'

/** A guard made ready. `run` tells the configuration before the microstep. */
export type Guard = (run: Run, context: Context, event: EventData) => unknown

interface GuardArgs {
  readonly context: Context
  readonly event: EventData
}

type GuardFunction = (args: GuardArgs, params: unknown) => unknown

/** A guard as a config has it: its name, its name with parameters, or the function itself. */
type GuardConfig = string | { readonly type: string; readonly params?: unknown } | GuardFunction

/** The guards of one machine, as functions of context and event. */
export class Guards {
  readonly #machine: AnyStateMachine

  constructor(machine: AnyStateMachine) {
    this.#machine = machine
  }

  /** @throws LeftToXState for a guard that xstate did not make here. */
  compile(config: unknown, within: readonly unknown[] = []): Guard {
    if (typeof config === 'function') return this.#ofFunction(config as GuardFunction, undefined)
    if (!isNamed(config)) throw new LeftToXState(`a guard that is ${describe(config)}`, true)
    const name = typeof config === 'string' ? config : config.type
    const found: unknown = this.#machine.implementations.guards[name]
    // xstate says so when it comes to it, and not before.
    if (!found) return missing(name)
    if (typeof found === 'function') {
      const params = typeof config === 'object' && 'params' in config ? config.params : undefined
      return this.#ofFunction(found as GuardFunction, params)
    }
    if (within.includes(found)) throw new LeftToXState(`guard "${name}" means itself`, true)
    return this.compile(found, [...within, found])
  }

  #ofFunction(guard: GuardFunction, params: unknown): Guard {
    if ('check' in guard) return this.#builtin(guard as Builtin)
    if (typeof params === 'function') {
      const paramsOf = params as (args: GuardArgs) => unknown
      return (_, context, event) => guard({ context, event }, paramsOf({ context, event }))
    }
    return (_, context, event) => guard({ context, event }, params)
  }

  #builtin(guard: Builtin): Guard {
    const parts = (): Guard[] => (guard.guards as unknown[]).map((each) => this.compile(each))
    switch (guardKind(guard)) {
      case 'and': {
        const all = parts()
        return (run, context, event) => all.every((each) => each(run, context, event))
      }
      case 'or': {
        const all = parts()
        return (run, context, event) => all.some((each) => each(run, context, event))
      }
      case 'not': {
        const [only] = parts() as [Guard]
        return (run, context, event) => !only(run, context, event)
      }
      case 'stateIn':
        return this.#stateIn(guard.stateValue as StateValue)
      default:
        throw new LeftToXState('a guard that another xstate has made', true)
    }
  }

  #stateIn(value: StateValue): Guard {
    if (typeof value === 'string' && value.startsWith('#')) {
      return ({ configuration }) =>
        configuration.nodes.includes(this.#machine.getStateNodeById(value))
    }
    return ({ configuration }) => matchesState(value, configuration.value as StateValue)
  }
}

function isNamed(config: unknown): config is Exclude<GuardConfig, GuardFunction> {
  const name =
    typeof config === 'object' && config !== null ? (config as { type?: unknown }).type : config
  return typeof name === 'string' && config !== ''
}

function describe(config: unknown): string {
  return config === '' ? 'an empty text' : `a ${config === null ? 'null' : typeof config}`
}

function missing(name: string): Guard {
  return () => {
    throw new LeftToXState(`guard "${name}" is not implemented`)
  }
}
