import type { AnyStateMachine } from 'xstate'
import { logicOf } from '../durable.js'
import type { Effect } from '../effects.js'
import type { Args } from './args.js'
import type { Builtin } from './builtins.js'
import { jsonOf } from './json-of.js'
import { LeftToXState } from './left-to-xstate.js'
import { type Action, leave } from './run.js'

type OfArgs = (args: Args, params?: unknown) => unknown

/** `spawnChild`, and what an `invoke` does on the way in. */
export function spawnAction(builtin: Builtin, machine: AnyStateMachine): Action {
  const { src, id, systemId, input } = builtin
  if (typeof src !== 'string' || systemId !== undefined || !hasLogic(machine, src)) {
    // xstate's step is refused for it, in words of its own.
    return leave('a child that cannot outlive the process')
  }
  return (run) => {
    const args = run.args()
    const taskId = typeof id === 'function' ? (id as OfArgs)(args) : id
    if (typeof taskId !== 'string') throw new LeftToXState('a child without an id')
    const given = typeof input === 'function' ? (input as OfArgs)(args) : input
    run.startTask(taskId, src)
    run.ask({ kind: 'startTask', id: taskId, src, input: jsonOf(given) })
  }
}

/** `stopChild`, and what an `invoke` does on the way out. */
export function stopAction({ actorRef }: Builtin): Action {
  if (typeof actorRef === 'string') {
    const effect: Effect = Object.freeze({ kind: 'stopTask', id: actorRef })
    return (run) => {
      if (run.stopTask(actorRef)) run.effects.push(effect)
    }
  }
  return (run, params) => {
    const id = typeof actorRef === 'function' ? (actorRef as OfArgs)(run.args(), params) : actorRef
    if (typeof id !== 'string') throw new LeftToXState('a child that is stopped by its reference')
    if (run.stopTask(id)) run.effects.push({ kind: 'stopTask', id })
  }
}

function hasLogic(machine: AnyStateMachine, src: string): boolean {
  return Boolean(machine.implementations.actors[src] ?? logicOf(machine, src))
}
