import type { World } from '../../imagebuilder/world/types.js'
import type { Scenario } from '../scenario/types.js'
import type { Wanted } from './wanted.js'

/** Names that can stand for each other, all at once: from the name to that which takes its place. */
export type Renaming = ReadonlyMap<string, string>

/** With more names than this that are alike, the orders of them are too many to compare. */
const mostAlike = 4

/** Which regions and which accounts are alike, so that it does not matter which of them is meant. */
export interface Alike {
  readonly regions: readonly (readonly string[])[]
  readonly accounts: readonly (readonly string[])[]
  /** Templates that are the same but for their names. */
  readonly templates: readonly (readonly string[])[]
}

/** What a user's own rules look at: expressions, or functions, of which nobody knows what they do. */
export type Looks = readonly string[] | 'anything'

/** Regions and accounts that no template, no rule and nothing in the world tells apart. */
export function alike(
  scenario: Scenario,
  wanted: readonly Wanted[],
  { world, looks }: { readonly world: World; readonly looks: Looks },
): Alike {
  if (looks === 'anything') return { regions: [], accounts: [], templates: [] }
  const literals = looks.flatMap(literalsIn)
  // What callers look at tells nothing apart; what changes the world or the plan may.
  const changes = scenario.steps.filter(({ kind }) => kind === 'plan' || kind === 'edit')
  const rules = JSON.stringify([scenario.plan, changes, [...scenario.components.values()]])
  const named = (name: string): boolean =>
    rules.includes(`"${name}"`) || literals.some((literal) => tellsApart(literal, name))
  const own = new Set(wanted.map(({ region }) => region))
  const signature = (name: string, of: 'copies' | 'accounts'): string =>
    JSON.stringify([
      wanted.map((template) => template[of].includes(name)),
      of === 'copies'
        ? world.regions.find(({ RegionId }) => RegionId === name)?.Status
        : world.accounts.find(({ AccountId }) => AccountId === name)?.closed,
    ])
  const grouped = (of: 'copies' | 'accounts'): string[][] => {
    const names = new Set(wanted.flatMap((template) => template[of]))
    const groups = new Map<string, string[]>()
    for (const name of names) {
      if (named(name) || (of === 'copies' && own.has(name))) continue
      const key = signature(name, of)
      groups.set(key, [...(groups.get(key) ?? []), name])
    }
    return [...groups.values()].filter(({ length }) => length > 1 && length <= mostAlike)
  }
  // Beyond ten accounts a call has some of them, and which ones is no longer all the same.
  const few = wanted.every(({ accounts }) => accounts.length <= 10)
  return {
    regions: grouped('copies'),
    accounts: few ? grouped('accounts') : [],
    templates: alikeTemplates(scenario, named),
  }
}

/** Templates of which no rule, and no step that is tried everywhere, means one. */
function alikeTemplates(
  { templates, steps }: Scenario,
  named: (name: string) => boolean,
): readonly (readonly string[])[] {
  const deleted = new Set(
    steps.flatMap((step) => (step.kind === 'delete' ? [step.target.key] : [])),
  )
  const groups = new Map<string, string[]>()
  for (const [key, { parameters }] of templates) {
    const { Name, ...rest } = parameters
    if (deleted.has(key) || named(key) || named(String(Name))) continue
    const signature = JSON.stringify(rest)
    groups.set(signature, [...(groups.get(signature) ?? []), key])
  }
  return [...groups.values()].filter(({ length }) => length > 1)
}

/** The texts that an expression of CEL compares with. */
function literalsIn(expression: string): readonly string[] {
  return [...expression.matchAll(/"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'/g)].map(
    ([, double, single]) => double ?? single ?? '',
  )
}

/** Whether a text may be there to know a name from others: it is part of it, or a pattern. */
function tellsApart(literal: string, name: string): boolean {
  return literal !== '' && (name.includes(literal) || /[^\w.-]/.test(literal))
}

/** Every way to put names that are alike in each other's place; the first changes nothing. */
export function renamings({ regions, accounts }: Alike): readonly Renaming[] {
  let all: Renaming[] = [new Map()]
  for (const group of [...regions, ...accounts]) {
    const orders = permutations(group)
    all = all.flatMap((renaming) =>
      orders.map((order) => {
        const pairs = group.map((name, index) => [name, order[index] ?? name] as const)
        return new Map([...renaming, ...pairs])
      }),
    )
  }
  return all
}

function permutations(names: readonly string[]): readonly (readonly string[])[] {
  if (names.length < 2) return [names]
  return names.flatMap((name) =>
    permutations(names.filter((other) => other !== name)).map((rest) => [name].concat(rest)),
  )
}
