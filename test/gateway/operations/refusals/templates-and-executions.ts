import { component, linux, region, started, type Service, template } from '../service.js'
import { needsValue } from './content.js'
import { injected } from './injected.js'
import { calling, longKey, longTag, manyTags, type Refusals, twinTags } from './refusals.js'

const unknown = { ImagePipelineId: 'ip-none' }
const here = { RegionId: region }

const list = calling('DescribeImagePipelines', here)
export const describeImagePipelines: Refusals = {
  MissingParameter: list({ RegionId: '' }),
  InvalidParameter: list({ MaxResults: 501 }),
  'InvalidImagePipelineIdSize.ExceededMaxNumber': list({ ImagePipelineId: Array(21).fill('ip-1') }),
  'InvalidName.Malformed': list({ Name: '1' }),
  'InvalidTagKey.Malformed': list({ Tag: longKey }),
  'InvalidTagValue.Malformed': list({ Tag: longTag }),
  'NumberExceed.Tags': list({ Tag: manyTags }),
  'Duplicate.TagKey': list({ Tag: twinTags }),
  'Invalid.NextToken': list({ NextToken: 'AAAA' }),
  'InvalidRegionId.NotFound': list({ RegionId: 'cn-atlantis' }),
}

const remove = calling('DeleteImagePipeline', { ...here, ...unknown })
export const deleteImagePipeline: Refusals = {
  MissingParameter: remove({ ImagePipelineId: '' }),
  InvalidParameter: remove({ Force: true }),
  'InvalidImagePipeline.NotFound': remove({}),
  'InvalidRegionId.NotFound': remove({ RegionId: 'cn-atlantis' }),
  'InvalidImagePipeline.HasRunningExecution': async (service) => {
    const ImagePipelineId = await template(service)
    await started(service, ImagePipelineId)
    await remove({ ImagePipelineId })(service)
  },
}

/** Makes a template, changes something, and starts. */
async function startAfter(
  service: Service,
  change: () => Promise<unknown>,
  more: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const id = await template(service, more)
  await change()
  return started(service, id)
}

/** Starts a template whose component has a newer version than when it was made. */
async function startWithNewVersion(
  service: Service,
  content: 'BuildContent' | 'TestContent',
  newer: object,
): Promise<string> {
  const ComponentType = content === 'BuildContent' ? 'Build' : 'Test'
  await component(service, { Name: 'tool', ComponentType })
  const arn = `acs:ecs:${region}:1234567890123456:imagecomponent/tool/*.*.*`
  const more = { [content]: `COMPONENT ${arn}` }
  return startAfter(
    service,
    () => component(service, { Name: 'tool', ComponentType, ...newer }),
    more,
  )
}

const image = { ImageId: linux }
const distributes = { BaseImage: 'm-1', ToRegionId: ['cn-beijing'] }
const start = calling('StartImagePipelineExecution', { ...here, ...unknown })
export const startImagePipelineExecution: Refusals = {
  MissingParameter: start({ ImagePipelineId: '' }),
  InvalidParameter: start({ ClientToken: 'x'.repeat(65) }),
  'InvalidTagKey.Malformed': start({ Tag: longKey }),
  'InvalidTagValue.Malformed': start({ Tag: longTag }),
  'NumberExceed.Tags': start({ Tag: manyTags }),
  'Duplicate.TagKey': start({ Tag: twinTags }),
  'InvalidRegionId.NotFound': start({ RegionId: 'cn-atlantis' }),
  'InvalidImagePipeline.NotFound': start({}),
  'StartImagePipelineExecution.Failed': injected('StartImagePipelineExecution', {
    status: 500,
    code: 'StartImagePipelineExecution.Failed',
    message: 'Start image pipeline execution failed.',
  }),
  'InvalidImagePipeline.HasRunningExecution': async (service) => {
    const id = await template(service)
    await started(service, id)
    await started(service, id)
  },
  IdempotentParameterMismatch: async (service) => {
    await started(service, await template(service), { ClientToken: 'one' })
    await started(service, await template(service), { ClientToken: 'one' })
  },
  'InvalidImagePipeline.BaseImageNotFound': async (service) => {
    await service.edit({ images: [{ ImageId: 'm-1' }] })
    const change = () => service.edit({ remove: { images: ['m-1'] } })
    await startAfter(service, change, { BaseImage: 'm-1' })
  },
  'InvalidImage.NotFound': (service) =>
    startAfter(service, () => service.edit({ remove: { images: [linux] } })),
  'InvalidImage.OsTypeUnsupported': (service) =>
    startAfter(service, () => service.edit({ images: [{ ...image, buildable: false }] })),
  'InvalidImage.NotSupportRepair': (service) =>
    startAfter(service, () => service.edit({ images: [{ ...image, repairable: false }] }), {
      RepairMode: 'All',
    }),
  'InvalidImage.ImageOwnerAliasUnsupported': async (service) => {
    await service.edit({ images: [{ ImageId: 'm-1' }] })
    const change = () => service.edit({ images: [{ ImageId: 'm-1', owner: 'marketplace' }] })
    await startAfter(service, change, distributes)
  },
  'InvalidImageName.Duplicated': async (service) => {
    const change = () => service.edit({ images: [{ ImageId: 'm-1', ImageName: 'taken' }] })
    const AdvancedOptions = { ImageNameSuffix: 'disable' }
    await startAfter(service, change, { ImageName: 'taken', AdvancedOptions })
  },
  'InvalidInstanceType.NotFound': (service) =>
    startAfter(service, () => service.edit({ remove: { instanceTypes: ['ecs.g7.large'] } }), {
      InstanceType: 'ecs.g7.large',
    }),
  'InvalidVSwitchId.NotFound': (service) => {
    const VSwitchId = 'vsw-bp1defaultcnhangzhou'
    return startAfter(service, () => service.edit({ remove: { vSwitches: [VSwitchId] } }), {
      VSwitchId,
    })
  },
  'ImageComponent.NotFound': (service) => {
    const id = 'ic-bp122acttbs2sxdyq2ky'
    return startAfter(service, () => service.edit({ remove: { components: [id] } }), {
      BuildContent: `COMPONENT ${id}`,
    })
  },
  'InvalidImageComponent.NotSupported': (service) =>
    startWithNewVersion(service, 'BuildContent', { ComponentType: 'Test' }),
  'InvalidParameter.BuildContent': (service) =>
    startWithNewVersion(service, 'BuildContent', { Content: needsValue }),
  'InvalidParameter.TestContent': (service) =>
    startWithNewVersion(service, 'TestContent', { Content: needsValue }),
}

const executions = calling('DescribeImagePipelineExecutions', { ...here, ...unknown })
export const describeImagePipelineExecutions: Refusals = {
  MissingParameter: executions({ RegionId: '' }),
  InvalidParameter: executions({ MaxResults: 0 }),
  'MissingParameter.ImagePipelineId': executions({ ImagePipelineId: '' }),
  'InvalidParameter.Status': executions({ ImagePipelineId: '', ExecutionId: 'e', Status: 'DONE' }),
  'InvalidExecutionId.SizeExceeded': executions({ ExecutionId: Array(21).fill('exec-1').join() }),
  'InvalidTagKey.Malformed': executions({ Tag: longKey }),
  'InvalidTagValue.Malformed': executions({ Tag: longTag }),
  'NumberExceed.Tags': executions({ Tag: manyTags }),
  'Duplicate.TagKey': executions({ Tag: twinTags }),
  'Invalid.NextToken': executions({ NextToken: 'AAAA' }),
  'InvalidImagePipeline.NotFound': executions({}),
  'InvalidRegionId.NotFound': executions({ RegionId: 'cn-atlantis' }),
}

const cancel = calling('CancelImagePipelineExecution', { ...here, ExecutionId: 'exec-none' })
export const cancelImagePipelineExecution: Refusals = {
  MissingParameter: cancel({ ExecutionId: '' }),
  InvalidParameter: cancel({ ClientToken: 'none is taken' }),
  'InvalidRegionId.NotFound': cancel({ RegionId: 'cn-atlantis' }),
  'InvalidImagePipelineExecutionId.NotFound': cancel({}),
  'InvalidStatus.CancelFailed': async (service) => {
    const ExecutionId = await started(service, await template(service))
    await service.settle()
    await cancel({ ExecutionId })(service)
  },
  'InvalidStatus.ImagePipelineExecution': async (service) => {
    const ExecutionId = await started(service, await template(service))
    await cancel({ ExecutionId })(service)
    await cancel({ ExecutionId })(service)
  },
}
