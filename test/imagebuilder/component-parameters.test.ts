import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  componentParameters,
  createImageComponent,
} from '../../src/imagebuilder/parameters/create-component.js'
import { faultsOf } from '../../src/imagebuilder/parameters/rows.js'
import {
  compareVersions,
  formatVersion,
  nextVersion,
  parseVersion,
} from '../../src/imagebuilder/parameters/version.js'
import { refused } from './refused.js'

const least = { RegionId: 'cn-hangzhou', Content: 'RUN yum update -y' }
const tags = (count: number) => Array.from({ length: count }, (_, index) => ({ Key: `k${index}` }))

const accepted: readonly (readonly [says: string, change: object])[] = [
  ['content of 16384 bytes', { Content: 'c'.repeat(16_384) }],
  ['a name of 2 characters', { Name: 'ab' }],
  ['a name of 128 characters', { Name: 'a'.repeat(128) }],
  ['a description of 256 characters', { Description: 'd'.repeat(256) }],
  ['version 0.0.0', { ComponentVersion: '0.0.0' }],
  ['a version of nine digits', { ComponentVersion: '999999999.0.10' }],
  ['20 tags', { Tag: tags(20) }],
]

type Row = readonly [code: string, says: string, change: object]

const refusedRows: readonly Row[] = [
  ['MissingParameter', 'no RegionId', { RegionId: undefined }],
  ['MissingParameter.Content', 'no content', { Content: undefined }],
  ['MissingParameter.Content', 'empty content', { Content: '' }],
  ['InvalidContent.LengthExceeded', '16385 bytes', { Content: 'c'.repeat(16_385) }],
  ['InvalidName.Malformed', 'a name of 1 character', { Name: 'n' }],
  ['InvalidName.Malformed', 'a name of 129 characters', { Name: 'n'.repeat(129) }],
  ['InvalidDescription.Malformed', '1 character', { Description: 'd' }],
  ['InvalidDescription.Malformed', '257 characters', { Description: 'd'.repeat(257) }],
  ['InvalidSystemType.NotSupportedValue', 'a lower-case word', { SystemType: 'linux' }],
  ['InvalidComponentType.NotSupportedValue', 'an unknown word', { ComponentType: 'Deploy' }],
  ['InvalidParameter.ComponentVersion', 'two numbers', { ComponentVersion: '1.0' }],
  ['InvalidParameter.ComponentVersion', 'a star', { ComponentVersion: '1.0.*' }],
  ['InvalidParameter.ComponentVersion', 'a leading zero', { ComponentVersion: '01.0.0' }],
  ['InvalidParameter.ComponentVersion', 'a minus', { ComponentVersion: '-1.0.0' }],
  ['InvalidParameter.ComponentVersion', 'ten digits', { ComponentVersion: '1000000000.0.0' }],
  ['NumberExceed.Tags', '21 tags', { Tag: tags(21) }],
  ['Duplicate.TagKey', 'one key twice', { Tag: [{ Key: 'a' }, { Key: 'a' }] }],
  ['InvalidTagKey.Malformed', 'a key of the service', { Tag: [{ Key: 'acs:a' }] }],
  ['InvalidTagValue.Malformed', 'a value of 129', { Tag: [{ Key: 'a', Value: 'v'.repeat(129) }] }],
  ['InvalidParameter', 'a version that is a number', { ComponentVersion: 1 }],
  ['InvalidParameter', 'an unknown parameter', { Version: '1.0.0' }],
]

describe('a component', () => {
  it.each(accepted)('may have %s', (_, change) => {
    expect(() => componentParameters({ ...least, ...change })).not.toThrow()
  })

  it.each(refusedRows)('is refused as %s for %s', (code, _, change) => {
    const error = refused(() => componentParameters({ ...least, ...change }))
    expect({ code: error.code, status: error.status }).toEqual({ code, status: 400 })
  })

  it('can be refused for its parameters alone with no code that is not tested here', () => {
    const declared = faultsOf(createImageComponent).map((fault) => fault.code)
    const tested = new Set(refusedRows.map(([code]) => code))
    expect(declared.toSorted()).toEqual([...tested].toSorted())
  })

  it('is for building Linux unless it says otherwise', () => {
    expect(componentParameters({ ...least, OwnerAccount: 'old' })).toEqual({
      ...least,
      SystemType: 'Linux',
      ComponentType: 'Build',
    })
  })

  it('keeps its normal form', () => {
    const once = componentParameters({ ...least, Tag: [{ Key: 'a' }], ComponentVersion: '1.1.1' })
    expect(componentParameters(once)).toEqual(once)
  })
})

const version = fc.record({
  major: fc.nat(999_999_999),
  minor: fc.nat(999_999_999),
  patch: fc.nat(999_999_999),
})

describe('a version', () => {
  it('is read from its text and written as it was', () => {
    fc.assert(
      fc.property(version, (each) => {
        expect(parseVersion(formatVersion(each))).toEqual(each)
      }),
    )
    expect(parseVersion('1.0')).toBeUndefined()
    expect(parseVersion('1.0.0 ')).toBeUndefined()
  })

  it('is compared by number, from the left', () => {
    const order = ['0.0.9', '0.0.10', '0.2.0', '0.10.0', '1.0.0', '2.0.0', '10.0.0']
    const shuffled = order.toReversed().map((text) => parseVersion(text)!)
    expect(shuffled.toSorted(compareVersions).map(formatVersion)).toEqual(order)
    expect(compareVersions(parseVersion('1.2.3')!, parseVersion('1.2.3')!)).toBe(0)
  })

  it('defaults to the next major one of its name', () => {
    expect(nextVersion([])).toBe('1.0.0')
    expect(nextVersion(['0.9.1'])).toBe('1.0.0')
    expect(nextVersion(['1.0.0', '9.3.1', '10.0.7', '2.0.0'])).toBe('11.0.0')
    expect(nextVersion(['not a version'])).toBe('1.0.0')
  })
})
