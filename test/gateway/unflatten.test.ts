import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { flatten } from '../../src/gateway/wire/flatten.js'
import { unflatten } from '../../src/gateway/wire/unflatten.js'
import { check } from '../../src/imagebuilder/parameters/check.js'
import { createImagePipeline } from '../../src/imagebuilder/parameters/create-template.js'
import type { Field, Fields } from '../../src/imagebuilder/parameters/field.js'
import { startImagePipelineExecution } from '../../src/imagebuilder/parameters/start-execution.js'
import { refused } from '../imagebuilder/refused.js'
import { anyText } from './any-text.js'

const { fields } = createImagePipeline

/** Nested from `a=b&c=d`, which no test here needs escapes in. */
function nested(text: string, table: Fields = fields, spellings = {}) {
  const pairs = text.split('&').map((pair): [string, string] => {
    const [name = '', value = ''] = pair.split('=')
    return [name, value]
  })
  return unflatten(table, pairs, spellings)
}

describe('flat parameters', () => {
  it.each([
    ['ToRegionId.1=a&ToRegionId.2=b', { ToRegionId: ['a', 'b'] }],
    ['Tag.1.Key=k&Tag.1.Value=', { Tag: [{ Key: 'k', Value: '' }] }],
    [
      'AdvancedOptions.RetainCloudAssistant=true',
      { AdvancedOptions: { RetainCloudAssistant: 'true' } },
    ],
    [
      'ImageOptions.ImageTags.1.Key=a&ImageOptions.ImageFeatures.NvmeSupport=auto',
      { ImageOptions: { ImageTags: [{ Key: 'a' }], ImageFeatures: { NvmeSupport: 'auto' } } },
    ],
    [
      'ImportImageOptions.DiskDeviceMappings.1.OSSBucket=b',
      { ImportImageOptions: { DiskDeviceMappings: [{ OSSBucket: 'b' }] } },
    ],
    ['ToRegionId.7=c&ToRegionId.2=a&ToRegionId.5=b', { ToRegionId: ['a', 'b', 'c'] }],
    ['ToRegionId.10=b&ToRegionId.9=a', { ToRegionId: ['a', 'b'] }],
    ['OwnerId=1&Name=n', { Name: 'n' }],
    ['Tag=', { Tag: '' }],
  ])('become nested ones: %s', (text, expected) => {
    expect(nested(text)).toEqual(expected)
  })

  it('that the table does not know stay for the checker to refuse', () => {
    expect(nested('Nmae=n&Foo.1.Bar=b&__proto__=p&__proto__.a=b')).toEqual(
      Object.fromEntries([
        ['Nmae', 'n'],
        ['Foo.1.Bar', 'b'],
        ['__proto__', 'p'],
        ['__proto__.a', 'b'],
      ]),
    )
    const start = startImagePipelineExecution
    const raw = nested('RegionId=r&ImagePipelineId=i&Tag.1.Kye=k', start.fields)
    expect(refused(() => check(start, raw)).message).toBe(
      'The parameter "Tag.1.Kye" is not one that StartImagePipelineExecution takes. ' +
        'Did you mean "Tag.1.Key"?',
    )
  })

  it('reach no prototype', () => {
    const made = nested('Tag.1.__proto__=a&ImageOptions.constructor=b&constructor.prototype.x=c')
    expect(Object.getPrototypeOf(made)).toBe(Object.prototype)
    expect(({} as Record<string, unknown>)['x']).toBeUndefined()
    const [tag] = made['Tag'] as Record<string, unknown>[]
    expect(Object.getPrototypeOf(tag)).toBe(Object.prototype)
    expect(Object.hasOwn(tag as object, '__proto__')).toBe(true)
  })

  it.each([
    ['Tag.0.Key=k', '"0" is not a number from 1 to 1000'],
    ['Tag.01.Key=k', '"01" is not a number from 1 to 1000'],
    ['Tag.1001.Key=k', '"1001" is not a number from 1 to 1000'],
    ['Tag.x.Key=k', '"x" is not a number from 1 to 1000'],
    ['Tag..Key=k', '"" is not a number from 1 to 1000'],
    ['Tag.-1.Key=k', '"-1" is not a number from 1 to 1000'],
    ['Name.1=n', '"1" cannot follow a single value'],
    ['Tag.1=t&Tag.1.Key=k', '"1" already has a value of its own'],
    ['Tag.1.Key=k&Tag.1=t', 'it is given twice, in two forms'],
    ['Tag.1.Key=k&Tag=t', 'it is given twice, in two forms'],
  ])('are refused by name: %s', (text, problem) => {
    const error = refused(() => nested(text))
    expect(error).toMatchObject({ status: 400, code: 'InvalidParameter' })
    expect(error.message).toMatch(/^The parameter "[A-Z].*" is not valid: /)
    expect(error.message).toContain(problem)
  })

  it('may be written in another spelling where one is declared', () => {
    const spellings = { 'Tag.N.key': 'Tag.N.Key', 'Tag.N.value': 'Tag.N.Value' }
    expect(nested('Tag.2.key=b&Tag.1.Key=a&Tag.1.value=v', fields, spellings)).toEqual({
      Tag: [{ Key: 'a', Value: 'v' }, { Key: 'b' }],
    })
    expect(nested('Tag.1.key=a')).toEqual({ Tag: [{ key: 'a' }] })
    expect(refused(() => nested('Tag.1.key=a&Tag.1.Key=b', fields, spellings)).message).toContain(
      'it is given twice',
    )
  })
})

/** Any request that a table allows, with texts for values, as the wire has them. */
function requestOf(table: Fields): fc.Arbitrary<Record<string, unknown>> {
  const known = Object.entries(table).filter(([, field]) => field.type !== 'ignored')
  const arbitraries = Object.fromEntries(known.map(([key, field]) => [key, valueOf(field)]))
  return fc
    .record(arbitraries, { requiredKeys: [] })
    .map((made) => Object.fromEntries(Object.entries(made).filter(([, value]) => !isEmpty(value))))
}

function valueOf(field: Field): fc.Arbitrary<unknown> {
  if (field.type === 'object') return requestOf(field.fields)
  if (field.type !== 'list') return anyText
  const items = fc.array(valueOf(field.item), { maxLength: Math.min(field.max, 12) })
  return items.map((list) => list.filter((item) => !isEmpty(item)))
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && Object.keys(value as object).length === 0
}

describe('flattening and unflattening', () => {
  it.each([createImagePipeline, startImagePipelineExecution])(
    'give back any request of $action',
    (operation) => {
      fc.assert(
        fc.property(requestOf(operation.fields), (request) => {
          const flat = flatten(request)
          expect(unflatten(operation.fields, flat)).toEqual(request)
          const again = flatten(unflatten(operation.fields, [...flat].reverse()))
          expect(new Map(again)).toEqual(new Map(flat))
        }),
      )
    },
  )

  it('write what clients write', () => {
    const request = {
      AddAccount: [1234567890, '2'],
      AdvancedOptions: { RetainCloudAssistant: false, ImageNameSuffix: undefined },
      SystemDiskSize: 40,
      Tag: [{ Key: 'k', Value: '' }],
      ToRegionId: [],
      Description: null,
    }
    expect(flatten(request)).toEqual([
      ['AddAccount.1', '1234567890'],
      ['AddAccount.2', '2'],
      ['AdvancedOptions.RetainCloudAssistant', 'false'],
      ['SystemDiskSize', '40'],
      ['Tag.1.Key', 'k'],
      ['Tag.1.Value', ''],
    ])
  })
})
