import type { Json } from '../../src/core/json.js'

/** What the image machine is started with: three regions and an account to share with. */
export const input: Json = {
  executionId: 'exec-5fb8facb8ed7427c0a1b',
  templateId: 'ip-2ze5fb8facb8ed7427c0',
  region: 'cn-hangzhou',
  account: '1234567890123456',
  imageId: 'm-bp15fb8facb8ed7427c0',
  imageName: 'measured_exec-5fb8facb8ed7427c0a1b',
  imageFamily: '',
  osType: 'linux',
  baseImage: 'aliyun_3_x64_20G_alibase_20240819.vhd',
  instanceType: 'ecs.g6.large',
  repairMode: null,
  hasTests: true,
  copies: [
    { region: 'cn-beijing', imageId: 'm-2ze5fb8facb8ed7427c0' },
    { region: 'cn-zhangjiakou', imageId: 'm-8vb5fb8facb8ed7427c0' },
  ],
  accounts: ['1284387915995949'],
  deleteInstanceOnFailure: true,
}
