import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultWorld } from '../../../src/imagebuilder/world/default.js'
import { foldTemplates, marked } from '../../../src/simulate/explore/fold-templates.js'
import { alike, type Looks, renamings } from '../../../src/simulate/explore/symmetry.js'
import { wantedBy } from '../../../src/simulate/explore/wanted.js'
import { loadScenario } from '../../../src/simulate/scenario/load.js'

const regions = ['cn-beijing', 'cn-shanghai', 'cn-qingdao', 'cn-shenzhen', 'cn-zhangjiakou']
const accounts = ['1284387915995949', '1284387915995950']

interface Around {
  readonly plan?: readonly object[]
  readonly steps?: readonly object[]
  readonly others?: object
  readonly looks?: Looks
}

function groupsOf(web: object, { plan = [], steps = [], others = {}, looks = [] }: Around = {}) {
  const base = { BaseImageType: 'IMAGE', BaseImage: 'aliyun_3_x64_20G_alibase_20240819.vhd' }
  const templates = { web: { ...base, ...web }, ...others }
  const scenario = loadScenario(JSON.stringify({ name: 'x', templates, plan, steps }), 'x.json')
  const wanted = [...wantedBy(scenario, defaultWorld.account).values()]
  return alike(scenario, wanted, { world: defaultWorld, looks })
}

describe('regions and accounts are folded together', () => {
  it('where nothing tells them apart', () => {
    const found = groupsOf({ ToRegionId: regions.slice(0, 2), AddAccount: accounts })
    expect(found).toEqual({
      regions: [['cn-beijing', 'cn-shanghai']],
      accounts: [accounts],
      templates: [],
    })
  })

  it('but not the own region, nor one that a rule names', () => {
    const ToRegionId = ['cn-hangzhou', ...regions.slice(0, 3)]
    const plan = [{ task: 'copyImage', region: 'cn-qingdao', duration: '9m' }]
    expect(groupsOf({ ToRegionId }, { plan }).regions).toEqual([['cn-beijing', 'cn-shanghai']])
  })

  it('but not one that a later rule or a change of the world names', () => {
    const ToRegionId = regions.slice(0, 3)
    const plan = { plan: [{ task: 'copyImage', region: 'cn-qingdao', fail: 'no' }] }
    expect(groupsOf({ ToRegionId }, { steps: [plan] }).regions).toEqual([
      ['cn-beijing', 'cn-shanghai'],
    ])
    const edit = { edit: { remove: { regions: ['cn-beijing'] } } }
    expect(groupsOf({ ToRegionId }, { steps: [edit] }).regions).toEqual([
      ['cn-shanghai', 'cn-qingdao'],
    ])
  })

  it.each([[`!('cn-qingdao' in images)`], [`images.all(region, !region.endsWith("qingdao"))`]])(
    'but not one that a rule of one’s own names: %s',
    (rule) => {
      const found = groupsOf({ ToRegionId: regions.slice(0, 3) }, { looks: [rule] })
      expect(found.regions).toEqual([['cn-beijing', 'cn-shanghai']])
    },
  )

  it('but not where a rule has a pattern, or is a function', () => {
    const ToRegionId = regions.slice(0, 3)
    const pattern = [`images.all(region, region.matches('cn-[a-h].*'))`]
    expect(groupsOf({ ToRegionId }, { looks: pattern }).regions).toEqual([])
    expect(groupsOf({ ToRegionId }, { looks: 'anything' }).regions).toEqual([])
    expect(groupsOf({ ToRegionId }, { looks: [`status != "FAILED"`] }).regions).toHaveLength(1)
  })

  it('only within what the same templates ask for', () => {
    const base = { BaseImageType: 'IMAGE', BaseImage: 'aliyun_3_x64_20G_alibase_20240819.vhd' }
    const others = { other: { ...base, ToRegionId: ['cn-beijing'] } }
    expect(groupsOf({ ToRegionId: regions.slice(0, 3) }, { others }).regions).toEqual([
      ['cn-shanghai', 'cn-qingdao'],
    ])
  })

  it('as long as their orders are few, and no call shares with some of the accounts only', () => {
    const many = Array.from({ length: 11 }, (_, n) => String(1_000_000_000_000_000 + n))
    const found = groupsOf({ ToRegionId: regions, AddAccount: many })
    expect(found).toEqual({ regions: [], accounts: [], templates: [] })
  })
})

describe('templates are folded together', () => {
  const base = { BaseImageType: 'IMAGE', BaseImage: 'aliyun_3_x64_20G_alibase_20240819.vhd' }
  const others = { second: base, third: base, repaired: { ...base, RepairMode: 'Standard' } }

  it('where they are the same but for their names', () => {
    expect(groupsOf({}, { others }).templates).toEqual([['web', 'second', 'third']])
  })

  it('but not one that a rule means, or that is deleted', () => {
    const plan = [{ task: 'buildImage', template: 'second', fail: 'no' }]
    expect(groupsOf({}, { others, plan }).templates).toEqual([['web', 'third']])
    const steps = [{ delete: 'web' }]
    expect(groupsOf({}, { others, steps }).templates).toEqual([['second', 'third']])
    const looks = [`execution != 'third' || !ended`]
    expect(groupsOf({}, { others, looks }).templates).toEqual([['web', 'second']])
  })

  it('and a text of them does not depend on which is which', () => {
    const alike = new Set(['a', 'b', 'c'])
    const said = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom('x', 'y')))
    const order = fc.shuffledSubarray(['a', 'b', 'c'], { minLength: 3 })
    const textsOf = (of: readonly (readonly [string, string])[]) =>
      foldTemplates(
        of.map(([key, what]) => `${marked(`${key}#2`, alike)} is ${what}`),
        [['a', 'b', 'c']],
      ).sort()
    const per = (of: readonly (readonly [string, string])[]) =>
      ['a', 'b', 'c'].map((key) =>
        of
          .filter(([each]) => each === key)
          .map(([, what]) => what)
          .sort()
          .join(),
      )
    fc.assert(
      fc.property(said, said, order, (some, more, to) => {
        const names = new Map(['a', 'b', 'c'].map((key, index) => [key, to[index] ?? key]))
        const moved = some.map(([key, what]) => [names.get(key) ?? key, what] as const)
        expect(textsOf(moved)).toEqual(textsOf(some))
        // Only what is the same up to names is one text.
        const same =
          JSON.stringify(per(some).sort()) === JSON.stringify(per(more).sort()) &&
          JSON.stringify(some.filter(([key]) => key === 'd').sort()) ===
            JSON.stringify(more.filter(([key]) => key === 'd').sort())
        expect(JSON.stringify(textsOf(some)) === JSON.stringify(textsOf(more))).toBe(same)
      }),
    )
    expect(
      foldTemplates([`${marked('a', alike)} before ${marked('b', alike)}`], [['a', 'b']]),
    ).toEqual([`${marked('a', alike)} before ${marked('b', alike)}`])
  })
})

describe('the ways to put names in each other’s place', () => {
  const groups = fc.uniqueArray(fc.constantFrom(...'abcdefgh'), { minLength: 0, maxLength: 7 })

  it('are every order of each group, each once, and the first changes nothing', () => {
    fc.assert(
      fc.property(groups, fc.nat(7), (names, at) => {
        const [first, second] = [names.slice(0, at).slice(0, 4), names.slice(at).slice(0, 4)]
        const all = renamings({ regions: [first], accounts: [second], templates: [] })
        const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1))
        expect(all).toHaveLength(factorial(first.length) * factorial(second.length))
        expect(new Set(all.map((each) => JSON.stringify([...each]))).size).toBe(all.length)
        for (const each of all) {
          expect([...each.values()].sort()).toEqual([...each.keys()].sort())
          for (const [from, to] of each) expect(first.includes(from)).toBe(first.includes(to))
        }
        expect([...(all[0] ?? [])].every(([from, to]) => from === to)).toBe(true)
      }),
    )
  })
})
