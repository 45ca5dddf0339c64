import type { ExecutionInput } from '../../machines/execution-context.js'
import type { EventData } from '../../src/core/effects.js'
import { doneEvent, errorEvent } from '../../src/core/history.js'

const regions = ['cn-beijing', 'cn-zhangjiakou', 'cn-shanghai']

/** What an execution with tests, three copies and two accounts begins with. */
export function inputOf(n: number): ExecutionInput {
  return {
    executionId: `exec-${n}`,
    templateId: 'ip-1',
    region: 'cn-hangzhou',
    account: '1234567890123456',
    imageId: 'm-1',
    imageName: 'web',
    imageFamily: 'web',
    osType: 'linux',
    baseImage: 'aliyun_3',
    instanceType: 'ecs.g6.large',
    repairMode: null,
    hasTests: true,
    copies: regions.map((region) => ({ region, imageId: `m-${region}` })),
    accounts: ['1111111111111111', '2222222222222222'],
    deleteInstanceOnFailure: true,
  }
}

/** The ends of its tasks, the last copy failing for good. */
export const events: readonly EventData[] = [
  ...['prepareInstance', 'buildImage', 'testImage'].map((task) => doneEvent(task, null)),
  doneEvent(`copy.${regions[0]}`, null),
  doneEvent(`copy.${regions[1]}`, null),
  errorEvent(`copy.${regions[2]}`, { name: 'Error', code: 'CopyFailed', message: 'no capacity' }),
  ...['cn-hangzhou', ...regions.slice(0, 2)].map((region) => doneEvent(`share.${region}.1`, null)),
  doneEvent('releaseResources', null),
]

/** With the one that begins it. */
export const stepsOf = events.length + 1
