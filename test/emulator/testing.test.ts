import { expect } from 'vitest'
import { emulatorTest, executionOf } from '../../src/testing/index.js'

const RegionId = 'cn-hangzhou'
const test = emulatorTest({ seed: 7, clock: 'virtual@2026-01-05T02:00:00Z' })

const web = {
  RegionId,
  BaseImageType: 'IMAGE',
  BaseImage: 'aliyun_3_x64_20G_alibase_20240819.vhd',
  ToRegionId: ['cn-beijing'],
  AddAccount: ['1284387915995949'],
}

test('an execution is moved to a status, and remembers the ones before', async ({ emulator }) => {
  const { ImagePipelineId } = await emulator.imageBuilder.createTemplate(web)
  const { ExecutionId } = await emulator.imageBuilder.startExecution({ RegionId, ImagePipelineId })
  const execution = executionOf(emulator, ExecutionId)
  await expect(execution).toReachStatus('BUILDING')
  await expect(execution).toHaveVisited(['PREPARING', 'BUILDING'])
  await expect(execution).not.toBeSharedWith('1284387915995949')
  await expect(execution).toReachStatus('SUCCESS', { within: '1h' })
  await expect(execution).toHaveImagesIn(['cn-beijing', 'cn-hangzhou'])
  await expect(execution).toBeSharedWith('1284387915995949')
  await expect(execution).not.toBeSharedWith('1284387915995949', '1')
})

test('the next test begins anew, with the same ids and at the same time', async ({ emulator }) => {
  expect(await emulator.imageBuilder.templates()).toEqual([])
  expect((await emulator.clock.now()).toISOString()).toBe('2026-01-05T02:00:00.000Z')
  const first = await emulator.imageBuilder.createTemplate(web)
  await emulator.clock.advance('1h')
  await emulator.reset()
  expect((await emulator.clock.now()).toISOString()).toBe('2026-01-05T02:00:00.000Z')
  expect(await emulator.imageBuilder.createTemplate(web)).toEqual(first)
})

test('a matcher says what was found instead', async ({ emulator }) => {
  const { ImagePipelineId } = await emulator.imageBuilder.createTemplate(web)
  const { ExecutionId } = await emulator.imageBuilder.startExecution({ RegionId, ImagePipelineId })
  const failing = expect(executionOf(emulator, ExecutionId)).toReachStatus('TESTING')
  await expect(failing).rejects.toThrow(
    /to reach TESTING; found: SUCCESS, after PREPARING, BUILDING, DISTRIBUTING, RELEASING, SUCCESS/,
  )
})

const running = emulatorTest({ clock: 'scale=100000' })

running('a clock that runs by itself is waited for', async ({ emulator }) => {
  const { ImagePipelineId } = await emulator.imageBuilder.createTemplate(web)
  const { ExecutionId } = await emulator.imageBuilder.startExecution({ RegionId, ImagePipelineId })
  await expect(executionOf(emulator, ExecutionId)).toReachStatus('SUCCESS')
})
