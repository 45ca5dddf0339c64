import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { fork } from '../src/fork.js'
import { createEmulator, openImageBuilder } from '../src/index.js'

const template = {
  RegionId: 'cn-hangzhou',
  BaseImageType: 'IMAGE',
  BaseImage: 'aliyun_3_x64_20G_alibase_20240819.vhd',
  ToRegionId: ['cn-beijing'],
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'bakeline-fork-test-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

/** A file in which an execution builds, on a clock that runs. */
async function building() {
  const place = folder()
  const db = join(place, 'live.db')
  const builder = await openImageBuilder({ db, seed: 1, worker: false })
  onTestFinished(() => builder.engine.close())
  const { ImagePipelineId } = await builder.createTemplate(template)
  const { ExecutionId } = await builder.startExecution({
    RegionId: 'cn-hangzhou',
    ImagePipelineId,
  })
  return { place, db, builder, id: ExecutionId }
}

async function opened(options: Parameters<typeof fork>[0]) {
  const builder = await fork(options)
  onTestFinished(() => builder.engine.close())
  return builder
}

describe('a fork of a file', () => {
  test('stands still, and is played on while the original goes its own way', async () => {
    const { place, db, builder, id } = await building()
    const copy = await opened({ from: db, to: join(place, 'fork.db') })
    expect((await copy.engine.clock()).state.mode).toBe('virtual')
    await copy.engine.advance('1h')
    expect(await copy.execution(id)).toMatchObject({ Status: 'SUCCESS' })
    expect(await builder.execution(id)).toMatchObject({ Status: 'PREPARING' })
    expect((await builder.engine.clock()).state.mode).toBe('scaled')
  })

  test('takes rules for what begins from now on', async () => {
    const { place, db, id } = await building()
    const fails = { code: 'CopyFailed', message: 'no capacity' }
    const plan = [
      { task: 'prepareInstance', fail: 'too late for this one' },
      { task: 'copyImage', region: 'cn-beijing', fail: fails },
    ] as const
    const copy = await opened({ from: db, to: join(place, 'fork.db'), plan })
    await copy.engine.advance('1h')
    expect(await copy.execution(id)).toMatchObject({
      Status: 'PARTITION_SUCCESS',
      ErrorCode: 'CopyFailed',
    })
  })

  test('goes to a file that is not there yet, from one that is', async () => {
    const { place, db } = await building()
    await expect(fork({ from: db, to: db })).rejects.toMatchObject({ code: 'STORE' })
    await expect(
      fork({ from: join(place, 'none.db'), to: join(place, 'fork.db') }),
    ).rejects.toMatchObject({ code: 'STORE', details: { reason: 'missing' } })
  })
})

describe('a fork of a running server', () => {
  test('is fetched through its control API, and leaves no snapshot there', async () => {
    const emulator = await createEmulator({ seed: 1, clock: 'scale=0.001' })
    onTestFinished(() => emulator.close())
    const { ImagePipelineId } = await emulator.imageBuilder.createTemplate(template)
    const { ExecutionId } = await emulator.imageBuilder.startExecution({
      RegionId: 'cn-hangzhou',
      ImagePipelineId,
    })
    const to = join(folder(), 'fork.db')
    const copy = await opened({ from: emulator.url, to })
    await copy.engine.advance('1h')
    expect(await copy.execution(ExecutionId)).toMatchObject({ Status: 'SUCCESS' })
    expect(await emulator.imageBuilder.execution(ExecutionId)).toMatchObject({
      Status: 'PREPARING',
    })
    const left = await fetch(`${emulator.url}/_bakeline/snapshots`)
    expect(await left.json()).toEqual({ snapshots: [] })
    await expect(fork({ from: emulator.url, to })).rejects.toMatchObject({
      code: 'STORE',
      message: `${to} is there already: name a new file`,
    })
  })

  test('says so when nobody answers, or somebody else', async () => {
    const emulator = await createEmulator()
    const { url } = emulator
    await expect(
      fork({ from: `${url}/`, to: join(folder(), 'no', 'such', 'folder.db') }),
    ).rejects.toThrow(/ENOENT/)
    await emulator.close()
    await expect(fork({ from: url, to: join(folder(), 'fork.db') })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining(`${url} cannot be reached: `) as string,
    })
  })
})
