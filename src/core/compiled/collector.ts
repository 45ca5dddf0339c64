import type { AnyStateMachine } from 'xstate'
import { Args } from './args.js'
import type { Builtin } from './builtins.js'
import type { Guards } from './guards.js'
import { type Action, type Assignment, type Op, type Run, sendTo } from './run.js'
import { spawn, stop } from './task-actions.js'
import { tell } from './telling-actions.js'
import { cancel, raise, raiseOf } from './timer-actions.js'

interface Enqueue {
  (action: unknown): void
  assign(assignment: Assignment): void
  raise(event: unknown, options?: Builtin): void
  cancel(sendId: unknown): void
  emit(event: unknown): void
  spawnChild(src: unknown, options?: Builtin): void
  stopChild(actorRef: unknown): void
  sendTo(): void
  sendParent(): void
}

/** What the function of an `enqueueActions` is called with. */
class CollectArgs extends Args {
  readonly enqueue: Enqueue
  readonly #run: Run
  readonly #guards: Guards

  constructor(run: Run, enqueue: Enqueue, guards: Guards) {
    super(run.context, run.event, run)
    this.enqueue = enqueue
    this.#run = run
    this.#guards = guards
  }

  /** Made when it is asked for: few ask. */
  get check(): (guard: unknown) => unknown {
    const run = this.#run
    return (guard) => {
      const compiled = run.noting(() => this.#guards.compile(guard))
      return compiled(run, run.context, run.event)
    }
  }
}

export type Collect = (args: CollectArgs, params: unknown) => void

/** Runs the functions of `enqueueActions`, which say what to do only as they run. */
export class Collector {
  readonly #machine: AnyStateMachine
  readonly #guards: Guards
  readonly #compile: (config: unknown) => Op
  readonly #enqueue: Enqueue
  /** What is collected now; one function runs at a time, and it runs to its end. */
  #ops: Op[] = []

  constructor(machine: AnyStateMachine, guards: Guards, compile: (config: unknown) => Op) {
    this.#machine = machine
    this.#guards = guards
    this.#compile = compile
    this.#enqueue = this.#newEnqueue()
  }

  action(collect: Collect): Action {
    return (run, params) => {
      const ops: Op[] = []
      const outer = this.#ops
      this.#ops = ops
      try {
        collect(new CollectArgs(run, this.#enqueue, this.#guards), params)
      } finally {
        this.#ops = outer
      }
      for (const op of ops) op(run)
    }
  }

  #newEnqueue(): Enqueue {
    const machine = this.#machine
    const add = (op: Op): void => void this.#ops.push(op)
    return Object.assign((config: unknown) => add(this.#compiled(config)), {
      assign: (assignment: Assignment) => add((run) => run.assign(assignment, undefined)),
      raise: (event: unknown, options: Builtin = {}) =>
        add((run) => raise(run, raiseOf({ ...options, event }, machine), undefined)),
      cancel: (sendId: unknown) => add((run) => cancel(run, sendId, undefined)),
      emit: (event: unknown) => add((run) => tell(run, event, undefined)),
      spawnChild: (src: unknown, options: Builtin = {}) =>
        add((run) => spawn(run, machine, src, options)),
      stopChild: (actorRef: unknown) => add((run) => stop(run, actorRef, undefined)),
      sendTo: () => add(sendTo),
      sendParent: () => add(sendTo),
    })
  }

  /** What cannot be compiled throws as it is run: a function that collects must not catch it. */
  #compiled(config: unknown): Op {
    try {
      return this.#compile(config)
    } catch (error) {
      return () => {
        throw error
      }
    }
  }
}
