import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { ecsOpenApi } from '../../../src/gateway/describe/openapi.js'
import { describeOperations } from '../../../src/gateway/describe/operations.js'
import { operations } from '../../../src/gateway/operations/index.js'

type Schema = Parameters<typeof z.fromJSONSchema>[0]

interface Media {
  readonly schema: Schema
  readonly example?: unknown
}

interface Operation {
  readonly operationId: string
  readonly requestBody: { readonly content: Readonly<Record<string, Media>> }
  readonly responses: Readonly<
    Record<
      string,
      { readonly description: string; readonly content: Readonly<Record<string, Media>> }
    >
  >
}

const document = ecsOpenApi(operations, '1.2.3') as {
  readonly info: { readonly version: string }
  readonly paths: Readonly<Record<string, { readonly post: Operation }>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

function operationOf(action: string): Operation {
  const found = document.paths[`/#Action=${action}`]?.post
  if (found === undefined) throw new Error(`there is no ${action}`)
  return found
}

function requestSchema(action: string): z.ZodType {
  const media = operationOf(action).requestBody.content['application/x-www-form-urlencoded']
  return z.fromJSONSchema(media?.schema ?? {})
}

describe('the OpenAPI document of the service', () => {
  it('has every operation once, each with its version', () => {
    expect(document.info.version).toBe('1.2.3')
    expect(Object.values(document.paths).map(({ post }) => post.operationId)).toEqual(
      operations.map(({ request }) => request.action),
    )
    expect(requestSchema('DescribeVpcs').safeParse(vpcs).success).toBe(true)
    expect(
      requestSchema('DescribeVpcs').safeParse({ ...vpcs, Version: '2014-05-26' }).success,
    ).toBe(false)
  })

  const vpcs = { Action: 'DescribeVpcs', Version: '2016-04-28', RegionId: 'cn-hangzhou' }

  const least = {
    Action: 'CreateImagePipeline',
    Version: '2014-05-26',
    RegionId: 'cn-hangzhou',
    BaseImageType: 'IMAGE',
  }

  it.each([
    [{}, true],
    [{ ToRegionId: ['cn-beijing'], Tag: [{ Key: 'a', Value: '' }] }, true],
    [{ ImageOptions: { ImageFeatures: { NvmeSupport: 'auto' } } }, true],
    [{ SystemDiskSize: 20, AddAccount: ['1284387915995949'] }, true],
    [{ SystemDiskSize: 19 }, false],
    [{ BaseImageType: 'DISK' }, false],
    [{ BaseImageType: undefined }, false],
    [{ Colour: 'red' }, false],
    [{ AddAccount: ['me'] }, false],
    [{ Name: 'http://web' }, false],
    [{ Name: 'w' }, false],
    [{ Tag: [{ Value: 'without a key' }] }, false],
    [{ ToRegionId: Array.from({ length: 21 }, () => 'cn-beijing') }, false],
  ])('has the limits of the parameters: %j is legal: %s', (more, legal) => {
    const request = JSON.parse(JSON.stringify({ ...least, ...more })) as unknown
    expect(requestSchema('CreateImagePipeline').safeParse(request).success).toBe(legal)
  })

  it.each(operations.map(({ request }) => request.action))(
    'has an example of the answer of %s that fits its own schema',
    (action) => {
      const media = operationOf(action).responses['200']?.content['application/json']
      expect(media?.example).toHaveProperty('RequestId')
      expect(z.fromJSONSchema(media?.schema ?? {}).parse(media?.example)).toEqual(media?.example)
    },
  )

  it('tells the refusals by status, those that nobody gets left out', () => {
    const { responses } = operationOf('StartImagePipelineExecution')
    expect(responses['403']?.description).toBe('InvalidImagePipeline.HasRunningExecution')
    expect(responses['500']?.description).toBe('StartImagePipelineExecution.Failed')
    const described = describeOperations(operations).flatMap(({ errors }) => errors)
    expect(described.filter(({ never }) => never !== undefined).length).toBeGreaterThan(50)
    for (const { post } of Object.values(document.paths)) {
      expect(Object.keys(post.responses).every((status) => /^[245]\d\d$/.test(status))).toBe(true)
    }
  })

  it('refers to nothing that is not in it', () => {
    const text = JSON.stringify(document)
    const references = [...text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)]
    expect(references.length).toBeGreaterThan(30)
    for (const [, name = ''] of references) expect(document.components.schemas).toHaveProperty(name)
    expect(text.match(/"\$ref"/g)).toHaveLength(references.length)
  })
})
