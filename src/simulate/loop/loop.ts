import type { DrawKey } from '../../core/draw.js'
import type { Effect, EventData, StartTask } from '../../core/effects.js'
import { BakelineError } from '../../core/errors.js'
import { doneEvent, errorEvent } from '../../core/history.js'
import type { Json } from '../../core/json.js'
import { retryAt, type TaskError } from '../../core/policy.js'
import type { State } from '../../core/stepper.js'
import { capped, checkedDuration } from '../../engine/tasks.js'
import { Agenda } from './agenda.js'
import { ExecutionColumns } from './executions.js'
import type { LoopPool } from './pool.js'
import type { LoopObserver, LoopOptions, LoopTask } from './types.js'
import { backoff, none, running, timer, waiting, WorkColumns } from './work.js'

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
  readonly #work = new WorkColumns()
  readonly #agenda = new Agenda()
  /** Pools of which a slot became free, in order, to be given on. */
  readonly #freed: LoopPool[] = []
  #order = 0
  #steps = 0
  #atOnce = 0

  constructor(options: LoopOptions, now: number) {
    this.#options = options
    this.#observer = options.observer ?? {}
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
    return this.#agenda.next
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
    const first = this.#options.stepper.initial(input)
    const execution = this.#executions.add(first.state, { key, tag, at: this.now })
    this.#steps += 1
    this.#apply(execution, first.state, first.effects, this.now)
    this.#giveSlots(this.now)
    return execution
  }

  /** Sends an event; false when the machine has no use for it. */
  send(execution: number, event: EventData): boolean {
    const changed = this.#step(execution, event, this.now)
    this.#giveSlots(this.now)
    return changed
  }

  /** Does what is due up to a time, which is then now. */
  advance(to: number): void {
    while (this.#agenda.next <= to) this.#finish(this.#agenda.take())
    this.now = to
  }

  /** Does everything that is due ever. */
  drain(): void {
    while (this.#agenda.size > 0) this.#finish(this.#agenda.take())
  }

  #finish(item: number): void {
    const work = this.#work
    const execution = work.execution[item] as number
    const at = Math.max(work.at[item] as number, this.#executions.updatedAt[execution] as number)
    if (at > this.now) this.#atOnce = 0
    else if (++this.#atOnce > mostAtOnce * (this.live + 1)) throw circle(at)
    this.now = at
    switch (work.state[item]) {
      case timer: {
        const event = work.event[item] as EventData
        this.#remove(item, at)
        this.#step(execution, event, at)
        break
      }
      case backoff:
        this.#enter(item, at)
        break
      default:
        this.#endAttempt(item, execution, at)
    }
    this.#giveSlots(at)
  }

  #endAttempt(item: number, execution: number, at: number): void {
    const work = this.#work
    const task = work.task[item] as LoopTask
    const outcome = work.outcome[item]
    const attempt = work.attempt[item] as number
    if (outcome == null) throw new BakelineError('CORRUPT', `${task.id} ends without an outcome`)
    const failed = 'error' in outcome
    this.#observer.attempt?.(execution, task, attempt, failed, at)
    if (failed && this.#retry(item, outcome.error, at)) return
    const event = failed
      ? errorEvent(task.id, outcome.error)
      : outcome.output === null
        ? task.done
        : doneEvent(task.id, outcome.output)
    this.#remove(item, at)
    this.#step(execution, event, at)
  }

  /** Plans the next attempt; false when the policy gives up. */
  #retry(item: number, error: TaskError, at: number): boolean {
    const work = this.#work
    const { policy, pool } = work.task[item] as LoopTask
    const failures = (work.failures[item] as number) + 1
    const ends = work.deadline[item] as number
    const deadline = ends === none ? Number.POSITIVE_INFINITY : ends
    const due = retryAt(policy, { attempt: failures, at, deadline, error })
    if (due === null) return false
    work.failures[item] = failures
    work.outcome[item] = null
    if (pool !== null) this.#release(pool, at)
    this.#schedule(item, backoff, due)
    return true
  }

  #schedule(item: number, state: number, due: number): void {
    const work = this.#work
    work.state[item] = state
    work.at[item] = due
    this.#agenda.put(item, due, work.order[item] as number)
  }

  /** Takes a slot and begins an attempt, or joins the end of the queue. */
  #enter(item: number, at: number): void {
    const work = this.#work
    const task = work.task[item] as LoopTask
    const { pool } = task
    if (pool === null) this.#begin(item, at)
    else if (pool.isFree && !pool.freed) {
      pool.take(at)
      this.#observer.slot?.(work.execution[item] as number, task, 0, at)
      this.#begin(item, at)
    } else {
      work.state[item] = waiting
      work.left[item] = this.#leftOf(item, at)
      work.deadline[item] = none
      work.at[item] = at
      pool.join(item, at)
    }
  }

  #leftOf(item: number, at: number): number {
    const deadline = this.#work.deadline[item] as number
    return deadline === none ? (this.#work.left[item] as number) : deadline - at
  }

  #begin(item: number, at: number): void {
    const work = this.#work
    const task = work.task[item] as LoopTask
    const attempt = (work.attempt[item] as number) + 1
    const key = this.#executions.key[work.execution[item] as number] as number
    const next = task.attempt(key, attempt, at)
    if (next.duration === null) {
      throw new BakelineError('INVALID_INPUT', `${task.id} has no end of its own in the loop`)
    }
    const { policy } = task
    const duration = checkedDuration(task.id, next.duration)
    work.attempt[item] = attempt
    if (policy.attemptMs === Number.POSITIVE_INFINITY && policy.totalMs === policy.attemptMs) {
      work.outcome[item] = next.outcome
      this.#schedule(item, running, at + duration)
      return
    }
    const left = this.#leftOf(item, at)
    const ends = at + (left === none ? policy.totalMs : left)
    const deadline = ends === Number.POSITIVE_INFINITY ? null : ends
    work.deadline[item] = deadline ?? none
    work.left[item] = none
    const run = { at, deadline, duration, outcome: next.outcome }
    const { due, outcome } = capped(policy, task.id, run)
    work.outcome[item] = outcome
    this.#schedule(item, running, due)
  }

  #release(pool: LoopPool, at: number): void {
    if (!pool.freed) this.#freed.push(pool)
    pool.release(at)
  }

  /** Gives every free slot to the longest waiting. */
  #giveSlots(at: number): void {
    for (let pool = this.#freed.shift(); pool !== undefined; pool = this.#freed.shift()) {
      pool.freed = false
      while (pool.isFree) {
        const item = pool.call(at)
        if (item < 0) break
        this.#grant(item, pool, at)
      }
    }
  }

  #grant(item: number, pool: LoopPool, at: number): void {
    const work = this.#work
    const execution = work.execution[item] as number
    const granted = Math.max(at, this.#executions.updatedAt[execution] as number)
    const waited = granted - (work.at[item] as number)
    this.#executions.updatedAt[execution] = granted
    pool.take(granted)
    this.#observer.slot?.(execution, work.task[item] as LoopTask, waited, granted)
    this.#begin(item, granted)
  }

  #step(execution: number, event: EventData, at: number): boolean {
    const before = this.#executions.state[execution] as State
    const step = this.#options.stepper.next(before, event)
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
      case 'startTask':
        return this.#startTask(execution, effect, at)
      case 'stopTask':
        return this.#removeTask(execution, effect.id, at)
      case 'setTimer':
        return this.#setTimer(execution, effect, at)
      case 'cancelTimer':
        return this.#removeTimer(execution, effect.id, at)
      case 'complete': {
        this.#removeAll(execution, at)
        const state = this.#executions.state[execution] as State
        this.#observer.ended?.(execution, effect.outcome, state, at)
        return this.#executions.drop(execution)
      }
      default:
        // Domain events and custom actions are for the world around an engine.
        return
    }
  }

  #startTask(execution: number, effect: StartTask, at: number): void {
    const task = this.#options.task(effect, this.#executions.tag[execution] as number)
    // A child spawned anew under the id of one that runs takes its place.
    this.#removeTask(execution, task.id, at)
    const item = this.#add(execution, running)
    this.#work.task[item] = task
    this.#enter(item, at)
  }

  #setTimer(execution: number, effect: Effect & { kind: 'setTimer' }, at: number): void {
    if (effect.id !== null) this.#removeTimer(execution, effect.id, at)
    const item = this.#add(execution, timer)
    this.#work.event[item] = effect.event
    this.#work.timerId[item] = effect.id
    this.#schedule(item, timer, at + effect.delay)
  }

  #add(execution: number, state: number): number {
    const { work } = this.#executions
    const item = this.#work.add(execution, { state, order: ++this.#order, next: work[execution] })
    work[execution] = item
    return item
  }

  #removeTask(execution: number, id: string, at: number): void {
    const item = this.#work.findTask(this.#executions.work[execution] as number, id)
    if (item >= 0) this.#remove(item, at)
  }

  #removeTimer(execution: number, id: string, at: number): void {
    const item = this.#work.findTimer(this.#executions.work[execution] as number, id)
    if (item >= 0) this.#remove(item, at)
  }

  #removeAll(execution: number, at: number): void {
    let item = this.#executions.work[execution] as number
    while (item >= 0) {
      const after = this.#work.next[item] as number
      this.#letGo(item, at)
      item = after
    }
    this.#executions.work[execution] = -1
  }

  #remove(item: number, at: number): void {
    const owner = this.#work.execution[item] as number
    const { work } = this.#executions
    work[owner] = this.#work.unlink(work[owner] as number, item)
    this.#letGo(item, at)
  }

  /** Takes an item off the agenda, out of its queue and its slot. */
  #letGo(item: number, at: number): void {
    const work = this.#work
    const state = work.state[item] as number
    const pool = work.task[item]?.pool ?? null
    if (state === waiting) pool?.leave(item, at)
    else this.#agenda.remove(item)
    if (state === running && pool !== null) this.#release(pool, at)
    work.drop(item)
  }
}

function circle(at: number): BakelineError {
  const when = new Date(at).toISOString()
  return new BakelineError(
    'STEP_FAILED',
    `steps follow from each other without end at ${when}: let time pass`,
  )
}
