import { describe, expect, it } from 'vitest'
import { cancelParameters } from '../../src/imagebuilder/parameters/cancel-execution.js'
import { deleteComponentParameters } from '../../src/imagebuilder/parameters/delete-component.js'
import { deleteTemplateParameters } from '../../src/imagebuilder/parameters/delete-template.js'
import { startParameters } from '../../src/imagebuilder/parameters/start-execution.js'
import { refused } from './refused.js'

const calls = [
  ['StartImagePipelineExecution', startParameters, 'ImagePipelineId', 'ip-1'],
  ['CancelImagePipelineExecution', cancelParameters, 'ExecutionId', 'exec-1'],
  ['DeleteImagePipeline', deleteTemplateParameters, 'ImagePipelineId', 'ip-1'],
  ['DeleteImageComponent', deleteComponentParameters, 'ImageComponentId', 'ic-1'],
] as const

describe.each(calls)('%s', (action, read, field, id) => {
  const least = { RegionId: 'cn-hangzhou', [field]: id }

  it('takes a region and an id, and the parameters of old clients', () => {
    const old = { OwnerId: '1', OwnerAccount: 'a', ResourceOwnerId: 2, ResourceOwnerAccount: 'b' }
    expect(read({ ...least, ...old })).toEqual(least)
    expect(read(read(least))).toEqual(least)
  })

  it.each(['RegionId', field])('misses %s in the words of the service', (missing) => {
    for (const raw of [
      { ...least, [missing]: '' },
      { ...least, [missing]: undefined },
    ]) {
      expect(refused(() => read(raw))).toMatchObject({
        status: 400,
        code: 'MissingParameter',
        message:
          `The input parameter "${missing}" that is mandatory for processing this request ` +
          'is not supplied.',
      })
    }
  })

  it('refuses a list of ids', () => {
    const error = refused(() => read({ ...least, [field]: [id] }))
    expect(error).toMatchObject({ status: 400, code: 'InvalidParameter' })
    expect(error.message).toBe(`The parameter "${field}" must be text, not a list.`)
  })

  it('refuses a name that it does not know', () => {
    const error = refused(() => read({ ...least, Regionid: 'cn-beijing' }))
    expect(error.message).toBe(
      `The parameter "Regionid" is not one that ${action} takes. Did you mean "RegionId"?`,
    )
  })
})

describe('a start', () => {
  const least = { RegionId: 'cn-hangzhou', ImagePipelineId: 'ip-1' }

  it('takes a token and tags, and looks at no TemplateTag', () => {
    const given = { ...least, ClientToken: 'ct', Tag: [{ Key: 'a', Value: 'b' }] }
    expect(startParameters({ ...given, TemplateTag: 'anything' })).toEqual(given)
  })

  it.each([
    ['Duplicate.TagKey', { Tag: [{ Key: 'a' }, { Key: 'a' }] }],
    ['InvalidTagKey.Malformed', { Tag: [{ Key: '' }] }],
    ['InvalidTagValue.Malformed', { Tag: [{ Key: 'a', Value: 'http://' }] }],
    ['NumberExceed.Tags', { Tag: Array.from({ length: 21 }, (_, n) => ({ Key: `k${n}` })) }],
    ['InvalidParameter', { ClientToken: 't'.repeat(65) }],
  ])('is refused as %s', (code, change) => {
    expect(refused(() => startParameters({ ...least, ...change }))).toMatchObject({
      status: 400,
      code,
    })
  })
})

describe('a cancel', () => {
  it('looks at no TemplateTag, and takes no token', () => {
    const least = { RegionId: 'cn-hangzhou', ExecutionId: 'exec-1' }
    expect(cancelParameters({ ...least, TemplateTag: [{ Key: 'k' }] })).toEqual(least)
    expect(refused(() => cancelParameters({ ...least, ClientToken: 'ct' })).message).toContain(
      '"ClientToken"',
    )
  })
})
