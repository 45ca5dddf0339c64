import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createEmulator, type Emulator, type EmulatorOptions } from '../../src/index.js'

async function emulatorOf(options: EmulatorOptions = {}): Promise<Emulator> {
  const emulator = await createEmulator({ log: () => undefined, ...options })
  onTestFinished(() => emulator.close())
  return emulator
}

async function healthOf({ url }: Emulator): Promise<Readonly<Record<string, unknown>>> {
  const response = await fetch(`${url}/_bakeline/health`)
  return (await response.json()) as Readonly<Record<string, unknown>>
}

describe('an emulator in this process', () => {
  test('listens on a free port of this machine, with a clock that stands still', async () => {
    const emulator = await emulatorOf({ clock: 'virtual@2026-01-05T02:00:00Z' })
    expect(emulator.url).toBe(`http://127.0.0.1:${emulator.port}`)
    expect(emulator.endpoint).toBe(`127.0.0.1:${emulator.port}`)
    expect(await emulator.clock.advance('10m')).toMatchObject({ done: 0 })
    expect(await emulator.clock.jump()).toBeNull()
    expect(await healthOf(emulator)).toMatchObject({ now: '2026-01-05T02:10:00.000Z' })
    await emulator.clock.scale(1_000)
    expect(await healthOf(emulator)).toMatchObject({ clock: 'scale=1000' })
    await emulator.clock.pause()
    expect(await healthOf(emulator)).toMatchObject({ clock: 'virtual' })
  })

  test('is closed once, and says so afterwards', async () => {
    const emulator = await emulatorOf()
    await Promise.all([emulator.close(), emulator.close(), emulator[Symbol.asyncDispose]()])
    await expect(fetch(emulator.url)).rejects.toThrow()
    expect(() => emulator.imageBuilder).toThrow('the emulator is closed')
  })

  test('leaves the globals of this process as they are', async () => {
    const { Request: before, Response: after } = globalThis
    await emulatorOf()
    expect([globalThis.Request, globalThis.Response]).toEqual([before, after])
  })

  test('is the same behind its port and in process, before and after a reset', async () => {
    const emulator = await emulatorOf({ seed: 1 })
    emulator.throttle.perMinute = 1
    const describeNothing = `${emulator.url}/?Action=DescribeImagePipelines&Version=2014-05-26&AccessKeyId=x&RegionId=cn-hangzhou`
    const statuses = async (): Promise<readonly number[]> => [
      (await fetch(describeNothing)).status,
      (await fetch(describeNothing)).status,
    ]
    expect(await statuses()).toEqual([200, 400])
    await emulator.reset()
    expect(await statuses()).toEqual([200, 200])
    emulator.faults.add({ drop: 'request' })
    await expect(fetch(describeNothing)).rejects.toThrow()
    emulator.faults.clear()
    await emulator.progression.set('immediate')
    expect(await emulator.progression.get()).toMatchObject({ default: { mode: 'immediate' } })
  })

  test('keeps what it is told to keep in a file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bakeline-emulator-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const db = join(folder, 'a.db')
    const before = await emulatorOf({ db, clock: 'virtual' })
    const template = {
      RegionId: 'cn-hangzhou',
      BaseImageType: 'IMAGE',
      BaseImage: 'aliyun_3_x64_20G_alibase_20240819.vhd',
    }
    const made = await before.imageBuilder.createTemplate(template)
    await before.close()
    const after = await emulatorOf({ db })
    expect(await after.imageBuilder.templates()).toMatchObject([made])
    await after.reset()
    expect(await after.imageBuilder.templates()).toEqual([])
    expect((await after.imageBuilder.engine.clock()).state.mode).toBe('virtual')
  })
})

describe('a port that cannot be had', () => {
  test('is refused in words, and nothing stays open', async () => {
    const { port } = await emulatorOf()
    await expect(createEmulator({ port })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: `port ${port} is taken: name another with --port, or 0 to have one picked`,
    })
  })

  test('is one for other machines while the world has no keys', async () => {
    const refused = createEmulator({ host: '0.0.0.0' })
    await expect(refused).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    const account = '1234567890123456'
    const key = {
      AccessKeyId: 'LTAI5tKeyOfThisTest0001',
      AccessKeySecret: 'secretsecretsecret',
      account,
    }
    const keyed = await emulatorOf({ host: '0.0.0.0', world: { accessKeys: [key] } })
    const health = await fetch(`http://127.0.0.1:${keyed.port}/_bakeline/health`)
    expect(await health.json()).toMatchObject({ accessKeys: true })
  })
})
