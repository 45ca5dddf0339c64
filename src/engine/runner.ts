import type { Wall } from '../core/ports.js'
import { taskError, timeoutError } from '../core/policy.js'
import { type Json, viaJson } from '../core/json.js'
import { type Claim, type ClaimOptions, release, renew } from './claims.js'
import type { Registry } from './definition.js'
import { Ends } from './ends.js'
import type { AttemptOutcome } from './simulate.js'
import type { Turns } from './turns.js'
import type { TaskFunction } from './types.js'

interface Running {
  readonly claim: Claim
  /** Made when the function asks for its signal: most never do. */
  controller: AbortController | null
  /** Nobody waits for it any more: it was written down, aborted, or taken over. */
  over: boolean
  /** Wall time until which its end is tried to be written. Known from its end on. */
  giveUpAt: number | null
  /** Made when there is one: most functions have no limit. */
  alarms: Set<() => void> | null
  beat: () => void
}

function nothing(): void {}

/** Where what a function is called with keeps its attempt; not enumerable. */
const attempt = Symbol('attempt')

/** One function for all calls: an object with an accessor of its own is slow to make and to collect. */
const signal: PropertyDescriptor = {
  get(this: { readonly [attempt]: Running }): AbortSignal {
    const running = this[attempt]
    running.controller ??= new AbortController()
    if (running.over) running.controller.abort()
    return running.controller.signal
  },
  enumerable: true,
}

/** @param cancel takes the alarm back */
function alarmed(running: Running, cancel: () => void): void {
  running.alarms ??= new Set()
  running.alarms.add(cancel)
}

export interface RunnerOptions {
  readonly turns: Turns
  readonly registry: Registry
  readonly tasks: Readonly<Record<string, TaskFunction>>
  readonly wall: Wall
  readonly owner: string
  readonly leaseMs: number
  readonly can: ClaimOptions['can']
  /** Called when a task has been settled. */
  readonly settled: () => void
  readonly failed: (error: unknown) => void
}

/** Runs the real tasks that this process has claimed, keeps their leases, and settles their ends. */
export class Runner {
  readonly #options: RunnerOptions
  readonly #running = new Map<number, Running>()
  readonly #ends: Ends
  #renewal: (() => void) | null = null

  constructor(options: RunnerOptions) {
    this.#options = options
    const { turns, owner, leaseMs, can, failed } = options
    const start = (claim: Claim): void => this.start(claim)
    const claims = { owner, leaseMs, can }
    this.#ends = new Ends({ turns, claims, start, settled: options.settled, failed })
    turns.listen((turn) => {
      for (const n of turn.stopped) this.#abort(n)
    })
  }

  get size(): number {
    return this.#running.size
  }

  /** Whether a task runs here. */
  has(n: number): boolean {
    return this.#running.has(n)
  }

  start(claim: Claim): void {
    const running: Running = {
      claim,
      controller: null,
      over: false,
      giveUpAt: null,
      alarms: null,
      beat: nothing,
    }
    this.#abort(claim.n)
    this.#running.set(claim.n, running)
    this.#renewal ??= this.#scheduleRenewal()
    this.#call(running)
    this.#limit(running)
  }

  /** Aborts everything that runs and gives the claims back. */
  async stop(): Promise<void> {
    this.#renewal?.()
    this.#renewal = null
    await this.#ends.close()
    const claims = [...this.#running.values()].map(({ claim }) => claim)
    for (const claim of claims) this.#abort(claim.n)
    if (claims.length === 0) return
    try {
      await this.#options.turns.run((turn) => release(turn, claims, this.#options.owner))
    } catch (error) {
      // Their leases run out by themselves.
      this.#options.failed(error)
    }
  }

  /** Ends without a word, as a process that dies does. */
  abandon(): void {
    this.#renewal?.()
    this.#renewal = null
    for (const n of this.#running.keys()) this.#abort(n)
  }

  #call(running: Running): void {
    const { claim } = running
    const { registry, tasks } = this.#options
    const own = registry.get(claim.machine)?.ownFunction(claim.src)
    const run = (tasks[claim.src] ?? own) as (task: object) => unknown
    const task = {
      input: claim.input,
      key: claim.key,
      attempt: claim.attempt,
      executionId: claim.executionId,
      heartbeat: () => running.beat(),
      // What xstate hands to a promise's own function beside input and signal.
      self: undefined,
      system: undefined,
      emit: nothing,
    }
    Object.defineProperty(task, attempt, { value: running })
    Object.defineProperty(task, 'signal', signal)
    const fail = (error: unknown): void => this.#end(running, { error: taskError(error) })
    const give = (value: unknown): void => {
      let output: Json
      try {
        output = viaJson(value)
      } catch (error) {
        return fail(error)
      }
      this.#end(running, { output })
    }
    try {
      const called = run(task)
      // What a function gives at once comes to its end as a promise does: never within `start`.
      void (called instanceof Promise ? called : Promise.resolve(called)).then(give, fail)
    } catch (error) {
      void Promise.resolve(error).then(fail)
    }
  }

  /** Ends an attempt with the error of whichever limit passes first. */
  #limit(running: Running): void {
    const { claim } = running
    const { wall, registry } = this.#options
    const policy = registry.get(claim.machine)?.policy(claim.src)
    if (!policy) return
    const { attemptMs, heartbeatMs } = policy
    if (attemptMs === Number.POSITIVE_INFINITY && heartbeatMs === null && claim.deadline === null) {
      return
    }
    const fail = (kind: 'attempt' | 'total', ms: number) => () =>
      this.#end(running, { error: timeoutError(claim.task, kind, ms) })
    if (Number.isFinite(attemptMs)) {
      alarmed(running, wall.after(attemptMs, fail('attempt', attemptMs)))
    }
    if (claim.deadline !== null) {
      const left = Math.max(0, claim.deadline - wall.now())
      alarmed(running, wall.after(left, fail('total', policy.totalMs)))
    }
    if (heartbeatMs !== null) this.#watchHeart(running, heartbeatMs)
  }

  #watchHeart(running: Running, ms: number): void {
    const message = `${running.claim.task} sent no heartbeat for ${ms} ms`
    const error = { name: 'HeartbeatError', code: 'Heartbeat', message }
    let cancel = (): void => undefined
    running.beat = () => {
      running.alarms?.delete(cancel)
      cancel()
      cancel = this.#options.wall.after(ms, () => this.#end(running, { error }))
      alarmed(running, cancel)
    }
    running.beat()
  }

  /** The first end counts: that of the function, or of a limit. */
  #end(running: Running, outcome: AttemptOutcome): void {
    if (running.over || running.giveUpAt !== null) return
    running.giveUpAt = this.#options.wall.now() + this.#options.leaseMs
    this.#write(running, outcome, running.giveUpAt)
  }

  #write(running: Running, outcome: AttemptOutcome, giveUpAt: number): void {
    if (running.over) return
    const { wall, leaseMs } = this.#options
    const told = (written: boolean): void => {
      // Unless it was settled, the lease runs out and the task is claimed again: at least once.
      if (written || wall.now() >= giveUpAt) return this.#forget(running)
      // It would be a pity to do the work again only because the disk was full for a moment.
      const again = (): void => this.#write(running, outcome, giveUpAt)
      alarmed(running, wall.after(Math.max(1, Math.floor(leaseMs / 30)), again))
    }
    this.#ends.add({ claim: running.claim, outcome, told })
  }

  #runs(running: Running): boolean {
    return this.#running.get(running.claim.n) === running
  }

  #abort(n: number): void {
    const running = this.#running.get(n)
    if (!running) return
    this.#forget(running)
    this.#options.settled()
  }

  #forget(running: Running): void {
    running.over = true
    running.controller?.abort()
    running.beat = nothing
    for (const cancel of running.alarms ?? []) cancel()
    if (this.#runs(running)) this.#running.delete(running.claim.n)
  }

  #scheduleRenewal(): () => void {
    const { wall, leaseMs } = this.#options
    return wall.after(Math.max(1, Math.floor(leaseMs / 3)), () => {
      this.#renewal = null
      void this.#renew()
    })
  }

  async #renew(): Promise<void> {
    if (this.#running.size === 0) return
    const claims = [...this.#running.values()].map(({ claim }) => claim)
    try {
      const lost = await this.#options.turns.run((turn) => renew(turn, claims, this.#options))
      // A claim that ended meanwhile is none of these: another may have its number by now.
      for (const claim of lost)
        if (this.#running.get(claim.n)?.claim === claim) this.#abort(claim.n)
    } catch (error) {
      this.#options.failed(error)
    }
    if (this.#running.size > 0) this.#renewal ??= this.#scheduleRenewal()
  }
}
