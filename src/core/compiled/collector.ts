import type { AnyStateMachine } from 'xstate'
import { Args } from './args.js'
import { type Assignment, assignOp } from './assigns.js'
import type { Guards } from './guards.js'
import { type Action, leave, type Op, type Run } from './run.js'
import { spawnAction, stopAction } from './task-actions.js'
import { emitAction } from './telling-actions.js'
import { cancelAction, raiseAction } from './timer-actions.js'

interface Enqueue {
  (action: unknown): void
  assign(assignment: Assignment): void
  raise(event: unknown, options?: object): void
  cancel(sendId: unknown): void
  emit(event: unknown): void
  spawnChild(src: unknown, options?: object): void
  stopChild(actorRef: unknown): void
  sendTo(): void
  sendParent(): void
}

/** What the function of an `enqueueActions` is called with. */
class CollectArgs extends Args {
  readonly enqueue: Enqueue
  readonly check: (guard: unknown) => unknown

  constructor(run: Run, enqueue: Enqueue, check: (guard: unknown) => unknown) {
    super(run.context, run.event, run)
    this.enqueue = enqueue
    this.check = check
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
      const check = (guard: unknown): unknown => {
        const compiled = run.noting(() => this.#guards.compile(guard))
        return compiled(run, run.context, run.event)
      }
      try {
        collect(new CollectArgs(run, this.#enqueue, check), params)
      } finally {
        this.#ops = outer
      }
      for (const op of ops) op(run)
    }
  }

  #newEnqueue(): Enqueue {
    const machine = this.#machine
    const add = (make: () => Action): void =>
      this.#add(() => {
        const action = make()
        return (run) => action(run, undefined)
      })
    return Object.assign((config: unknown) => this.#add(() => this.#compile(config)), {
      assign: (assignment: Assignment) => void this.#ops.push(assignOp(assignment)),
      raise: (event: unknown, options: object = {}) =>
        add(() => raiseAction({ ...options, event }, machine)),
      cancel: (sendId: unknown) => add(() => cancelAction({ sendId })),
      emit: (event: unknown) => add(() => emitAction({ event })),
      spawnChild: (src: unknown, options: object = {}) =>
        add(() => spawnAction({ ...options, src }, machine)),
      stopChild: (actorRef: unknown) => add(() => stopAction({ actorRef })),
      sendTo: () => add(() => leave('sendTo')),
      sendParent: () => add(() => leave('sendParent')),
    })
  }

  /** What cannot be done throws as it is done: a function that collects must not catch it. */
  #add(make: () => Op): void {
    try {
      this.#ops.push(make())
    } catch (error) {
      this.#ops.push(() => {
        throw error
      })
    }
  }
}
