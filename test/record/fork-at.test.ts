import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { forkAt } from '../../src/record/fork-at.js'
import type { ImageBuilder } from '../../src/imagebuilder/image-builder.js'
import { openImageBuilder } from '../../src/index.js'

const throttled = { code: 'Throttling', message: 'too many at once' }

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'bakeline-fork-at-test-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

/** A file with an execution that copied to two regions, of which one failed at first. */
async function copied(act?: (builder: ImageBuilder, id: string) => Promise<unknown>) {
  const place = folder()
  const db = join(place, 'live.db')
  const builder = await openImageBuilder({
    db,
    seed: 1,
    worker: false,
    clock: 'virtual@2026-03-14T09:24:00Z',
    plan: [{ task: 'copyImage', region: 'cn-beijing', attempt: 1, fail: throttled }],
  })
  onTestFinished(() => builder.engine.close())
  const { ImagePipelineId } = await builder.createTemplate({
    RegionId: 'cn-hangzhou',
    BaseImageType: 'IMAGE',
    BaseImage: 'aliyun_3_x64_20G_alibase_20240819.vhd',
    ToRegionId: ['cn-beijing', 'cn-shanghai'],
    AddAccount: ['1203948579120394'],
  })
  const { ExecutionId: id } = await builder.startExecution({
    RegionId: 'cn-hangzhou',
    ImagePipelineId,
  })
  await act?.(builder, id)
  await builder.engine.advance('1h')
  return { builder, db, id, to: (name: string) => join(place, `${name}.db`) }
}

async function at(options: Parameters<typeof forkAt>[0]): Promise<ImageBuilder> {
  const builder = await forkAt(options)
  onTestFinished(() => builder.engine.close())
  return builder
}

/** Records without their numbers among all of the file. */
const told = async ({ engine }: ImageBuilder, id: string) =>
  (await engine.history(id)).map(({ seq, at, kind, body }) => ({ seq, at, kind, body }))

describe('a fork from an earlier step', () => {
  test('has the records up to it, at every step, and goes on as it went', async () => {
    const { builder, db, id, to } = await copied()
    const all = await told(builder, id)
    expect(all.length).toBeGreaterThan(7)
    for (let step = 1; step <= all.length; step += 2) {
      const past = await at({ from: db, to: to(`at-${step}`), execution: id, step })
      expect(await told(past, id)).toEqual(all.slice(0, step))
      expect((await past.engine.clock()).now).toBe(all[step - 1]?.at)
      await past.engine.advance('2h')
      expect(await told(past, id)).toEqual(all)
    }
  })

  test('takes rules for what begins after it: the past is another’s, the future is one’s own', async () => {
    const { builder, db, id, to } = await copied()
    const fails = [{ task: 'copyImage', region: 'cn-shanghai', fail: 'outage' }] as const
    const past = await at({ from: db, to: to('if'), execution: id, step: 2, plan: fails })
    await past.engine.advance('3h')
    expect(await past.execution(id)).toMatchObject({ Status: 'PARTITION_SUCCESS' })
    expect(await builder.execution(id)).toMatchObject({ Status: 'SUCCESS' })
  })

  test('before a cancel knows nothing of it, and after it does', async () => {
    const { builder, db, id, to } = await copied(async (builder, ExecutionId) => {
      await builder.engine.advance('90s')
      await builder.cancelExecution({ RegionId: 'cn-hangzhou', ExecutionId })
    })
    const all = await told(builder, id)
    const cancel = all.findIndex(({ body }) => body.includes('"CANCEL"')) + 1
    const before = await at({ from: db, to: to('before'), execution: id, step: cancel - 1 })
    await before.engine.advance('2h')
    expect(await before.execution(id)).toMatchObject({ Status: 'SUCCESS' })
    const after = await at({ from: db, to: to('after'), execution: id, step: cancel })
    expect(await after.execution(id)).toMatchObject({ Status: 'CANCELLING' })
    expect(await told(after, id)).toEqual(all.slice(0, cancel))
  })

  test('says what is not there, and leaves nothing behind', async () => {
    const { db, id, to } = await copied()
    const wrong = { from: db, to: to('wrong'), execution: id }
    await expect(forkAt({ ...wrong, step: 99 })).rejects.toThrow(
      /has \d+ steps: ask for one from 1/,
    )
    await expect(forkAt({ ...wrong, execution: 'exec-no', step: 1 })).rejects.toThrow('exec-no')
    expect(existsSync(to('wrong'))).toBe(false)
    await expect(forkAt({ from: db, to: db, execution: id, step: 1 })).rejects.toThrow('is there')
  })
})
