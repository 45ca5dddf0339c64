import type { AnyStateMachine, AnyTransitionDefinition } from 'xstate'
import { Actions } from './actions.js'
import { isPlain } from './admit.js'
import type { Code, NodeCode, Transition } from './code.js'
import { type Guard, Guards } from './guards.js'
import type { Op } from './run.js'
import type { Shapes } from './shapes.js'
import { spawn, stopAction } from './task-actions.js'
import { isHistory, type Node } from './tree.js'

/** A machine's config made ready, or why it cannot be: a line for each place, with its path. */
export interface Ready {
  readonly code: Code
  readonly reasons: readonly string[]
}

/** Reads a machine's config once. */
export function makeReady(machine: AnyStateMachine, shapes: Shapes): Ready {
  return new Reader(machine, shapes).read(machine.root)
}

class Reader {
  readonly #machine: AnyStateMachine
  readonly #guards: Guards
  readonly #actions: Actions
  readonly #nodes = new Map<Node, NodeCode>()
  readonly #transitions = new Map<AnyTransitionDefinition, Transition>()
  readonly #reasons: string[] = []

  constructor(machine: AnyStateMachine, shapes: Shapes) {
    this.#machine = machine
    this.#guards = new Guards(machine)
    this.#actions = new Actions(machine, this.#guards, shapes)
  }

  read(root: Node): Ready {
    const { context } = this.#machine.config as { readonly context?: unknown }
    if (context && typeof context !== 'function' && !isPlain(context)) {
      this.#reasons.push(`${root.id}: context is no plain object`)
    }
    this.#node(root)
    const code = { nodes: this.#nodes, transitions: this.#transitions }
    return { code, reasons: this.#reasons }
  }

  #node(node: Node): void {
    const at = node.id
    for (const key of Object.keys(node.states)) {
      if (isStrange(key)) this.#reasons.push(`${at}: a state is named "${key}"`)
    }
    for (const [type, transitions] of node.transitions) {
      for (const each of transitions) this.#transition(each, `${at}: on "${type}"`)
    }
    const always = (node.always ?? []).map((each) => this.#transition(each, `${at}: always`))
    const initial = isHistory(node) ? [] : node.initial.actions
    this.#nodes.set(node, {
      entry: this.#ops(node.entry, `${at}: entry`),
      invoke: node.invoke.map((invoke) => (run) => spawn(run, this.#machine, invoke.src, invoke)),
      initial: this.#ops(initial, `${at}: initial`),
      exit: this.#ops(node.exit, `${at}: exit`),
      stop: node.invoke.map(({ id }) => {
        const action = stopAction(id)
        return (run) => action(run, undefined)
      }),
      always,
    })
    for (const child of Object.values(node.states)) this.#node(child)
  }

  #transition(definition: AnyTransitionDefinition, at: string): Transition {
    const { guard, target, source, reenter } = definition
    const alone: Transition[] = []
    const transition: Transition = {
      number: this.#transitions.size,
      guard: guard === undefined ? null : this.#guard(guard, at),
      ops: this.#ops(definition.actions, at),
      target,
      source,
      reenter,
      alone,
    }
    alone.push(transition)
    this.#transitions.set(definition, transition)
    return transition
  }

  #guard(guard: unknown, at: string): Guard | null {
    return this.#try(at, () => this.#guards.compile(guard)) ?? null
  }

  #ops(actions: readonly unknown[], at: string): Op[] {
    return actions.flatMap((action) => this.#try(at, () => this.#actions.compile(action)) ?? [])
  }

  #try<T>(at: string, part: () => T): T | undefined {
    try {
      return part()
    } catch (error) {
      this.#reasons.push(`${at}: ${(error as Error).message}`)
      return undefined
    }
  }
}

/** xstate would take it for an id, or for nothing. */
function isStrange(key: string): boolean {
  return key === '' || key.startsWith('#')
}
