import type { Scenario } from '../scenario/types.js'
import { type Bounds, type Cut, defaultBounds } from './bounds.js'
import { type ChartCoverage, chartCoverage } from './chart.js'
import { Coverage, type CoverageData } from './coverage.js'
import { written } from './counterexample.js'
import { Expander } from './expand.js'
import { scenarioFile } from './file.js'
import { Hand } from './hand.js'
import { alwaysRule } from './invariants/always.js'
import { invariants } from './invariants/index.js'
import type { Invariant } from './invariants/invariant.js'
import { invariantOf } from './says.js'
import { type Counterexample, type Progress, Search, type Worker } from './search.js'
import { type Ground, type Ports, prepare } from './setup.js'
import { shrunk } from './shrink.js'
import type { Looks } from './symmetry.js'
import { actionText } from './action.js'

/** What an exploration is asked for. */
export interface ExploreOptions {
  /** How far it goes; what is not given is the scenario's, else the default. */
  readonly bounds?: Partial<Bounds>
  /** Rules of one's own in CEL, true of each execution in every state: `alwaysRule` says of what. */
  readonly always?: readonly string[]
  /** More that must hold of every state, beside what is built in. */
  readonly invariants?: readonly Invariant[]
  readonly onProgress?: (progress: Progress) => void
  /** Stops it after the level that is under way. */
  readonly signal?: AbortSignal
}

/** Something that does not hold, and the shortest way to see it. */
export interface Violation {
  readonly invariant: string
  /** What must hold, as a sentence. */
  readonly says: string
  readonly execution: string | null
  readonly message: string
  /** What happens, in words. */
  readonly path: readonly string[]
  /** A scenario file that shows it, in YAML. */
  readonly scenario: string
  /** How many steps that has. */
  readonly steps: number
}

/** What an exploration came to. */
export interface Exploration {
  readonly name: string
  readonly file: string
  readonly bounds: Bounds
  /** Different states, steps between them, and the longest path. */
  readonly states: number
  readonly transitions: number
  readonly depth: number
  /** What was left out, by the bound that was reached; empty: nothing was. */
  readonly cut: Cut
  readonly alike: {
    readonly regions: readonly (readonly string[])[]
    readonly accounts: readonly (readonly string[])[]
    readonly templates: readonly (readonly string[])[]
  }
  readonly violations: readonly Violation[]
  readonly coverage: ChartCoverage
}

/** Threads beside this one, and what they have seen at the end. */
export interface Crew {
  readonly workers: readonly Worker[]
  collect(): Promise<readonly Seen[]>
}

/** What one thread has seen. */
export interface Seen {
  readonly coverage: CoverageData
  readonly cut: Cut
}

/** The bounds of an exploration of a scenario. */
export function boundsOf({ explore }: Scenario, given: Partial<Bounds> = {}): Bounds {
  return { ...defaultBounds, ...explore, ...given }
}

/** Explores a scenario, with the help of other threads where there are any. */
export async function exploreScenario(
  scenario: Scenario,
  ports: Ports,
  options: ExploreOptions & { readonly crew?: Crew } = {},
): Promise<Exploration> {
  const bounds = boundsOf(scenario, options.bounds)
  const rules = (options.always ?? []).map(alwaysRule)
  const all = [...invariants, ...rules, ...(options.invariants ?? [])]
  const looks = options.invariants === undefined ? (options.always ?? []) : 'anything'
  const ground = await prepare(scenario, ports, looks)
  const coverage = new Coverage()
  const expander = new Expander(ground, { bounds, coverage, invariants: all })
  const { crew, onProgress, signal } = options
  const workers = [new Hand(ground, expander), ...(crew?.workers ?? [])]
  const { found, cut, ...searched } = await new Search({
    bounds,
    workers,
    onProgress,
    elapsed: stopwatch(),
    signal,
  }).run()
  const seen = [
    { coverage: coverage.data(), cut: expander.cut },
    ...((await crew?.collect()) ?? []),
  ]
  const total = new Coverage()
  for (const each of seen) total.add(each.coverage)
  const violations: Violation[] = []
  for (const [index, example] of found.entries()) {
    // One is made as small as can be; the others most likely show the same fault.
    violations.push(await shown({ ground, example, all, bounds, looks }, index === 0))
  }
  return {
    name: scenario.name,
    file: scenario.file,
    bounds,
    ...searched,
    cut: added([cut, ...seen.map((each) => each.cut)]),
    alike: ground.alike,
    violations,
    coverage: chartCoverage(total),
  }
}

function stopwatch(): () => number {
  const begun = performance.now()
  return () => performance.now() - begun
}

function added(cuts: readonly Cut[]): Cut {
  const sum: Cut = {}
  for (const cut of cuts) {
    for (const [bound, n] of Object.entries(cut)) {
      const key = bound as keyof Bounds
      sum[key] = (sum[key] ?? 0) + n
    }
  }
  return sum
}

interface Found {
  readonly ground: Ground
  readonly example: Counterexample
  readonly all: readonly Invariant[]
  readonly bounds: Bounds
  readonly looks: Looks
}

async function shown(
  { ground, example, all, bounds, looks }: Found,
  small: boolean,
): Promise<Violation> {
  const { scenario, ports } = ground
  const search = async (smaller: Scenario, invariant: string, depth: number) => {
    const under = await prepare(smaller, ports, looks)
    const limits = { ...bounds, depth: Math.min(depth, bounds.depth) }
    const among = all.filter(({ name }) => name === invariant)
    const expander = new Expander(under, {
      bounds: limits,
      coverage: new Coverage(),
      invariants: among,
    })
    const workers = [new Hand(under, expander)]
    const { found } = await new Search({ bounds: limits, workers, elapsed: stopwatch() }).run()
    return found.find(({ violated }) => violated.invariant === invariant) ?? null
  }
  const least = small ? await shrunk(scenario, example, search) : { scenario, example }
  const itsGround =
    least.scenario === scenario ? ground : await prepare(least.scenario, ports, looks)
  const steps = await written(itsGround, least.example)
  const { invariant, execution, message } = least.example.violated
  return {
    invariant,
    says: all.find(({ name }) => name === invariant)?.says ?? invariantOf(invariant),
    execution,
    message,
    path: least.example.path.map(actionText),
    scenario: scenarioFile(least.scenario, least.example, steps),
    steps: steps.steps.length,
  }
}
