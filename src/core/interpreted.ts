import {
  type AnyActor,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  createActor,
  createMachine,
  type ExecutableActionObject,
  type StateValue,
} from 'xstate'
import type { EventData } from './effects.js'
import { BakelineError } from './errors.js'
import { endedTask, initEvent } from './history.js'
import { type Json, jsonFlaw, viaJson } from './json.js'
import { taskError } from './policy.js'
import type { State, Step, Stepper } from './stepper.js'
import { translate, withCompletion } from './translate.js'

/** What stands for a running task in a loaded snapshot: enough for `stopChild` to find it. */
interface Child {
  readonly id: string
  readonly src: string
}

/** A snapshot as the store keeps it, in this order. */
export interface StoredSnapshot {
  readonly value: Json
  readonly context: Json
  readonly status: State['status']
  readonly output?: Json
  readonly error?: Json
  readonly history?: Readonly<Record<string, readonly string[]>>
  /** id → src of the tasks that run. */
  readonly children?: Readonly<Record<string, string>>
}

type Scope = Parameters<AnyStateMachine['transition']>[2]

/** More microsteps than this in one step go round in a circle; xstate alone would never stop. */
const maxMicrosteps = 10_000

/**
 * The step as xstate itself takes it, through `machine.transition` with one inert scope that is
 * reused: the public `transition()` builds an actor and enters the initial state on every call.
 * Every step begins at the stored text, so that a reopened file and a running process agree.
 */
export function interpret(original: AnyStateMachine): Stepper {
  const machine = bounded(original)
  const actions: ExecutableActionObject[] = []
  const scope = inertScope((action) => actions.push(action))

  /** Runs one call of xstate and hands over the actions that it asked for. */
  function run(
    call: () => AnyMachineSnapshot,
  ): [AnyMachineSnapshot, readonly ExecutableActionObject[]] {
    actions.length = 0
    const snapshot = call()
    return [snapshot, actions.splice(0)]
  }

  return {
    report: () => ({ compiled: false, reasons: [], repeated: 0 }),
    load: (text) => stateOf(machine, text),
    initial(input) {
      const [next, asked] = run(() => machine.getInitialSnapshot(scope, input))
      return finish(machine, next, asked, { type: initEvent, input }, null)
    },
    next(state, event) {
      if (state.status !== 'active') return { state, effects: [], changed: false }
      const before = revive(machine, state.text)
      const [next, asked] = run(() => machine.transition(before, event, scope))
      if (next === before && asked.length === 0 && !consumes(state, event)) {
        return { state, effects: [], changed: false }
      }
      return finish(machine, next, asked, event, state)
    },
  }
}

/** The machine with a bound on its microsteps, when it names none itself; the caller's stays as is. */
function bounded(machine: AnyStateMachine): AnyStateMachine {
  const copy: AnyStateMachine = machine.provide({})
  copy.options = { ...copy.options, maxIterations: maxMicrostepsOf(machine) }
  return copy
}

/** How many microsteps a step may have: what the machine says itself, if it says so. */
export function maxMicrostepsOf({ options }: AnyStateMachine): number {
  const { maxIterations = Number.POSITIVE_INFINITY } = options
  return Number.isFinite(maxIterations) ? maxIterations : maxMicrosteps
}

function inertScope(actionExecutor: (action: ExecutableActionObject) => void): Scope {
  const self: AnyActor = createActor(createMachine({}))
  const nothing = (): void => undefined
  return {
    self,
    system: self.system,
    id: '',
    sessionId: '',
    logger: nothing,
    defer: nothing,
    emit: nothing,
    stopChild: nothing,
    actionExecutor,
  } as Scope
}

function consumes(state: State, event: EventData): boolean {
  const task = endedTask(event.type)
  return task !== null && state.children.includes(task)
}

function finish(
  machine: AnyStateMachine,
  next: AnyMachineSnapshot,
  asked: readonly ExecutableActionObject[],
  event: EventData,
  before: State | null,
): Step {
  const known = new Set(before?.children)
  const ended = endedTask(event.type)
  if (ended !== null) known.delete(ended)
  const translated = translate(asked, known)
  const children = survivingChildren(next, translated.started, known, ended)
  const text = JSON.stringify(stored(next, children))
  const state = stateOf(machine, text)
  const { status } = state
  const effects =
    status === 'active' ? translated.effects : withCompletion(translated.effects, status)
  return { state, effects, changed: true }
}

/**
 * The tasks that run after the step: xstate never forgets a finished child, we do, unless the same
 * step starts it anew. A child that is new without an effect came from `spawn` inside `assign`.
 */
function survivingChildren(
  next: AnyMachineSnapshot,
  started: ReadonlyMap<string, string>,
  known: ReadonlySet<string>,
  ended: string | null,
): Record<string, string> {
  const children: Record<string, string> = {}
  if (next.status !== 'active') return children
  for (const [id, child] of Object.entries(next.children as unknown as Record<string, Child>)) {
    const src = started.get(id)
    if (src !== undefined) children[id] = src
    else if (known.has(id)) children[id] = child.src
    else if (id !== ended) {
      throw new BakelineError(
        'NOT_DURABLE',
        `a child "${id}" was spawned inside assign, which leaves no trace: use spawnChild("…", { id })`,
      )
    }
  }
  return children
}

function stored(next: AnyMachineSnapshot, children: Record<string, string>): StoredSnapshot {
  const flaw =
    jsonFlaw(next.context, 'context') ??
    (next.output === undefined ? null : jsonFlaw(next.output, 'output'))
  if (flaw) {
    throw new BakelineError(
      'NOT_DURABLE',
      `${flaw}: JSON does not give it back the same; keep null, booleans, finite numbers, text, ` +
        'plain objects and arrays',
    )
  }
  const history = historyIds(next)
  return {
    value: next.value as Json,
    context: next.context as Json,
    status: next.status,
    ...(next.output === undefined ? {} : { output: next.output as Json }),
    ...(next.status === 'error' ? { error: viaJson(taskError(next.error)) } : {}),
    ...(Object.keys(history).length === 0 ? {} : { history }),
    ...(Object.keys(children).length === 0 ? {} : { children }),
  }
}

function historyIds(next: AnyMachineSnapshot): Record<string, readonly string[]> {
  const ids: Record<string, readonly string[]> = {}
  for (const [key, nodes] of Object.entries(next.historyValue)) {
    ids[key] = nodes.map((node) => node.id)
  }
  return ids
}

/** The live snapshot of a stored one: stubs for children, state nodes for history. */
function revive(machine: AnyStateMachine, text: string): AnyMachineSnapshot {
  const stored = JSON.parse(text) as StoredSnapshot
  const historyValue: Record<string, ReturnType<AnyStateMachine['getStateNodeById']>[]> = {}
  for (const [key, ids] of Object.entries(stored.history ?? {})) {
    historyValue[key] = ids.map((id) => machine.getStateNodeById(id))
  }
  const snapshot = machine.resolveState({
    value: stored.value as StateValue,
    context: stored.context,
    status: stored.status,
    output: stored.output,
    error: stored.error,
    historyValue,
  }) as AnyMachineSnapshot
  const children: Record<string, Child> = {}
  for (const [id, src] of Object.entries(stored.children ?? {})) children[id] = { id, src }
  return Object.assign(snapshot, { children })
}

function stateOf(machine: AnyStateMachine, text: string): State {
  const stored = JSON.parse(text) as StoredSnapshot
  let tags: readonly string[] | null = null
  const state = {
    text,
    value: stored.value,
    context: stored.context,
    status: stored.status,
    output: stored.output ?? null,
    error: stored.error ?? null,
    tags: [],
    children: Object.keys(stored.children ?? {}),
  }
  return Object.defineProperty(state, 'tags', {
    // Only waiting asks for tags: resolving them costs a walk of the state tree.
    get: () => (tags ??= [...revive(machine, text).tags]),
    enumerable: true,
  })
}
