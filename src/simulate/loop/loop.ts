import type { DrawKey } from '../../core/draw.js'
import type { Effect, EventData, SetTimer } from '../../core/effects.js'
import { BakelineError } from '../../core/errors.js'
import { doneEvent } from '../../core/history.js'
import type { Json } from '../../core/json.js'
import type { State, Stepper } from '../../core/stepper.js'
import { ExecutionColumns } from './executions.js'
import { Pending } from './pending.js'
import { RememberedSteps } from './remembered.js'
import type { LoopObserver, LoopOptions, LoopTask } from './types.js'
import { backoff, timer } from './work.js'

/** So many steps of an execution at one instant are a circle. */
const mostAtOnce = 10_000

/**
 * Plays executions of one machine in virtual time, in memory, as the engine plays them: the same
 * order of what is due together, the same retries, time-outs, pools and queues, the same draws. It
 * keeps no history and writes no text. A step that throws ends the run: nothing is set aside here.
 */
export class Loop {
  /** Virtual time, in milliseconds. */
  now: number
  readonly #options: LoopOptions
  readonly #observer: LoopObserver
  readonly #executions = new ExecutionColumns()
  readonly #pending: Pending
  readonly #remembered: Pick<Stepper, 'initial' | 'next'>
  #steps = 0
  #atOnce = 0

  constructor(options: LoopOptions, now: number) {
    this.#options = options
    this.#observer = options.observer ?? {}
    this.#pending = new Pending(this.#executions, this.#observer)
    const { stepper, remembers } = options
    this.#remembered = remembers ? new RememberedSteps(stepper) : stepper
    this.now = now
  }

  /** How many executions live. */
  get live(): number {
    return this.#executions.live
  }

  /** How many steps were taken. */
  get steps(): number {
    return this.#steps
  }

  /** When the next thing is due; infinite when nothing is. */
  get next(): number {
    return this.#pending.agenda.next
  }

  startedAt(execution: number): number {
    return this.#executions.startedAt[execution] as number
  }

  tag(execution: number): number {
    return this.#executions.tag[execution] as number
  }

  state(execution: number): State {
    return this.#executions.state[execution] as State
  }

  /**
   * Starts an execution now. What is due by now should have been done before.
   *
   * @param key what it draws under
   * @param tag a number by which the host knows it
   */
  start(input: Json, key: DrawKey, tag: number): number {
    const first = this.#remembered.initial(input)
    const execution = this.#executions.add(first.state, { key, tag, at: this.now })
    this.#steps += 1
    this.#apply(execution, first.state, first.effects, this.now)
    this.#pending.giveSlots(this.now)
    return execution
  }

  /** Sends an event; false when the machine has no use for it. */
  send(execution: number, event: EventData): boolean {
    const changed = this.#step(execution, event, this.now)
    this.#pending.giveSlots(this.now)
    return changed
  }

  /** Does what is due up to a time, which is then now. */
  advance(to: number): void {
    const { agenda } = this.#pending
    for (let due = agenda.next; due <= to; due = agenda.next) this.#finish(agenda.take(), due)
    this.now = to
  }

  /** Does everything that is due ever. */
  drain(): void {
    const { agenda } = this.#pending
    while (agenda.size > 0) {
      const due = agenda.next
      this.#finish(agenda.take(), due)
    }
  }

  #finish(item: number, due: number): void {
    const { work } = this.#pending
    const execution = work.execution[item] as number
    const at = Math.max(due, this.#executions.updatedAt[execution] as number)
    if (at > this.now) this.#atOnce = 0
    else if (++this.#atOnce > mostAtOnce * (this.live + 1)) throw circle(at)
    this.now = at
    switch (work.state[item]) {
      case timer: {
        const { event } = work.what[item] as SetTimer
        this.#pending.remove(item, at)
        this.#step(execution, event, at)
        break
      }
      case backoff:
        this.#pending.enter(item, at)
        break
      default:
        this.#endAttempt(item, execution, at)
    }
    this.#pending.giveSlots(at)
  }

  #endAttempt(item: number, execution: number, at: number): void {
    const { work } = this.#pending
    const task = work.what[item] as LoopTask
    const outcome = work.outcome[item]
    if (outcome == null) throw new BakelineError('CORRUPT', `${task.id} ends without an outcome`)
    const failed = 'error' in outcome
    this.#observer.attempt?.(execution, task, failed ? outcome.error : null, at)
    if (failed && this.#pending.retry(item, outcome.error, at)) return
    this.#pending.remove(item, at)
    if (failed) this.#step(execution, task.failed(outcome.error), at, this.#remembered)
    else if (outcome.output === null) this.#step(execution, task.done, at, this.#remembered)
    else this.#step(execution, doneEvent(task.id, outcome.output), at)
  }

  /** @param stepper the one that remembers, for an event that is the same each time */
  #step(
    execution: number,
    event: EventData,
    at: number,
    stepper: Pick<Stepper, 'next'> = this.#options.stepper,
  ): boolean {
    const before = this.#executions.state[execution] as State
    const step = stepper.next(before, event)
    if (!step.changed) return false
    this.#steps += 1
    this.#apply(execution, step.state, step.effects, at)
    return true
  }

  #apply(execution: number, state: State, effects: readonly Effect[], at: number): void {
    const executions = this.#executions
    executions.state[execution] = state
    executions.updatedAt[execution] = at
    const status = this.#options.status(state)
    const before = executions.status[execution] as string
    if (status !== before) {
      executions.status[execution] = status
      this.#observer.status?.(execution, before, status, at)
    }
    for (const effect of effects) this.#perform(execution, effect, at)
  }

  #perform(execution: number, effect: Effect, at: number): void {
    switch (effect.kind) {
      case 'startTask': {
        const task = this.#options.task(effect, this.#executions.tag[execution] as number)
        return this.#pending.startTask(execution, task, at)
      }
      case 'stopTask':
        return this.#pending.stop(execution, effect.id, at)
      case 'setTimer':
        return this.#pending.setTimer(execution, effect, at)
      case 'cancelTimer':
        return this.#pending.cancel(execution, effect.id, at)
      case 'complete': {
        this.#pending.removeAll(execution, at)
        const state = this.#executions.state[execution] as State
        this.#observer.ended?.(execution, effect.outcome, state, at)
        return this.#executions.drop(execution)
      }
      default:
        // Domain events and custom actions are for the world around an engine.
        return
    }
  }
}

function circle(at: number): BakelineError {
  const when = new Date(at).toISOString()
  return new BakelineError(
    'STEP_FAILED',
    `steps follow from each other without end at ${when}: let time pass`,
  )
}
