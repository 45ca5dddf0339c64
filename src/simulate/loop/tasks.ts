import { type DrawKey, namedKey } from '../../core/draw.js'
import type { EventData, StartTask } from '../../core/effects.js'
import { BakelineError } from '../../core/errors.js'
import { doneEvent, errorEvent } from '../../core/history.js'
import type { Json } from '../../core/json.js'
import { normalisePolicy, type Policy, type TaskError, type TaskPolicy } from '../../core/policy.js'
import type { AttemptFacts, SimulatedAttempt } from '../../engine/simulate.js'
import { withAccounts } from '../../imagebuilder/sharing.js'
import { accountExists } from '../../imagebuilder/world/find.js'
import type { World } from '../../imagebuilder/world/types.js'
import type { CompiledPlan } from '../plan/compile.js'
import { attemptKey, decide, rulingFor } from '../plan/decide.js'
import { LoopPool } from './pool.js'
import type { LoopTask } from './types.js'

/** What decides the tasks of a loop. */
export interface TaskSource {
  readonly plan: CompiledPlan
  readonly policies: Readonly<Record<string, TaskPolicy>>
  readonly world: World
  /** The key of the file's seed, under which outages arise. */
  readonly seed: DrawKey
  /** Names of the templates, by the tag of their executions. */
  readonly templates: readonly string[]
  /** Slots of a pool where they are not the policy's own. */
  readonly slots?: (pool: string) => number | undefined
}

/**
 * The tasks of executions as a plan has them. A task is the same whenever an execution of one
 * template starts it, so it is made once: which rules are about it, its pool, its event.
 */
export class LoopTasks {
  readonly pools = new Map<string, LoopPool>()
  readonly #source: TaskSource
  readonly #policies = new Map<string, Policy>()
  readonly #tasks: Map<string, LoopTask>[] = []
  readonly #standard = normalisePolicy()

  constructor(source: TaskSource) {
    this.#source = source
    for (const [src, policy] of Object.entries(source.policies)) {
      this.#policies.set(src, normalisePolicy(policy))
    }
  }

  /** The task that an effect starts in an execution of the template of this number. */
  readonly task = (effect: StartTask, tag: number): LoopTask => {
    const known = (this.#tasks[tag] ??= new Map())
    const before = known.get(effect.id)
    if (before !== undefined) return before
    const task = this.#make(effect, this.#source.templates[tag])
    known.set(effect.id, task)
    return task
  }

  #make({ id, src, input }: StartTask, template: string | undefined): LoopTask {
    const policy = this.#policies.get(src) ?? this.#standard
    const ruling = rulingFor(this.#source.plan, { src, input, template: () => template })
    const hash = namedKey(0, id)
    const { seed } = this.#source
    const attempt = (execution: DrawKey, n: number, at: number): SimulatedAttempt => {
      const key = ruling.byChance ? attemptKey(execution, hash, n) : 0
      const found = decide(ruling, { attempt: n, at, key, seed })
      if (found !== null) return found
      throw new BakelineError('INVALID_INPUT', `no rule of the plan says how long ${id} takes`)
    }
    return {
      id,
      policy,
      pool: this.#poolOf(policy, input),
      done: doneEvent(id, null),
      failed: failures(id),
      attempt: this.#namesClosedAccount(src, input)
        ? this.#known(attempt, { id, src, input })
        : attempt,
    }
  }

  #poolOf(policy: Policy, input: Json): LoopPool | null {
    const found = policy.pool(input)
    if (found === null) return null
    const { name, limit } = found
    const known = this.pools.get(name)
    if (known !== undefined) return known
    const pool = new LoopPool(name, this.#source.slots?.(name) ?? limit)
    this.pools.set(name, pool)
    return pool
  }

  #namesClosedAccount(src: string, input: Json): boolean {
    if (src !== 'shareImage') return false
    const { accounts } = input as { readonly accounts?: readonly string[] }
    return accounts?.some((account) => !accountExists(this.#source.world, account)) ?? false
  }

  /** An attempt that fails for accounts which the world says are closed. */
  #known(
    attempt: LoopTask['attempt'],
    { id, src, input }: { readonly id: string; readonly src: string; readonly input: Json },
  ): LoopTask['attempt'] {
    const unused = (): never => {
      throw new Error('only the world is read')
    }
    const world = JSON.stringify(this.#source.world)
    const reader = {
      setting: () => world,
      counter: unused,
      catalogGet: unused,
      catalogFind: unused,
    }
    return (execution, n, at) => {
      const facts: AttemptFacts = {
        executionId: '',
        singletonKey: null,
        machine: '',
        task: id,
        src,
        input,
        attempt: n,
        at,
      }
      return withAccounts(() => attempt(execution, n, at))(facts, reader) as SimulatedAttempt
    }
  }
}

/** The events of a task's failures, each made once: a plan's errors are few. */
function failures(id: string): LoopTask['failed'] {
  const known = new WeakMap<TaskError, EventData>()
  return (error) => {
    const before = known.get(error)
    if (before !== undefined) return before
    const event = errorEvent(id, error)
    known.set(error, event)
    return event
  }
}
