import type { ExecutableActionObject } from 'xstate'
import type { Effect, EventData } from './effects.js'
import { BakelineError } from './errors.js'
import { viaJson } from './json.js'
import type { State } from './stepper.js'

interface Translated {
  readonly effects: readonly Effect[]
  /** id → src of the tasks that the step starts. */
  readonly started: ReadonlyMap<string, string>
}

/** What xstate's own actions carry in `params`, as far as we read it (measured, 5.33). */
interface Params {
  readonly id?: unknown
  readonly src?: unknown
  readonly input?: unknown
  readonly systemId?: unknown
  readonly actorRef?: { readonly id: string; readonly sessionId: string }
  readonly event?: EventData
  readonly delay?: number
  readonly sendId?: string
  readonly label?: string
  readonly value?: unknown
}

/** Three thousand years: what is due later could not be told from what is never due. */
export const maxDelayMs = 1e14

/**
 * xstate's actions as effects.
 *
 * @param known ids of the tasks that run before the step: stopping another is no effect.
 * @throws BakelineError `NOT_DURABLE` for what cannot outlive the process.
 */
export function translate(
  actions: readonly ExecutableActionObject[],
  known: ReadonlySet<string>,
): Translated {
  const effects: Effect[] = []
  const started = new Map<string, string>()
  for (const action of actions) {
    const effect = effectOf(action, (id) => known.has(id) || started.has(id))
    if (effect === null) continue
    if (effect.kind === 'startTask') started.set(effect.id, effect.src)
    if (effect.kind === 'stopTask') started.delete(effect.id)
    effects.push(effect)
  }
  return { effects, started }
}

function effectOf(action: ExecutableActionObject, runs: (task: string) => boolean): Effect | null {
  const params = (action.params ?? {}) as Params
  switch (action.type) {
    case 'xstate.spawnChild':
      return startTask(params)
    case 'xstate.stopChild': {
      // The parameters of this one action are the child itself; none when it was not there.
      const id = (action.params as { readonly id?: string } | undefined)?.id
      return id !== undefined && runs(id) ? { kind: 'stopTask', id } : null
    }
    case 'xstate.raise':
      // Without a delay xstate has processed the event already.
      return params.delay === undefined ? null : setTimer(params, params.delay)
    case 'xstate.cancel':
      return { kind: 'cancelTimer', id: String(params.sendId) }
    case 'xstate.emit':
      return { kind: 'emit', event: viaJson(params.event) as EventData }
    case 'xstate.log':
      return { kind: 'action', type: action.type, run: (log) => log(...logged(params)) }
    case 'xstate.sendTo':
      throw refused('sendTo cannot outlive the process', 'raise an event, or start a task')
    default:
      return custom(action)
  }
}

/** The last effect of the last step. A machine that ended asks for nothing more of its tasks. */
export function withCompletion(
  effects: readonly Effect[],
  status: Exclude<State['status'], 'active'>,
): readonly Effect[] {
  const outcome = status === 'done' ? 'done' : status === 'error' ? 'failed' : 'cancelled'
  const lasting = effects.filter((effect) => effect.kind === 'emit' || effect.kind === 'action')
  return [...lasting, { kind: 'complete', outcome }]
}

function startTask(params: Params): Effect {
  const { actorRef, src } = params
  if (params.systemId !== undefined) {
    throw refused(`child with systemId "${String(params.systemId)}"`, 'leave systemId out')
  }
  if (typeof src !== 'string') {
    throw refused('a child was spawned with inline logic', 'name it in setup({ actors })')
  }
  if (actorRef === undefined) {
    throw refused(`a child "${src}" was spawned without logic`, 'name it in setup({ actors })')
  }
  if (actorRef.id === actorRef.sessionId) {
    throw refused(`a child "${src}" was spawned without an id`, `spawnChild("${src}", { id })`)
  }
  return { kind: 'startTask', id: actorRef.id, src, input: viaJson(params.input) }
}

function setTimer(params: Params, delay: number): Effect {
  if (!(delay <= maxDelayMs)) {
    throw refused(`a delay of ${delay} for "${params.event?.type}"`, 'give milliseconds')
  }
  return {
    kind: 'setTimer',
    id: typeof params.id === 'string' ? params.id : null,
    delay: Math.max(0, Math.round(delay)),
    event: viaJson(params.event) as EventData,
  }
}

function logged({ label, value }: Params): unknown[] {
  return label === undefined ? [value] : [label, value]
}

function custom(action: ExecutableActionObject): Effect {
  const { exec, info, params } = action
  return {
    kind: 'action',
    type: action.type,
    run: () => exec?.(info, params),
  }
}

function refused(what: string, instead: string): BakelineError {
  return new BakelineError('NOT_DURABLE', `${what}; instead: ${instead}`)
}
