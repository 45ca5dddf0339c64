import { mkdtempSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { ImageBuilder } from '../../src/imagebuilder/image-builder.js'
import { openImageBuilder, replay } from '../../src/index.js'
import { record } from '../../src/record/record.js'

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'bakeline-up-to-test-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

/** A file with an execution that copied to two regions, of which one failed at first. */
async function copied(act?: (builder: ImageBuilder, id: string) => Promise<unknown>) {
  const place = folder()
  const db = join(place, 'live.db')
  const fail = { code: 'Throttling', message: 'too many at once' }
  const builder = await openImageBuilder({
    db,
    seed: 1,
    worker: false,
    clock: 'virtual@2026-03-14T09:24:00Z',
    plan: [{ task: 'copyImage', region: 'cn-beijing', attempt: 1, fail }],
  })
  onTestFinished(() => builder.engine.close())
  const { ImagePipelineId } = await builder.createTemplate({
    Name: 'web',
    RegionId: 'cn-hangzhou',
    BaseImageType: 'IMAGE',
    BaseImage: 'aliyun_3_x64_20G_alibase_20240819.vhd',
    ToRegionId: ['cn-beijing', 'cn-shanghai', 'cn-shenzhen'],
    AddAccount: ['1203948579120394'],
  })
  const started = { RegionId: 'cn-hangzhou', ImagePipelineId }
  const { ExecutionId: id } = await builder.startExecution(started)
  await act?.(builder, id)
  await builder.engine.advance('1h')
  return { builder, db, id, place, started }
}

/** Records without their numbers among all of the file. */
const told = async ({ engine }: ImageBuilder, id: string) =>
  (await engine.history(id)).map(({ seq, at, kind, body }) => ({ seq, at, kind, body }))

/** The records that a scenario replays to, by a fresh replay into a file. */
async function replayed(scenario: string, id: string, db: string) {
  const file = `${db}.yaml`
  await writeFile(file, scenario)
  const { beats } = await replay(file, { db })
  const builder = await openImageBuilder({ db, worker: false })
  onTestFinished(() => builder.engine.close())
  return {
    failures: beats.flatMap((beat) => beat.failures),
    builder,
    records: await told(builder, id),
  }
}

describe('a scenario up to a step', () => {
  test('replays to the same records and state, at every step', async () => {
    const { builder, db, id, place } = await copied()
    const all = await told(builder, id)
    expect(all.length).toBeGreaterThan(9)
    for (let step = 1; step <= all.length; step++) {
      const recording = await record(db, { executions: [id], step })
      expect(recording).toMatchObject({ same: true, difference: null, records: step })
      const { failures, records } = await replayed(
        recording.scenario,
        id,
        join(place, `${step}.db`),
      )
      expect(failures).toEqual([])
      expect(records).toEqual(all.slice(0, step))
    }
  })

  test('goes on as it went when it is played on', async () => {
    const { builder, db, id, place } = await copied()
    const all = await told(builder, id)
    const { scenario } = await record(db, { executions: [id], step: 3 })
    const past = await replayed(scenario, id, join(place, 'on.db'))
    await past.builder.engine.advance('2h')
    expect(await told(past.builder, id)).toEqual(all)
  })

  test('before a cancel knows nothing of it, and with it does', async () => {
    const { builder, db, id } = await copied(async (builder, ExecutionId) => {
      await builder.engine.advance('90s')
      await builder.cancelExecution({ RegionId: 'cn-hangzhou', ExecutionId })
    })
    const all = await told(builder, id)
    const cancel = all.findIndex(({ body }) => body.includes('"CANCEL"')) + 1
    const before = await record(db, { executions: [id], step: cancel - 1 })
    expect(before.scenario).not.toContain('cancel: web')
    const after = await record(db, { executions: [id], step: cancel })
    expect(after.scenario).toContain('cancel: web')
    expect(after.scenario).toContain('status: CANCELLING')
    expect([before.same, after.same]).toEqual([true, true])
  })

  test('says what is not there', async () => {
    const { db, id } = await copied()
    await expect(record(db, { executions: [id], step: 99 })).rejects.toThrow(
      /has \d+ steps: ask for one from 1/,
    )
    await expect(record(db, { executions: ['exec-no'], step: 1 })).rejects.toThrow('exec-no')
    await expect(record(db, { step: 1 })).rejects.toThrow('name the one')
  })
})
