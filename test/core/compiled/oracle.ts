/**
 * What a step must come to, told by xstate's own public functions and by nothing of ours: the
 * translation of its actions here is a second one, on purpose.
 */
import { isDeepStrictEqual } from 'node:util'
import {
  type AnyMachineSnapshot,
  type AnyStateMachine,
  type ExecutableActionObject,
  initialTransition,
  type StateValue,
  transition,
} from 'xstate'
import type { EventData } from '../../../src/core/effects.js'

/** A step as JSON text can tell it, or how it fails. */
export type Seen =
  | {
      readonly value: unknown
      readonly context: unknown
      readonly status: string
      readonly output: unknown
      readonly error: unknown
      readonly tags: readonly string[]
      readonly children: readonly string[]
      readonly effects: readonly unknown[]
      readonly changed: boolean
    }
  | { readonly throws: string }
  | { readonly refused: true }

type Params = Readonly<Record<string, unknown>>

/** Which snapshot the next step begins with: the one in hand, or one made anew from its JSON. */
export type Between = 'live' | 'reloaded'

export class Oracle {
  readonly #machine: AnyStateMachine
  readonly #between: Between
  /** By state value. */
  readonly #tags = new Map<string, readonly string[]>()
  #snapshot: AnyMachineSnapshot | null = null
  /** Of a live snapshot, whose children are never forgotten. */
  readonly #ever = new Set<string>()
  /** id → src of the tasks that run. */
  #tasks = new Map<string, string>()

  constructor(machine: AnyStateMachine, between: Between) {
    this.#machine = machine
    this.#between = between
  }

  get tasks(): readonly string[] {
    return [...this.#tasks.keys()]
  }

  get active(): boolean {
    return this.#snapshot?.status === 'active'
  }

  initial(input: unknown): Seen {
    const [next, actions] = initialTransition(this.#machine, input as never)
    return this.#see(next as AnyMachineSnapshot, actions, null, true)
  }

  next(event: EventData): Seen {
    const before = this.#snapshot as AnyMachineSnapshot
    const from = this.#between === 'live' ? before : this.#reload(before)
    const ended = /^xstate\.(?:done|error)\.actor\.(.+)$/.exec(event.type)?.[1] ?? null
    try {
      const [next, actions] = transition(this.#machine, from, event as never)
      const consumed = ended !== null && this.#tasks.has(ended)
      const changed = next !== from || actions.length > 0 || consumed
      return this.#see(next as AnyMachineSnapshot, actions, ended, changed)
    } catch (error) {
      return { throws: (error as Error).message }
    }
  }

  #see(
    next: AnyMachineSnapshot,
    actions: readonly ExecutableActionObject[],
    ended: string | null,
    changed: boolean,
  ): Seen {
    const tasks = new Map(this.#tasks)
    if (ended !== null) tasks.delete(ended)
    const told = tell(actions, tasks)
    const active = next.status === 'active'
    for (const id of tasks.keys()) this.#ever.add(id)
    const hidden = active && Object.keys(next.children).some((id) => !this.#ever.has(id))
    const { output = null } = next
    if (told === null || hidden || !lasts(next.context) || !lasts(output)) return { refused: true }
    const children = active ? Object.keys(next.children).filter((id) => tasks.has(id)) : []
    this.#snapshot = next
    this.#tasks = new Map(children.map((id) => [id, tasks.get(id) as string]))
    return {
      value: next.value,
      context: next.context,
      status: next.status,
      output,
      error: next.status === 'error' ? errorOf(next.error) : null,
      tags: this.#between === 'live' ? [...next.tags].sort() : this.#tagsOf(next),
      children,
      effects: active ? told : atTheEnd(told, next.status),
      changed,
    }
  }

  /** The tags in the order that a reopened file has them in. */
  #tagsOf(snapshot: AnyMachineSnapshot): readonly string[] {
    const value = JSON.stringify(snapshot.value)
    const known = this.#tags.get(value) ?? [...this.#reload(snapshot).tags]
    this.#tags.set(value, known)
    return known
  }

  /** The snapshot of another process: JSON and back, with stubs for children. */
  #reload(snapshot: AnyMachineSnapshot): AnyMachineSnapshot {
    const again = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T
    const history = Object.entries(snapshot.historyValue).map(([key, nodes]) => [
      key,
      nodes.map(({ id }) => this.#machine.getStateNodeById(id)),
    ])
    const loaded = this.#machine.resolveState({
      value: again(snapshot.value) as StateValue,
      context: again(snapshot.context as object),
      status: snapshot.status as 'active',
      historyValue: Object.fromEntries(history) as never,
    })
    const stubs = [...this.#tasks].map(([id, src]) => [id, { id, src }])
    return Object.assign(loaded, { children: Object.fromEntries(stubs) }) as AnyMachineSnapshot
  }
}

/** xstate's actions as effects; null when there is one that cannot outlive the process. */
function tell(
  actions: readonly ExecutableActionObject[],
  tasks: Map<string, string>,
): unknown[] | null {
  const effects: unknown[] = []
  for (const { type, params } of actions) {
    const p = (params ?? {}) as Params
    switch (type) {
      case 'xstate.spawnChild': {
        const child = p['actorRef'] as { id: unknown; sessionId: unknown } | undefined
        const { src } = p
        if (!child || child.id === child.sessionId || typeof src !== 'string') return null
        tasks.set(child.id as string, src)
        effects.push({ kind: 'startTask', id: child.id, src, input: json(p['input']) })
        break
      }
      case 'xstate.stopChild': {
        const id = p['id'] as string
        if (tasks.delete(id)) effects.push({ kind: 'stopTask', id })
        break
      }
      case 'xstate.raise': {
        const { id = null, delay } = p
        if (delay === undefined) break
        if (!((delay as number) <= 1e14)) return null
        const due = Math.max(0, Math.round(delay as number))
        effects.push({ kind: 'setTimer', id, delay: due, event: json(p['event']) })
        break
      }
      case 'xstate.cancel':
        effects.push({ kind: 'cancelTimer', id: String(p['sendId']) })
        break
      case 'xstate.emit':
        effects.push({ kind: 'emit', event: json(p['event']) })
        break
      case 'xstate.sendTo':
        return null
      default:
        effects.push({ kind: 'action', type })
    }
  }
  return effects
}

function atTheEnd(effects: readonly unknown[], status: string): unknown[] {
  const outcome = { done: 'done', error: 'failed', stopped: 'cancelled' }[status]
  const lasting = effects.filter((each) =>
    ['emit', 'action'].includes((each as { kind: string }).kind),
  )
  return [...lasting, { kind: 'complete', outcome }]
}

function errorOf(error: unknown): unknown {
  const { name = 'Error', code, message } = (error ?? {}) as Record<string, string>
  if (message === undefined) return error
  return { name, ...(code === undefined ? {} : { code }), message }
}

function json(value: unknown): unknown {
  return value === undefined ? null : (JSON.parse(JSON.stringify(value)) as unknown)
}

function lasts(value: unknown): boolean {
  try {
    return isDeepStrictEqual(value, json(value))
  } catch {
    return false
  }
}
