import type { AnyStateMachine } from 'xstate'
import type { EventData, SetTimer } from '../effects.js'
import { maxDelayMs } from '../translate.js'
import type { Args } from './args.js'
import type { Builtin } from './builtins.js'
import { jsonOf } from './json-of.js'
import { LeftToXState } from './left-to-xstate.js'
import type { Action, Run } from './run.js'

type OfArgs = (args: Args, params: unknown) => unknown

/** What a `raise` was made with, the delay's name replaced by what it stands for. */
interface Raise {
  readonly event: unknown
  readonly id: string | null
  readonly wait: unknown
}

/** `raise`, and what an `after` does on the way in: a timer, or an event of this very step. */
export function raiseAction(builtin: Builtin, machine: AnyStateMachine): Action {
  const what = raiseOf(builtin, machine)
  const { event, id, wait } = what
  if (typeof event === 'object' && typeof wait === 'number' && wait <= maxDelayMs) {
    const effect = Object.freeze(timer(id, wait, event))
    return (run) => run.ask(effect)
  }
  return (run, params) => raise(run, what, params)
}

export function raiseOf({ event, id, delay }: Builtin, machine: AnyStateMachine): Raise {
  const wait = typeof delay === 'string' ? machine.implementations.delays[delay] : delay
  return { event, id: typeof id === 'string' ? id : null, wait }
}

export function raise(run: Run, { event, id, wait }: Raise, params: unknown): void {
  const args = run.args()
  const raised = typeof event === 'function' ? (event as OfArgs)(args, params) : event
  const after = typeof wait === 'function' ? (wait as OfArgs)(args, params) : wait
  // A name alone is an event to nobody.
  if (!isEvent(raised)) throw new LeftToXState('what is raised is no event')
  if (typeof after === 'number') run.ask(timer(id, after, raised))
  else if (after === undefined) run.raise(raised)
  else throw new LeftToXState('a delay that is no number')
}

/** `cancel`, and what an `after` does on the way out. */
export function cancelAction(sendId: unknown): Action {
  if (typeof sendId === 'function') return (run, params) => cancel(run, sendId, params)
  const effect = Object.freeze({ kind: 'cancelTimer', id: String(sendId) } as const)
  return (run) => run.ask(effect)
}

export function cancel(run: Run, sendId: unknown, params: unknown): void {
  const id = typeof sendId === 'function' ? (sendId as OfArgs)(run.args(), params) : sendId
  run.ask({ kind: 'cancelTimer', id: String(id) })
}

function timer(id: string | null, delay: number, event: unknown): SetTimer {
  if (!(delay <= maxDelayMs)) throw new LeftToXState(`a delay of ${delay}`)
  const json = jsonOf(event) as EventData
  return { kind: 'setTimer', id, delay: Math.max(0, Math.round(delay)), event: json }
}

function isEvent(raised: unknown): raised is EventData {
  return typeof (raised as { readonly type?: unknown } | null | undefined)?.type === 'string'
}
