import { component, region, template } from '../service.js'
import { badCommands } from './content.js'
import { calling, longKey, longTag, manyTags, type Refusals, twinTags } from './refusals.js'

const here = { RegionId: region }

const create = calling('CreateImageComponent', { ...here, Content: 'RUN true' })
export const createImageComponent: Refusals = {
  ...Object.fromEntries(
    Object.entries(badCommands).map(([code, Content]) => [code, create({ Content })]),
  ),
  MissingParameter: create({ RegionId: '' }),
  InvalidParameter: create({ ClientToken: 'ü' }),
  'MissingParameter.Content': create({ Content: '' }),
  'InvalidContent.LengthExceeded': create({ Content: `RUN ${'a'.repeat(16_384)}` }),
  'InvalidParameter.Content': create({ Content: 'Tasks: []' }),
  'InvalidCommand.Component': create({ Content: 'COMPONENT ic-1' }),
  'NotSupportedCommand.FROM': create({ Content: 'FROM IMAGE:m-1' }),
  'InvalidName.Malformed': create({ Name: '-' }),
  'InvalidDescription.Malformed': create({ Description: 'x' }),
  'InvalidSystemType.NotSupportedValue': create({ SystemType: 'BSD' }),
  'InvalidComponentType.NotSupportedValue': create({ ComponentType: 'Run' }),
  'InvalidParameter.ComponentVersion': create({ ComponentVersion: '1.0' }),
  'InvalidTagKey.Malformed': create({ Tag: longKey }),
  'InvalidTagValue.Malformed': create({ Tag: longTag }),
  'NumberExceed.Tags': create({ Tag: manyTags }),
  'Duplicate.TagKey': create({ Tag: twinTags }),
  'InvalidResourceGroup.NotFound': create({ ResourceGroupId: 'rg-none' }),
  'InvalidRegionId.NotFound': create({ RegionId: 'cn-atlantis' }),
  'InvalidComponentVersion.Exist': async (service) => {
    await component(service, { Name: 'tool', ComponentVersion: '1.2.3' })
    await create({ Name: 'tool', ComponentVersion: '1.2.3' })(service)
  },
  'QuotaExceed.ImageComponent': async (service) => {
    await service.edit({ quotas: { components: 0 } })
    await create({})(service)
  },
  IdempotentParameterMismatch: async (service) => {
    await component(service, { ClientToken: 'one' })
    await create({ ClientToken: 'one', Name: 'other' })(service)
  },
}

const list = calling('DescribeImageComponents', here)
export const describeImageComponents: Refusals = {
  MissingParameter: list({ RegionId: '' }),
  InvalidParameter: list({ MaxResults: 'many' }),
  'InvalidParameter.Owner': list({ Owner: 'OTHERS' }),
  'InvalidImageComponentIdSize.ExceededMaxNumber': list({
    ImageComponentId: Array(21).fill('ic-1'),
  }),
  'InvalidSystemType.NotSupportedValue': list({ SystemType: 'linux' }),
  'InvalidComponentType.NotSupportedValue': list({ ComponentType: 'build' }),
  'InvalidParameter.ComponentVersion': list({ ComponentVersion: '1.*' }),
  'InvalidTagKey.Malformed': list({ Tag: longKey }),
  'InvalidTagValue.Malformed': list({ Tag: longTag }),
  'NumberExceed.Tags': list({ Tag: manyTags }),
  'Duplicate.TagKey': list({ Tag: twinTags }),
  'Invalid.NextToken': list({ NextToken: 'AAAA' }),
  'InvalidRegionId.NotFound': list({ RegionId: 'cn-atlantis' }),
}

const remove = calling('DeleteImageComponent', { ...here, ImageComponentId: 'ic-none' })
export const deleteImageComponent: Refusals = {
  MissingParameter: remove({ ImageComponentId: '' }),
  InvalidParameter: remove({ Name: 'tool' }),
  'InvalidImageComponent.NotFound': remove({}),
  'InvalidRegionId.NotFound': remove({ RegionId: 'cn-atlantis' }),
  'InvalidImageComponent.InUse': async (service) => {
    const ImageComponentId = await component(service)
    await template(service, { BuildContent: `COMPONENT ${ImageComponentId}` })
    await remove({ ImageComponentId })(service)
  },
}
