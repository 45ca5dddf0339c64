import { describe, expect, it } from 'vitest'
import type { Counterexample } from '../../../src/simulate/explore/search.js'
import { shrunk } from '../../../src/simulate/explore/shrink.js'
import { loadScenario } from '../../../src/simulate/scenario/load.js'
import type { Scenario } from '../../../src/simulate/scenario/types.js'

const base = { BaseImageType: 'IMAGE', BaseImage: 'aliyun_3_x64_20G_alibase_20240819.vhd' }
const scenario = loadScenario(
  JSON.stringify({
    name: 'x',
    templates: {
      plain: base,
      web: {
        ...base,
        RepairMode: 'Standard',
        TestContent: 'RUN true',
        ToRegionId: ['cn-beijing', 'cn-shanghai'],
        AddAccount: ['1284387915995949', '1284387915995950'],
        DeleteInstanceOnFailure: false,
      },
    },
    steps: [],
  }),
  'x.json',
)
const example: Counterexample = {
  violated: { invariant: 'no-step-throws', execution: 'web', message: 'it is stuck' },
  path: Array.from({ length: 5 }, () => ({
    happening: { kind: 'start', template: 'web', as: 'web' } as const,
    dies: null,
  })),
}

/** What of the scenario is left when a violation needs just this. */
async function leftOf(needed: (scenario: Scenario) => boolean) {
  const depths: number[] = []
  const { scenario: least, example: found } = await shrunk(
    scenario,
    example,
    async (smaller, invariant, depth) => {
      expect(invariant).toBe('no-step-throws')
      depths.push(depth)
      if (!needed(smaller)) return null
      return { ...example, path: example.path.slice(0, Math.max(1, depth - 1)) }
    },
  )
  const left = [...least.templates].map(([key, { parameters }]) => {
    const { RegionId: _, Name: __, ...rest } = parameters
    return [key, rest] as const
  })
  return { left: Object.fromEntries(left), depths, found }
}

const has = (each: Scenario, key: string, field: string, value?: string): boolean => {
  const found = each.templates.get(key)?.parameters[field]
  if (value === undefined) return found !== undefined
  return Array.isArray(found) && found.includes(value)
}

describe('a counterexample is made smaller', () => {
  it('by all that it does not need', async () => {
    const { left } = await leftOf((each) => each.templates.has('web'))
    expect(left).toEqual({ web: base })
  })

  it('down to the one region and the one account that it needs', async () => {
    const { left } = await leftOf(
      (each) =>
        has(each, 'web', 'ToRegionId', 'cn-shanghai') &&
        has(each, 'web', 'AddAccount', '1284387915995949') &&
        has(each, 'web', 'TestContent'),
    )
    expect(left).toEqual({
      web: {
        ...base,
        TestContent: 'RUN true',
        ToRegionId: ['cn-shanghai'],
        AddAccount: ['1284387915995949'],
      },
    })
  })

  it('and stays as it is when it needs everything', async () => {
    const { left, found } = await leftOf(() => false)
    expect(Object.keys(left)).toEqual(['plain', 'web'])
    expect(found).toBe(example)
  })

  it('on paths that are never longer than the shortest so far', async () => {
    const { depths, found } = await leftOf(() => true)
    expect(depths[0]).toBe(5)
    expect(depths).toEqual([...depths].sort((a, b) => b - a))
    expect(found.path.length).toBeLessThanOrEqual(5)
  })

  it('by nothing that a rule of one’s own names', async () => {
    const rule = `!("cn-shanghai" in images)`
    const named = { ...example, violated: { ...example.violated, invariant: rule } }
    const { scenario: least } = await shrunk(scenario, named, async () => named)
    expect(least.templates.get('web')?.parameters['ToRegionId']).toEqual(['cn-shanghai'])
  })

  it('asking about each part once', async () => {
    const { depths } = await leftOf(() => false)
    // Two templates, three parameters, two regions and two accounts.
    expect(depths).toHaveLength(9)
  })
})
