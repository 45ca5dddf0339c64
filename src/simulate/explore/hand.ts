import type { Action } from './action.js'
import { type Used, unused } from './bounds.js'
import type { Expander, Stop } from './expand.js'
import type { Violated } from './invariants/index.js'
import { perform } from './perform.js'
import { livesAfter } from './lives-after.js'
import { followed } from './seen.js'
import type { Ground } from './setup.js'

/** A state to take up: its number, and what happened on the way to it. */
export interface Task {
  readonly n: number
  readonly path: readonly Action[]
  readonly used: Used
}

/** A state that follows from one that was expanded, to be kept under a number of its own. */
export interface Keep {
  readonly n: number
  readonly of: number
  readonly index: number
}

/** What one state leads to, as plain data. */
export interface Report {
  readonly n: number
  readonly next: readonly {
    readonly action: Action
    readonly used: Used
    readonly key: string
    readonly violations: readonly Violated[]
  }[]
  readonly wrong: readonly { readonly action: Action; readonly violations: readonly Violated[] }[]
}

/** What is asked of a hand for one level: first what to keep of the last, then what to expand. */
export interface Order {
  readonly keep: readonly Keep[]
  readonly take: readonly Task[]
  readonly expand: readonly number[]
}

/** Holds states and expands them, in this thread or in another. */
export class Hand {
  readonly #ground: Ground
  readonly #expander: Expander
  #stops = new Map<number, Stop>()
  #offspring = new Map<number, readonly Stop[]>()

  constructor(ground: Ground, expander: Expander) {
    this.#ground = ground
    this.#expander = expander
  }

  async work({ keep, take, expand }: Order): Promise<readonly Report[]> {
    const stops = new Map<number, Stop>()
    for (const { n, of, index } of keep) {
      const stop = this.#offspring.get(of)?.[index]
      if (stop !== undefined) stops.set(n, stop)
    }
    for (const task of take) stops.set(task.n, await this.#take(task))
    this.#stops = stops
    this.#offspring = new Map()
    const reports: Report[] = []
    for (const n of expand) reports.push(await this.#expand(n))
    return reports
  }

  async #expand(n: number): Promise<Report> {
    const stop = this.#stops.get(n)
    if (stop === undefined) throw new Error(`state ${n} is not held here`)
    const { next, wrong } = await this.#expander.expand(stop)
    this.#stops.delete(n)
    this.#offspring.set(
      n,
      next.map((each) => each.stop),
    )
    return {
      n,
      wrong,
      next: next.map(({ action, key, violations, stop: { used } }) => {
        return { action, key, violations, used }
      }),
    }
  }

  /** Goes the way to a state once more. */
  async #take({ path, used }: Task): Promise<Stop> {
    let stop: Stop = { branch: this.#ground.branch, lives: [], used: unused }
    for (const action of path) stop = { ...(await follow(this.#ground, stop, action)), used }
    return stop
  }
}

/** Where an action leads from a spot. */
export async function follow(
  ground: Ground,
  spot: Pick<Stop, 'branch' | 'lives'>,
  action: Action,
): Promise<Pick<Stop, 'branch' | 'lives'>> {
  const { happening, dies } = action
  const { commits, answer } = await perform(ground, spot, { happening, dies: null })
  const branch = dies === null ? commits.at(-1) : commits[dies - 1]
  if (branch === undefined) return spot
  const lives = await branch.read((reader) =>
    livesAfter(ground, happening, { lives: spot.lives, answer }).map((life) =>
      followed(reader, life),
    ),
  )
  return { branch, lives }
}
