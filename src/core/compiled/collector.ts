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

type Kind = Exclude<keyof Enqueue, 'sendParent'> | 'action'

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
  /** What is collected: its kind, what it is about, its options; then the same of the next. */
  readonly #kinds: Kind[] = []
  readonly #subjects: unknown[] = []
  readonly #options: (Builtin | undefined)[] = []
  /** Where the next goes. What is collected while others are run is put behind them. */
  #end = 0

  constructor(machine: AnyStateMachine, guards: Guards, compile: (config: unknown) => Op) {
    this.#machine = machine
    this.#guards = guards
    this.#compile = compile
    this.#enqueue = this.#newEnqueue()
  }

  action(collect: Collect): Action {
    return (run, params) => {
      const begin = this.#end
      try {
        collect(new CollectArgs(run, this.#enqueue, this.#guards), params)
        const end = this.#end
        for (let at = begin; at < end; at += 1) this.#perform(run, at)
      } finally {
        this.#end = begin
      }
    }
  }

  #perform(run: Run, at: number): void {
    const subject = this.#subjects[at]
    const options = this.#options[at] ?? {}
    switch (this.#kinds[at]) {
      case 'assign':
        return run.assign(subject as Assignment, undefined)
      case 'raise':
        return raise(run, raiseOf({ ...options, event: subject }, this.#machine), undefined)
      case 'cancel':
        return cancel(run, subject, undefined)
      case 'emit':
        return tell(run, subject, undefined)
      case 'spawnChild':
        return spawn(run, this.#machine, subject, options)
      case 'stopChild':
        return stop(run, subject, undefined)
      case 'action':
        return this.#compile(subject)(run)
      default:
        return sendTo()
    }
  }

  #newEnqueue(): Enqueue {
    const collects =
      (kind: Kind) =>
      (subject?: unknown, options?: Builtin): void => {
        this.#kinds[this.#end] = kind
        this.#subjects[this.#end] = subject
        this.#options[this.#end] = options
        this.#end += 1
      }
    return Object.assign(collects('action'), {
      assign: collects('assign'),
      raise: collects('raise'),
      cancel: collects('cancel'),
      emit: collects('emit'),
      spawnChild: collects('spawnChild'),
      stopChild: collects('stopChild'),
      sendTo: collects('sendTo'),
      sendParent: collects('sendTo'),
    })
  }
}
