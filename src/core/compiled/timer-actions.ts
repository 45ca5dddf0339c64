import type { AnyStateMachine } from 'xstate'
import type { EventData, SetTimer } from '../effects.js'
import { maxDelayMs } from '../translate.js'
import type { Args } from './args.js'
import type { Builtin } from './builtins.js'
import { jsonOf } from './json-of.js'
import { LeftToXState } from './left-to-xstate.js'
import { type Action, leave } from './run.js'

type OfArgs = (args: Args, params: unknown) => unknown

/** `raise`, and what an `after` does on the way in: a timer, or an event of this very step. */
export function raiseAction({ event, id, delay }: Builtin, machine: AnyStateMachine): Action {
  if (typeof event === 'string') return leave('an event that is only a name')
  const wait = typeof delay === 'string' ? machine.implementations.delays[delay] : delay
  const timerId = typeof id === 'string' ? id : null
  if (typeof event !== 'function' && typeof wait === 'number' && wait <= maxDelayMs) {
    const effect = Object.freeze(timer(timerId, wait, event))
    return (run) => run.ask(effect)
  }
  return (run, params) => {
    const args = run.args()
    const raised = typeof event === 'function' ? (event as OfArgs)(args, params) : event
    const after = typeof wait === 'function' ? (wait as OfArgs)(args, params) : wait
    if (typeof after === 'number') run.ask(timer(timerId, after, raised))
    else if (after === undefined && isEvent(raised)) {
      run.asked = true
      run.queue.push(raised)
    } else throw new LeftToXState('a delay that is no number, or what is no event')
  }
}

/** `cancel`, and what an `after` does on the way out. */
export function cancelAction({ sendId }: Builtin): Action {
  if (typeof sendId !== 'function') {
    const effect = Object.freeze({ kind: 'cancelTimer', id: String(sendId) } as const)
    return (run) => run.ask(effect)
  }
  return (run, params) =>
    run.ask({ kind: 'cancelTimer', id: String((sendId as OfArgs)(run.args(), params)) })
}

function timer(id: string | null, delay: number, event: unknown): SetTimer {
  if (!(delay <= maxDelayMs)) throw new LeftToXState(`a delay of ${delay}`)
  const json = jsonOf(event) as EventData
  return { kind: 'setTimer', id, delay: Math.max(0, Math.round(delay)), event: json }
}

function isEvent(raised: unknown): raised is EventData {
  return typeof (raised as { readonly type?: unknown } | null | undefined)?.type === 'string'
}
