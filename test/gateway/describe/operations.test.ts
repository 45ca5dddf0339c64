import { describe, expect, it } from 'vitest'
import { describeOperations } from '../../../src/gateway/describe/operations.js'
import { type DescribedParameter } from '../../../src/gateway/describe/parameters.js'
import { operations } from '../../../src/gateway/operations/index.js'
import type { Field, Fields } from '../../../src/imagebuilder/parameters/field.js'
import { checkLeaf } from '../../../src/imagebuilder/parameters/values.js'

const described = describeOperations(operations)

function parameter(action: string, name: string): DescribedParameter | undefined {
  const operation = described.find((each) => each.action === action)
  return operation?.parameters.find((each) => each.name === name)
}

/** The field that a name on the wire is about; of a list of plain values, that of the values. */
function fieldOf(fields: Fields, name: string): Field {
  const [first = '', ...rest] = name.split('.')
  let field = fields[first]
  for (const step of rest) {
    if (field?.type === 'list' && step === 'N') field = field.item
    else if (field?.type === 'object') field = field.fields[step]
    else field = undefined
  }
  if (field === undefined) throw new Error(`there is no ${name}`)
  return field
}

describe('the operations as plain JSON', () => {
  it('are all there, and lose nothing on the way through JSON', () => {
    expect(described.map(({ action }) => action)).toEqual(
      operations.map(({ request }) => request.action),
    )
    expect(JSON.parse(JSON.stringify(described))).toEqual(described)
  })

  it('say how to fill in a parameter, in words and in numbers', () => {
    expect(parameter('CreateImagePipeline', 'SystemDiskSize')).toMatchObject({
      type: 'integer',
      required: false,
      honoured: true,
      limitsText: 'a whole number from 20 to 500 GiB',
      limits: { min: 20, max: 500, unit: 'GiB' },
      default: 40,
      example: 40,
    })
    expect(parameter('CreateImagePipeline', 'BaseImageType')).toMatchObject({
      type: 'text',
      required: true,
      limits: { values: ['IMAGE', 'IMAGE_FAMILY', 'OSS'] },
    })
    expect(parameter('CreateImagePipeline', 'BuildContent')).toMatchObject({
      limits: { max: 16_384, unit: 'bytes' },
    })
    expect(parameter('CreateImagePipeline', 'ToRegionId.N')).toMatchObject({
      type: 'list',
      items: 'text',
      limits: { maxItems: 20 },
      example: 'cn-beijing',
    })
    expect(parameter('CreateImagePipeline', 'AddAccount.N')).toMatchObject({ items: 'long' })
    expect(parameter('CreateImagePipeline', 'ImageName')).toMatchObject({
      deprecated: 'ImageOptions.ImageName',
    })
    expect(parameter('DescribeImages', 'OwnerId')).toMatchObject({ honoured: false })
  })

  it('have lists and objects before what they hold', () => {
    const names = described
      .find(({ action }) => action === 'CreateImagePipeline')
      ?.parameters.map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['Tag', 'Tag.N.Key', 'Tag.N.Value']))
    expect(names?.indexOf('Tag')).toBeLessThan(names?.indexOf('Tag.N.Key') ?? 0)
    expect(parameter('CreateImagePipeline', 'Tag')).toMatchObject({
      type: 'list',
      items: 'object',
      limits: { maxItems: 20, unique: 'Key' },
    })
  })

  it('tell each error once, with the parameters that it is about or why nobody gets it', () => {
    for (const { action, errors } of described) {
      const keys = errors.map(({ status, code }) => `${status} ${code}`)
      expect(new Set(keys).size, action).toBe(keys.length)
    }
    const { errors = [] } = described.find(({ action }) => action === 'CreateImagePipeline') ?? {}
    const named = (code: string) => errors.find((each) => each.code === code)
    expect(named('InvalidSystemDiskSize.NotSupportedValue')).toMatchObject({
      status: 400,
      parameters: ['SystemDiskSize'],
    })
    expect(named('InvalidVSwitchId.NotFound')).toMatchObject({ status: 404, parameters: [] })
    expect(named('InvalidOSSObject.NeedRestore')?.never).toMatch(/OSS/)
  })
})

describe.each(described)('$action', (each) => {
  const { action, summary, parameters, rules, ramAction, sample } = each
  const operation = operations.find(({ request }) => request.action === action)

  it('has an example for every value, and each is legal', () => {
    for (const { name, type, items, honoured, example } of parameters) {
      if (!honoured || items === 'object' || type === 'object') continue
      expect(example, name).toBeDefined()
      const field = fieldOf(operation?.request.fields ?? {}, name)
      if (field.type === 'list' || field.type === 'object' || field.type === 'ignored') {
        throw new Error(`${name} is no plain value`)
      }
      expect(checkLeaf(field, String(example), name)).toBe(example)
    }
  })

  it('can be read by a stranger', () => {
    expect(summary).toMatch(/^[A-Z].*\.$/)
    for (const { name, docs } of parameters) expect(docs, name).toMatch(/^[A-Z].*\.$/)
    for (const { says } of rules) expect(says).toMatch(/^[A-Z].*\.$/)
    expect(ramAction).toMatch(new RegExp(`^[a-z]+:${action}$`))
  })

  it('has a sample answer that begins with a RequestId', () => {
    expect(Object.keys(sample)[0]).toBe('RequestId')
  })
})
