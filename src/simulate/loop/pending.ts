import type { SetTimer } from '../../core/effects.js'
import { BakelineError } from '../../core/errors.js'
import { retryAt, type TaskError } from '../../core/policy.js'
import { capped, checkedDuration } from '../../engine/tasks.js'
import { Agenda } from './agenda.js'
import type { ExecutionColumns } from './executions.js'
import type { LoopPool } from './pool.js'
import type { LoopObserver, LoopTask } from './types.js'
import { backoff, none, running, timer, waiting, WorkColumns } from './work.js'

/** Timers and tasks that are under way: what is due when, attempts, slots and the queues for them. */
export class Pending {
  readonly work = new WorkColumns()
  readonly agenda = new Agenda()
  readonly #executions: ExecutionColumns
  readonly #observer: LoopObserver
  /** Pools of which a slot became free, in order, to be given on. */
  readonly #freed: LoopPool[] = []
  #order = 0

  constructor(executions: ExecutionColumns, observer: LoopObserver) {
    this.#executions = executions
    this.#observer = observer
  }

  /** Starts a task; one of the same id that runs gives it its place. */
  startTask(execution: number, task: LoopTask, at: number): void {
    this.stop(execution, task.id, at)
    this.enter(this.#add(execution, running, task), at)
  }

  setTimer(execution: number, effect: SetTimer, at: number): void {
    if (effect.id !== null) this.cancel(execution, effect.id, at)
    this.agenda.putAgain(this.#add(execution, timer, effect), at + effect.delay)
  }

  stop(execution: number, id: string, at: number): void {
    const item = this.work.find(this.#executions.work[execution] as number, id, false)
    if (item >= 0) this.remove(item, at)
  }

  cancel(execution: number, id: string, at: number): void {
    const item = this.work.find(this.#executions.work[execution] as number, id, true)
    if (item >= 0) this.remove(item, at)
  }

  removeAll(execution: number, at: number): void {
    let item = this.#executions.work[execution] as number
    while (item >= 0) {
      const after = this.work.next[item] as number
      this.#letGo(item, at)
      item = after
    }
    this.#executions.work[execution] = -1
  }

  remove(item: number, at: number): void {
    const owner = this.work.execution[item] as number
    const { work } = this.#executions
    work[owner] = this.work.unlink(work[owner] as number, item)
    this.#letGo(item, at)
  }

  /** Plans the next attempt; false when the policy gives up. */
  retry(item: number, error: TaskError, at: number): boolean {
    const { work } = this
    const { policy, pool } = work.what[item] as LoopTask
    const failures = (work.failures[item] as number) + 1
    const ends = work.limits.deadline(item)
    const deadline = ends === none ? Number.POSITIVE_INFINITY : ends
    const due = retryAt(policy, { attempt: failures, at, deadline, error })
    if (due === null) return false
    work.failures[item] = failures
    work.outcome[item] = null
    if (pool !== null) this.#release(pool, at)
    work.state[item] = backoff
    this.agenda.putAgain(item, due)
    return true
  }

  /** Takes a slot and begins an attempt, or joins the end of the queue. */
  enter(item: number, at: number): void {
    const { work } = this
    const task = work.what[item] as LoopTask
    const { pool } = task
    if (pool === null) this.#begin(item, task, at)
    else if (pool.isFree && !pool.freed) {
      pool.take(at)
      this.#observer.slot?.(work.execution[item] as number, task, 0, at)
      this.#begin(item, task, at)
    } else {
      work.state[item] = waiting
      work.limits.waits(item, at)
      pool.join(item, at)
    }
  }

  /** Gives every free slot to the longest waiting. */
  giveSlots(at: number): void {
    while (this.#freed.length > 0) {
      const pool = this.#freed.shift() as LoopPool
      pool.freed = false
      while (pool.isFree) {
        const item = pool.call(at)
        if (item < 0) break
        this.#grant(item, pool, at)
      }
    }
  }

  #grant(item: number, pool: LoopPool, at: number): void {
    const { work } = this
    const execution = work.execution[item] as number
    const granted = Math.max(at, this.#executions.updatedAt[execution] as number)
    const task = work.what[item] as LoopTask
    this.#executions.updatedAt[execution] = granted
    pool.take(granted)
    this.#observer.slot?.(execution, task, granted - work.limits.since(item), granted)
    this.#begin(item, task, granted)
  }

  #begin(item: number, task: LoopTask, at: number): void {
    const { work } = this
    const { policy } = task
    const attempt = (work.attempt[item] as number) + 1
    const key = this.#executions.key[work.execution[item] as number] as number
    const next = task.attempt(key, attempt, at)
    if (next.duration === null) {
      throw new BakelineError('INVALID_INPUT', `${task.id} has no end of its own in the loop`)
    }
    const duration = checkedDuration(task.id, next.duration)
    work.attempt[item] = attempt
    work.state[item] = running
    if (policy.attemptMs === Number.POSITIVE_INFINITY && policy.totalMs === policy.attemptMs) {
      work.outcome[item] = next.outcome
      return this.agenda.putAgain(item, at + duration)
    }
    const left = work.limits.leftAt(item, at)
    const ends = at + (left === none ? policy.totalMs : left)
    const deadline = ends === Number.POSITIVE_INFINITY ? null : ends
    work.limits.runs(item, deadline ?? none)
    const run = { at, deadline, duration, outcome: next.outcome }
    const { due, outcome } = capped(policy, task.id, run)
    work.outcome[item] = outcome
    this.agenda.putAgain(item, due)
  }

  #release(pool: LoopPool, at: number): void {
    if (!pool.freed) this.#freed.push(pool)
    pool.release(at)
  }

  #add(execution: number, state: number, what: LoopTask | SetTimer): number {
    const { work } = this.#executions
    const item = this.work.add(execution, state, what, work[execution] as number)
    work[execution] = item
    this.agenda.setOrder(item, ++this.#order)
    return item
  }

  /** Takes an item off the agenda, out of its queue and its slot. */
  #letGo(item: number, at: number): void {
    const { work } = this
    const state = work.state[item] as number
    const pool = state === timer ? null : (work.what[item] as LoopTask).pool
    if (state === waiting) pool?.leave(item, at)
    else this.agenda.remove(item)
    if (state === running && pool !== null) this.#release(pool, at)
    work.drop(item)
  }
}
