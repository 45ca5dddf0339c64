import type { EventData } from '../effects.js'
import type { Args } from './args.js'
import type { Builtin } from './builtins.js'
import { bystander } from '../bystander.js'
import { jsonOf } from './json-of.js'
import type { Action, Run } from './run.js'

type OfArgs = (args: Args, params: unknown) => unknown

export function emitAction(event: unknown): Action {
  if (typeof event !== 'function') {
    const effect = Object.freeze({ kind: 'emit', event: jsonOf(event) as EventData } as const)
    return (run) => run.ask(effect)
  }
  return (run, params) => tell(run, event, params)
}

export function tell(run: Run, event: unknown, params: unknown): void {
  const emitted = typeof event === 'function' ? (event as OfArgs)(run.args(), params) : event
  run.ask({ kind: 'emit', event: jsonOf(emitted) as EventData })
}

export function logAction({ value, label }: Builtin): Action {
  return (run, params) => {
    const line = typeof value === 'function' ? (value as OfArgs)(run.args(), params) : value
    const lines = label === undefined ? [line] : [label, line]
    run.ask({ kind: 'action', type: 'xstate.log', run: (log) => log(...lines) })
  }
}

/** An action of the machine's own. `exec` is undefined when nobody implemented it. */
export function customAction(
  type: string,
  exec: ((info: object, params: unknown) => unknown) | undefined,
): Action {
  return (run, params) => {
    const { context, event } = run
    const info = () => ({ context, event, self: bystander(), system: bystander().system })
    run.ask({ kind: 'action', type, run: () => exec?.(info(), params) })
  }
}
