import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { distribution } from '../../machines/distribution.js'

const imageIdFor = (region: string) => `m-${region}`
const own = { region: 'cn-hangzhou', account: '1001', imageIdFor }

describe('what a template distributes', () => {
  test('the own region and the own account are no work', () => {
    const none = distribution({ ...own, ToRegionId: ['cn-hangzhou'], AddAccount: ['1001'] })
    expect(none).toEqual({ copies: [], accounts: [] })
  })

  test('duplicates count once, in the order of their first mention', () => {
    const { copies, accounts } = distribution({
      ...own,
      ToRegionId: ['us-west-1', 'cn-beijing', 'cn-hangzhou', 'us-west-1'],
      AddAccount: ['2002', '2001', '2002'],
    })
    expect(copies).toEqual([
      { region: 'us-west-1', imageId: 'm-us-west-1' },
      { region: 'cn-beijing', imageId: 'm-cn-beijing' },
    ])
    expect(accounts).toEqual(['2002', '2001'])
  })

  test('each region asked for has exactly one copy, and its id is asked for once', () => {
    const region = fc.constantFrom('cn-hangzhou', 'cn-beijing', 'us-west-1', 'eu-west-1')
    fc.assert(
      fc.property(fc.array(region), (ToRegionId) => {
        const asked: string[] = []
        const { copies } = distribution({
          ...own,
          ToRegionId,
          AddAccount: [],
          imageIdFor: (name) => {
            asked.push(name)
            return imageIdFor(name)
          },
        })
        const wanted = new Set(ToRegionId)
        wanted.delete('cn-hangzhou')
        expect(copies.map((copy) => copy.region)).toEqual([...wanted])
        expect(asked).toEqual([...wanted])
      }),
    )
  })
})
