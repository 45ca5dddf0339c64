import type { AnyStateMachine } from 'xstate'
import { logicOf } from '../durable.js'
import type { Effect } from '../effects.js'
import type { Args } from './args.js'
import type { Builtin } from './builtins.js'
import { jsonOf } from './json-of.js'
import { LeftToXState } from './left-to-xstate.js'
import type { Action, Run } from './run.js'

type OfArgs = (args: Args, params?: unknown) => unknown

/** Starts a task: `spawnChild`, and what an `invoke` does on the way in. */
export function spawn(run: Run, machine: AnyStateMachine, src: unknown, options: Builtin): void {
  const { id, systemId, input } = options
  const taskId = typeof id === 'function' ? (id as OfArgs)(run.args()) : id
  if (
    typeof src !== 'string' ||
    typeof taskId !== 'string' ||
    systemId !== undefined ||
    !hasLogic(machine, src)
  ) {
    // xstate's step is refused for it, in words of its own.
    throw new LeftToXState('a child that cannot outlive the process')
  }
  const given = typeof input === 'function' ? (input as OfArgs)(run.args()) : input
  run.startTask(taskId, src)
  run.ask({ kind: 'startTask', id: taskId, src, input: jsonOf(given) })
}

/** Stops a task: `stopChild`, and what an `invoke` does on the way out. */
export function stop(run: Run, actorRef: unknown, params: unknown): void {
  const id = typeof actorRef === 'function' ? (actorRef as OfArgs)(run.args(), params) : actorRef
  if (typeof id !== 'string') throw new LeftToXState('a child that is stopped by its reference')
  if (run.stopTask(id)) run.effects.push({ kind: 'stopTask', id })
}

/** The same for a task that is named in the config. */
export function stopAction(actorRef: unknown): Action {
  if (typeof actorRef !== 'string') return (run, params) => stop(run, actorRef, params)
  const effect: Effect = Object.freeze({ kind: 'stopTask', id: actorRef })
  return (run) => {
    if (run.stopTask(actorRef)) run.effects.push(effect)
  }
}

function hasLogic(machine: AnyStateMachine, src: string): boolean {
  return Boolean(machine.implementations.actors[src] ?? logicOf(machine, src))
}
