import type { AnyStateMachine } from 'xstate'
import { assignAction } from './assigns.js'
import { actionKind, type Builtin } from './builtins.js'
import { Collector, type Collect } from './collector.js'
import type { Guards } from './guards.js'
import { LeftToXState } from './left-to-xstate.js'
import { type Action, type Assignment, type Op, sendTo } from './run.js'
import type { Shapes } from './shapes.js'
import { spawn, stopAction } from './task-actions.js'
import { customAction, emitAction, logAction } from './telling-actions.js'
import { cancelAction, raiseAction } from './timer-actions.js'

type Custom = (info: object, params: unknown) => unknown

/** The actions of one machine, as functions of a run. */
export class Actions {
  readonly #machine: AnyStateMachine
  readonly #shapes: Shapes
  readonly #collector: Collector
  readonly #named = new Map<string, Action>()

  constructor(machine: AnyStateMachine, guards: Guards, shapes: Shapes) {
    this.#machine = machine
    this.#shapes = shapes
    this.#collector = new Collector(machine, guards, (config) => this.compile(config))
  }

  /** @throws LeftToXState for an action that no compiled step can take. */
  compile(config: unknown): Op {
    if (typeof config === 'function') {
      const action = this.#ofFunction(config as Custom, config.name || '(anonymous)')
      return (run) => action(run, undefined)
    }
    const { type, params } = named(config)
    const action = this.#ofName(type)
    if (typeof params !== 'function') return (run) => action(run, params)
    const paramsOf = params as (args: object) => unknown
    return (run) => action(run, paramsOf({ context: run.context, event: run.event }))
  }

  #ofName(name: string): Action {
    const known = this.#named.get(name)
    if (known !== undefined) return known
    const found: unknown = this.#machine.implementations.actions[name]
    if (!found) return customAction(name, undefined)
    if (typeof found !== 'function') throw new LeftToXState(`action "${name}" is no function`, true)
    const action = this.#ofFunction(found as Custom, name)
    this.#named.set(name, action)
    return action
  }

  #ofFunction(action: Custom, name: string): Action {
    return 'resolve' in action ? this.#builtin(action as Builtin) : customAction(name, action)
  }

  #builtin(action: Builtin): Action {
    switch (actionKind(action)) {
      case 'assign':
        return assignAction(action.assignment as Assignment, this.#shapes)
      case 'raise':
        return raiseAction(action, this.#machine)
      case 'cancel':
        return cancelAction(action.sendId)
      case 'emit':
        return emitAction(action.event)
      case 'log':
        return logAction(action)
      case 'spawnChild':
        return (run) => spawn(run, this.#machine, action.src, action)
      case 'stopChild':
        return stopAction(action.actorRef)
      case 'enqueueActions':
        return this.#collector.action(action.collect as Collect)
      case 'sendTo':
        return () => sendTo()
      default:
        throw new LeftToXState('an action that another xstate has made', true)
    }
  }
}

/** An action as a config has it: its name alone, or with parameters. */
function named(config: unknown): { readonly type: string; readonly params?: unknown } {
  if (typeof config === 'string') return { type: config }
  const type = typeof config === 'object' ? (config as { type?: unknown } | null)?.type : undefined
  if (typeof type === 'string') return config as { type: string }
  throw new LeftToXState('an action that is no function, no name and no object with a type', true)
}
