import { executionMachine } from '../../../machines/execution.js'
import { type ExecutionStatus, terminalStatuses } from '../../../machines/status.js'
import { type ExecutionSnapshot, statusIn } from '../../../machines/view.js'
import { childKey, namedKey } from '../../core/draw.js'
import { compile } from '../../core/compiled/stepper.js'
import type { Json } from '../../core/json.js'
import type { State, Stepper } from '../../core/stepper.js'
import { policies } from '../../imagebuilder/definition.js'
import { Loop } from '../loop/loop.js'
import { LoopTasks } from '../loop/tasks.js'
import { compilePlan } from '../plan/compile.js'
import { defaultPlan } from '../plan/default.js'
import { seedKey } from '../plan/simulate.js'
import { Images } from './images.js'
import { slowed } from './slowed.js'
import { liveStatuses, Measures, type Sample } from './measures.js'
import type { Prepared } from './prepared.js'
import { ArrivalStream } from './stream.js'

const numberOf = new Map<string, number>(liveStatuses.map((status, n) => [status, n]))

let stepper: Stepper | null = null

/** A step of the execution machine; made once for a process. */
function executionStepper(): Stepper {
  // The machine that ships changes nothing in place, so executions may share what they begin with.
  stepper ??= compile(executionMachine, { sharesInput: true })
  return stepper
}

const statusOf = (state: State): string => statusIn(state as unknown as ExecutionSnapshot)

/**
 * Plays one run of a fleet: starts arrive for as long as the fleet says, and what has begun is played
 * to its end. The run follows from the fleet, its seed and the run's number, and from nothing else.
 */
export function replicate(fleet: Prepared, number: number): Sample {
  return new Replication(fleet, number).play()
}

class Replication {
  readonly #fleet: Prepared
  readonly #measures: Measures
  readonly #tasks: LoopTasks
  readonly #images: Images
  readonly #stream: ArrivalStream
  readonly #loop: Loop
  /** Live executions by template. */
  readonly #liveOf: Int32Array
  /** By execution: whether it is measured, and how long it was in each live status. */
  #measured = new Uint8Array(64)
  #statusAt = new Float64Array(64)
  #times = new Float64Array(64 * liveStatuses.length)

  constructor(fleet: Prepared, number: number) {
    const { seed, at, lasts, warmup, arrivals, names, limits } = fleet
    const key = childKey(namedKey(seedKey(String(seed)), 'fleet'), number)
    this.#fleet = fleet
    this.#measures = new Measures(at + warmup, at + lasts)
    this.#liveOf = new Int32Array(names.length)
    this.#tasks = new LoopTasks({
      plan: slowed(compilePlan([...defaultPlan, ...fleet.plan]), fleet.slower),
      policies,
      world: fleet.world,
      seed: key,
      templates: names,
      slots: () => limits.copiesPerRegion ?? Number.POSITIVE_INFINITY,
    })
    this.#images = new Images(limits)
    this.#stream = new ArrivalStream({
      arrivals,
      key,
      numbers: new Map(names.map((name, n) => [name, n])),
      begin: at,
      end: at + lasts,
      busier: fleet.busier,
    })
    this.#loop = this.#makeLoop()
  }

  play(): Sample {
    const { at, lasts, warmup } = this.#fleet
    const loop = this.#loop
    let begun = false
    for (let next = this.#stream.next(); next !== null; next = this.#stream.next()) {
      if (!begun && next.at >= at + warmup) begun = this.#beginMeasuring()
      loop.advance(next.at)
      this.#ask(next.template, next.key)
    }
    if (!begun) this.#beginMeasuring()
    loop.advance(at + lasts)
    const usage = [...this.#tasks.pools.values()].map((pool) => {
      return { pool, usage: pool.usage(loop.now) }
    })
    loop.drain()
    return this.#measures.sample(usage, loop.steps)
  }

  #beginMeasuring(): true {
    const { at, warmup } = this.#fleet
    this.#loop.advance(at + warmup)
    for (const pool of this.#tasks.pools.values()) pool.begin(at + warmup)
    return true
  }

  /** A start: refused as the service would, or an execution. */
  #ask(template: number, key: number): void {
    const { limits, inputs } = this.#fleet
    const measured = this.#measures.counts(this.#loop.now)
    if (measured) this.#measures.asked += 1
    if ((this.#liveOf[template] as number) >= (limits.perTemplate ?? Number.POSITIVE_INFINITY)) {
      if (measured) this.#measures.refusedRunning += 1
    } else if (this.#loop.live >= (limits.live ?? Number.POSITIVE_INFINITY)) {
      if (measured) this.#measures.refusedLive += 1
    } else this.#loop.start(inputs[template] as unknown as Json, key, template)
  }

  #makeLoop(): Loop {
    const measures = this.#measures
    const width = liveStatuses.length
    const loop: Loop = new Loop(
      {
        stepper: executionStepper(),
        remembers: true,
        task: (effect, template) => {
          return this.#images.watched(this.#tasks.task(effect, template), effect, template)
        },
        status: statusOf,
        observer: {
          status: (execution, before, after, at) => {
            if (before === '') this.#begin(execution, at)
            else {
              const n = execution * width + (numberOf.get(before) as number)
              const took = at - (this.#statusAt[execution] as number)
              this.#times[n] = (this.#times[n] as number) + took
            }
            this.#statusAt[execution] = at
            if (isTerminal(after)) this.#end(execution, after, at)
          },
          attempt: (_, task, error) => this.#images.ended(task, error),
          slot: (execution, { pool }, waited) => {
            if (pool !== null && this.#measured[execution] === 1) {
              measures.granted(pool.name, waited)
            }
          },
        },
      },
      this.#fleet.at,
    )
    return loop
  }

  #begin(execution: number, at: number): void {
    if (execution >= this.#measured.length) this.#grow()
    const width = liveStatuses.length
    this.#measured[execution] = this.#measures.counts(at) ? 1 : 0
    this.#times.fill(0, execution * width, (execution + 1) * width)
    const template = this.#loop.tag(execution)
    this.#liveOf[template] = (this.#liveOf[template] as number) + 1
    this.#measures.executions += 1
    this.#measures.alive(1, at)
  }

  #end(execution: number, status: ExecutionStatus, at: number): void {
    const template = this.#loop.tag(execution)
    this.#liveOf[template] = (this.#liveOf[template] as number) - 1
    this.#measures.alive(-1, at)
    if (this.#measured[execution] !== 1) return
    const lead = at - this.#loop.startedAt(execution)
    this.#measures.ended(status, lead, this.#times, execution * liveStatuses.length)
  }

  #grow(): void {
    const length = 2 * this.#measured.length
    const measured = new Uint8Array(length)
    measured.set(this.#measured)
    this.#measured = measured
    const statusAt = new Float64Array(length)
    statusAt.set(this.#statusAt)
    this.#statusAt = statusAt
    const times = new Float64Array(length * liveStatuses.length)
    times.set(this.#times)
    this.#times = times
  }
}

function isTerminal(status: string): status is ExecutionStatus {
  return (terminalStatuses as readonly string[]).includes(status)
}
