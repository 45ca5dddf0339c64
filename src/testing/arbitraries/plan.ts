import * as fc from 'fast-check'
import { taskNames } from '../../simulate/plan/rule.js'

/** What a generated plan may speak of. */
export interface PlanBounds {
  /** Regions that rules name; four when absent. */
  readonly regions?: readonly string[]
  /** Accounts that shares fail for; two when absent. */
  readonly accounts?: readonly string[]
  /** Templates that rules name, by key in a scenario or by Name in a plan; none when absent. */
  readonly templates?: readonly string[]
  /** Rules at most; 6 when absent. */
  readonly rules?: number
  /** A duration at most, in seconds; an hour when absent. */
  readonly seconds?: number
}

export const someRegions = ['cn-hangzhou', 'cn-beijing', 'cn-shanghai', 'ap-southeast-1'] as const
export const someAccounts = ['1284387915995949', '1234567890'] as const

/** A generated rule: plain data, as a plan file has it. */
export interface PlannedRule {
  readonly task: (typeof taskNames)[number]
  readonly template?: string
  readonly region?: string
  readonly account?: string
  readonly attempt?: number | string
  readonly duration?: string
  readonly fail?: false | { readonly code: string; readonly message: string }
}

/** Rules as plan files have them. They shrink to no rule at all, and each to the plainest of its kind. */
export function arbitraryPlan(bounds: PlanBounds = {}): fc.Arbitrary<PlannedRule[]> {
  return sparse(rule(bounds), bounds.rules ?? 6)
}

/** A list that shrinks by any of its items, not only from its front. */
export function sparse<T>(item: fc.Arbitrary<T>, maxLength: number): fc.Arbitrary<T[]> {
  const holes = fc.array(fc.option(item, { freq: 9, nil: undefined }), { maxLength })
  return holes.map((items) => items.filter((each): each is T & {} => each !== undefined))
}

function rule(bounds: PlanBounds): fc.Arbitrary<PlannedRule> {
  const { accounts = someAccounts } = bounds
  const ofTask = fc.constantFrom(...taskNames).chain((task) => taskRule(task, bounds))
  if (accounts.length === 0) return ofTask
  return fc.oneof({ weight: 6, arbitrary: ofTask }, { weight: 1, arbitrary: accountRule(bounds) })
}

function taskRule(task: PlannedRule['task'], bounds: PlanBounds): fc.Arbitrary<PlannedRule> {
  const { regions = someRegions, templates = [], seconds = 3_600 } = bounds
  const where = task === 'copyImage' || task === 'shareImage' ? regions : []
  const duration = fc.integer({ min: 1, max: seconds }).map((each) => `${each}s`)
  const stated = fc.oneof(
    fc.record({ duration }),
    fc.record({ fail }),
    fc.record({ duration, fail }),
  )
  return fc
    .record({
      template: maybeOne(templates),
      region: maybeOne(where),
      attempt: fc.option(fc.constantFrom(1, 2, 3, '1-2', '2-'), { nil: undefined }),
      stated,
    })
    .map(({ stated: says, ...selected }) => Object.assign({ task }, given(selected), says))
}

function accountRule(bounds: PlanBounds): fc.Arbitrary<PlannedRule> {
  const { regions = someRegions, accounts = someAccounts, templates = [] } = bounds
  return fc
    .record({
      template: maybeOne(templates),
      region: maybeOne(regions),
      account: fc.constantFrom(...accounts),
      fail,
    })
    .map(({ fail: how, ...selected }) =>
      Object.assign({ task: 'shareImage' as const }, given(selected), { fail: how }),
    )
}

const fail = fc.constantFrom(
  { code: 'InternalError', message: 'It broke.' },
  { code: 'OperationDenied.NoStock', message: 'There is none left.' },
  { code: 'Throttling', message: 'Too many requests.' },
)

function maybeOne(words: readonly string[]): fc.Arbitrary<string | undefined> {
  if (words.length === 0) return fc.constant(undefined)
  return fc.option(fc.constantFrom(...words), { nil: undefined })
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** Without what is undefined. */
export function given<T extends object>(fields: T): Given<T> {
  const defined = Object.entries(fields).filter(([, value]) => value !== undefined)
  return Object.fromEntries(defined) as Given<T>
}
