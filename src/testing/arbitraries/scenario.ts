import * as fc from 'fast-check'
import { writeScenario } from '../../simulate/scenario/write.js'
import {
  arbitraryPlan,
  given,
  type PlanBounds,
  type PlannedRule,
  someAccounts,
  someRegions,
  sparse,
} from './plan.js'

/** What a generated scenario may hold. */
export interface ScenarioBounds
  extends Pick<PlanBounds, 'regions' | 'accounts' | 'rules' | 'seconds'> {
  /** Templates at most; 3 when absent. */
  readonly templates?: number
  /** Starts at most; 5 when absent. */
  readonly starts?: number
  /** Whether the process may die; yes when absent. */
  readonly crashes?: boolean
}

/** A generated scenario. Printed, by fast-check too, it is the scenario file. */
export interface GeneratedScenario {
  /** The file, as plain data. */
  readonly data: Readonly<Record<string, unknown>>
  /** The file, in YAML. */
  readonly yaml: string
  [fc.toStringMethod](): string
}

/** Somebody's round with one template: start, perhaps cancel, then let some time pass. */
interface Round {
  readonly template: Key
  readonly pause: number
  readonly cancel: number | undefined
  readonly crash: boolean
}

/** What is left when every round was taken away: something has to happen. */
const plainest: Round = { template: 'web', pause: 0, cancel: undefined, crash: false }

const words = ['web', 'batch', 'golden', 'api', 'worker', 'edge', 'build', 'night'] as const

type Key = (typeof words)[number]

/**
 * Scenarios in which every call succeeds: a template is started again only when it has ended, and a
 * cancel may come too late. They expect nothing: what must hold is for the property to say. They
 * shrink to one template, one start, no plan.
 */
export function arbitraryScenario(bounds: ScenarioBounds = {}): fc.Arbitrary<GeneratedScenario> {
  const { templates = 3, starts = 5, crashes = true } = bounds
  const most = Math.max(1, Math.min(templates, words.length))
  const round: fc.Arbitrary<Round> = fc.record({
    template: fc.constantFrom(...words.slice(0, most)),
    pause: seconds(900),
    cancel: fc.option(seconds(900), { nil: undefined }),
    crash: crashes ? fc.boolean() : fc.constant(false),
  })
  return fc
    .record({
      seed: fc.nat(999),
      templates: fc.array(template(bounds), { minLength: most, maxLength: most }),
      plan: arbitraryPlan({ ...bounds, templates: words.slice(0, most) }),
      rounds: sparse(round, Math.max(1, starts)),
    })
    .map(scenarioOf)
}

/** Only what is started is declared, and only what is declared is ruled. */
function scenarioOf(drawn: {
  readonly seed: number
  readonly templates: readonly object[]
  readonly plan: readonly PlannedRule[]
  readonly rounds: readonly Round[]
}): GeneratedScenario {
  const { seed } = drawn
  const rounds = drawn.rounds.length === 0 ? [plainest] : drawn.rounds
  const started = new Set(rounds.map(({ template: key }) => key))
  const declared = drawn.templates.flatMap((parameters, index) => {
    const key = words[index] as Key
    return started.has(key) ? [[key, parameters] as const] : []
  })
  const plan = drawn.plan.filter(
    ({ template: key }) => key === undefined || started.has(key as Key),
  )
  return generated({
    name: 'A generated scenario',
    ...(seed === 0 ? {} : { seed }),
    templates: Object.fromEntries(declared),
    ...(plan.length === 0 ? {} : { plan }),
    steps: stepsOf(rounds),
  })
}

function generated(data: Readonly<Record<string, unknown>>): GeneratedScenario {
  const yaml = writeScenario(data, [])
  return { data, yaml, [fc.toStringMethod]: () => `\n${yaml}` }
}

const base = { BaseImageType: 'IMAGE', BaseImage: 'aliyun_3_x64_20G_alibase_20240819.vhd' }

function template({ regions = someRegions, accounts = someAccounts }: ScenarioBounds) {
  return fc
    .record({
      RepairMode: fc.option(fc.constant('Standard'), { nil: undefined }),
      TestContent: fc.option(fc.constant('RUN true'), { nil: undefined }),
      ToRegionId: someOf(regions),
      AddAccount: someOf(accounts),
      DeleteInstanceOnFailure: fc.option(fc.constant(false), { nil: undefined }),
    })
    .map((fields) => Object.assign({}, base, given(fields)))
}

function someOf(all: readonly string[]): fc.Arbitrary<string[] | undefined> {
  return fc.subarray([...all]).map((some) => (some.length === 0 ? undefined : some))
}

function seconds(most: number): fc.Arbitrary<number> {
  return fc.integer({ min: 0, max: most })
}

function stepsOf(rounds: readonly Round[]): readonly unknown[] {
  const steps: unknown[] = []
  const started = new Map<string, number>()
  const nameOf = (key: string): string => {
    const count = started.get(key) ?? 0
    return count < 2 ? key : `${key}#${count}`
  }
  for (const { template: key, pause, cancel, crash } of rounds) {
    if (started.has(key)) steps.push({ wait: nameOf(key) })
    started.set(key, (started.get(key) ?? 0) + 1)
    steps.push({ start: key })
    if (cancel !== undefined) {
      if (cancel > 0) steps.push({ advance: `${cancel}s` })
      steps.push({ cancel: nameOf(key), refused: 'maybe' })
    }
    if (crash) steps.push('crash')
    if (pause > 0) steps.push({ advance: `${pause}s` })
  }
  for (const key of started.keys()) steps.push({ wait: nameOf(key) })
  return steps
}
