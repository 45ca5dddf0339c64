import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { openImageBuilder } from '../../src/index.js'
import { Served, start } from './server.js'

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'bakeline-served-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

describe.each(['in memory', 'in a file'])('a state %s', (where) => {
  const open = (): Promise<Served> =>
    Served.open(where === 'in memory' ? {} : { db: join(folder(), 'test.db') })

  test('is put aside and taken back', async () => {
    const served = await open()
    const { execution } = await served.begun()
    await served.control('POST /clock/jump')
    const saved = await served.control('POST /snapshots', { name: 'building' })
    expect(saved.body).toMatchObject({ name: 'building', bytes: expect.any(Number) as number })
    await served.control('POST /clock/advance', { by: '1h' })
    expect(await served.status(execution)).toBe('SUCCESS')
    expect((await served.control('POST /snapshots/building/load')).status).toBe(204)
    expect(await served.status(execution)).toBe('BUILDING')
    expect((await served.control('GET /clock')).body['now']).toBe('2026-01-05T02:01:00.000Z')
    await served.control('POST /clock/advance', { by: '1h' })
    expect(await served.status(execution)).toBe('SUCCESS')
    const { snapshots } = (await served.control('GET /snapshots')).body
    expect(snapshots).toMatchObject([{ name: 'building' }])
    expect((await served.control('DELETE /snapshots/building')).status).toBe(204)
    expect((await served.control('GET /snapshots')).body).toEqual({ snapshots: [] })
  })

  test('is not put aside over another of that name', async () => {
    const served = await open()
    await served.control('POST /snapshots', { name: 'a' })
    const again = await served.control('POST /snapshots', { name: 'a' })
    expect([again.status, again.body['Message']]).toEqual([400, 'there is a snapshot "a" already'])
  })

  test('is forked into a time that stands still', async () => {
    const served = await open()
    const { execution } = await served.begun()
    await served.control('POST /clock/scale', { scale: 0.001 })
    expect((await served.control('POST /snapshots/fork', { name: 'what-if' })).status).toBe(200)
    expect((await served.control('GET /clock')).body['mode']).toBe('scaled')
    await served.control('POST /snapshots/what-if/load')
    expect((await served.control('GET /clock')).body['mode']).toBe('virtual')
    await served.control('POST /clock/advance', { by: '1h' })
    expect(await served.status(execution)).toBe('SUCCESS')
  })

  test('is forked from a step of an execution, which may have ended', async () => {
    const served = await open()
    const { execution } = await served.begun()
    await served.control('POST /clock/advance', { by: '1h' })
    expect(await served.status(execution)).toBe('SUCCESS')
    const past = { name: 'past', execution, step: 2 }
    expect((await served.control('POST /snapshots/fork', past)).status).toBe(200)
    expect(await served.status(execution)).toBe('SUCCESS')
    await served.control('POST /snapshots/past/load')
    expect(await served.status(execution)).toBe('BUILDING')
    expect((await served.control('GET /clock')).body).toMatchObject({
      mode: 'virtual',
      now: '2026-01-05T02:01:00.000Z',
    })
    await served.control('POST /clock/advance', { by: '1h' })
    expect(await served.status(execution)).toBe('SUCCESS')
  })

  test('is not forked from a step that is not there, nor of nobody, and leaves nothing', async () => {
    const served = await open()
    const { execution } = await served.begun()
    const fork = (more: object) =>
      served.control('POST /snapshots/fork', { name: 'past', execution, ...more })
    const beyond = await fork({ step: 99 })
    expect([beyond.status, beyond.body['Message']]).toEqual([
      400,
      `${execution} has 1 steps: ask for one from 1 to 1`,
    ])
    expect((await fork({ step: 0 })).status).toBe(400)
    expect((await fork({ step: 1, execution: 'exec-x' })).status).toBe(404)
    const half = await fork({})
    expect([half.status, half.body['Message']]).toEqual([
      400,
      'an execution and a step belong together',
    ])
    expect((await served.control('GET /snapshots')).body).toEqual({ snapshots: [] })
  })

  test('begins anew, also after another was loaded', async () => {
    const served = await open()
    const first = await served.begun()
    await served.control('POST /snapshots', { name: 'a' })
    await served.control('POST /snapshots/a/load')
    await served.control('POST /reset')
    expect((await served.control('GET /executions')).body).toEqual({ executions: [], next: null })
    expect(await served.begun()).toEqual(first)
  })
})

test('a snapshot is a file that the command line opens', async () => {
  const path = folder()
  const served = await Served.open({ snapshots: path })
  const { execution } = await served.begun()
  await served.control('POST /snapshots', { name: 'a' })
  const builder = await openImageBuilder({ db: join(path, 'a.db'), worker: false, mustExist: true })
  onTestFinished(() => builder.engine.close())
  expect(await builder.execution(execution)).toMatchObject({ Status: 'PREPARING' })
  expect(await builder.engine.verify()).toEqual([])
})

test('a file is found again as it was left', async () => {
  const db = join(folder(), 'test.db')
  const before = await Served.open({ db })
  const { execution } = await before.begun()
  await before.control('POST /clock/jump')
  await before.service.close()
  const after = await Served.open({ db, clock: start })
  expect(await after.status(execution)).toBe('BUILDING')
})

test('temporary snapshots are gone with the server', async () => {
  const path = folder()
  vi.stubEnv('TMPDIR', path)
  onTestFinished(() => void vi.unstubAllEnvs())
  const served = await Served.open()
  await served.control('POST /snapshots', { name: 'a' })
  expect(readdirSync(path)).toHaveLength(1)
  await served.service.close()
  expect(readdirSync(path)).toEqual([])
})
