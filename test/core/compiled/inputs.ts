import type { Json } from '../../../src/core/json.js'
import type { Chance } from './chance.js'

/** What an execution of ours may begin with. */
export function executionInput(chance: Chance): Json {
  const regions = ['cn-beijing', 'cn-zhangjiakou', 'cn-shanghai'].slice(0, chance.below(4))
  return {
    executionId: 'exec-1',
    templateId: 'ip-1',
    region: 'cn-hangzhou',
    account: '1234567890123456',
    imageId: 'm-1',
    imageName: 'web',
    imageFamily: '',
    osType: 'linux',
    baseImage: 'aliyun_3',
    instanceType: 'ecs.g6.large',
    repairMode: chance.once(2) ? null : 'Standard',
    hasTests: chance.once(2),
    copies: regions.map((region) => ({ region, imageId: `m-${region}` })),
    accounts: Array.from({ length: chance.below(13) }, (_, index) => `account-${index}`),
    deleteInstanceOnFailure: chance.once(2),
  }
}

/** What a call may want an image for. */
export function imageInput(chance: Chance): Json {
  const image = { executionId: 'exec-1', region: 'cn-hangzhou', imageId: 'm-1', imageName: 'web' }
  return chance.once(2)
    ? { kind: 'create', task: { ...image, instanceId: 'i-1', snapshotIds: [] } }
    : { kind: 'copy', task: { ...image, sourceRegion: 'cn-beijing', sourceImageId: 'm-2' } }
}
