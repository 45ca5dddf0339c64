import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { replayScenario } from '../../src/compose.js'
import { createEmulator } from '../../src/emulator/index.js'
import { record } from '../../src/record/record.js'
import { loadScenario } from '../../src/simulate/scenario/load.js'

const RegionId = 'cn-hangzhou'
const BaseImage = 'aliyun_3_x64_20G_alibase_20240819.vhd'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bakeline-record-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const path = (name: string): string => join(folder, name)

/** An emulator in which a component, two templates and three executions came and went, or go on. */
async function busyEmulator() {
  const emulator = await createEmulator({
    port: 0,
    db: path('busy.db'),
    clock: 'virtual@2026-01-05T02:00:00Z',
    plan: [{ task: 'copyImage', attempt: 1, duration: '77s', fail: { code: 'Busy' } }],
  })
  const { imageBuilder: builder, clock } = emulator
  const { ImageComponentId } = await builder.createComponent({ RegionId, Content: 'RUN true' })
  const template = {
    RegionId,
    BaseImageType: 'IMAGE',
    BaseImage,
    BuildContent: `COMPONENT ${ImageComponentId}`,
    ToRegionId: ['cn-beijing'],
    AddAccount: ['1284387915995949'],
  }
  const web = await builder.createTemplate({ ...template, Name: 'web' })
  const other = await builder.createTemplate({ ...template, Name: 'other' })
  const first = await builder.startExecution({ RegionId, ...web })
  await clock.advance('30m500ms')
  const second = await builder.startExecution({ RegionId, ...web })
  await clock.advance('123456ms')
  await builder.cancelExecution({ RegionId, ExecutionId: second.ExecutionId })
  const third = await builder.startExecution({ RegionId, ...other })
  await clock.advance('9m')
  const last = await builder.engine.read((reader) => reader.counter('record'))
  return { emulator, last, ids: [first, second, third].map(({ ExecutionId }) => ExecutionId) }
}

/** The records of a recording's replay: what is not a command. */
async function replayedRecords(scenario: string): Promise<readonly string[]> {
  const { trace } = await replayScenario(loadScenario(scenario, 'x.yaml'), ':memory:')
  return trace.filter((line) => !/^\S+ > /.test(line))
}

describe('executions of one run', () => {
  it('are recorded alike from the file, the server and the saved event stream', async () => {
    const { emulator, ids, last } = await busyEmulator()
    const events = await eventsUpTo(`${emulator.url}/_bakeline/events?after=0`, last)
    writeFileSync(path('events.txt'), events)
    const lines = [...events.matchAll(/^data: (\{"n".*)$/gm)].map(([, data]) => data)
    writeFileSync(path('events.jsonl'), `${lines.join('\n')}\n`)
    const served = await record(`${emulator.url}/`)
    await emulator.close()
    const filed = await record(path('busy.db'))
    const streamed = await record(path('events.txt'))
    const listed = await record(path('events.jsonl'))
    for (const each of [served, filed, streamed, listed]) {
      expect(each).toMatchObject({ same: true, difference: null, executions: 3 })
    }
    // The file has no seed, so that its random ids stand in the scenario.
    expect(filed.scenario).toContain(`web: ${ids[0]}\n    web#2: ${ids[1]}\n    other: ${ids[2]}\n`)
    const records = await replayedRecords(filed.scenario)
    expect(await replayedRecords(served.scenario)).toEqual(records)
    expect(await replayedRecords(streamed.scenario)).toEqual(records)
    expect(await replayedRecords(listed.scenario)).toEqual(records)
    expect(records.join('\n')).toContain(ids[2])
    expect(served.scenario).toContain('status: RELEASING')
    expect(streamed.scenario).not.toContain('components:')
  })

  it('are recorded one by one, too', async () => {
    const { emulator, ids } = await busyEmulator()
    await emulator.close()
    const one = await record(path('busy.db'), { executions: [ids[1] as string] })
    expect(one).toMatchObject({ same: true, executions: 1, notes: [] })
    expect(one.scenario).toContain('status: CANCELLED')
    expect(one.scenario).not.toContain('other:')
  })
})

describe('an execution that waited for a slot', () => {
  it('is recorded with those that it waited for', async () => {
    const scenario = loadScenario(
      readFileSync(new URL('../../scenarios/limits/copies-queue.yaml', import.meta.url), 'utf8'),
      'x.yaml',
    )
    await replayScenario(scenario, path('queue.db'))
    const all = await record(path('queue.db'))
    const ids = [...all.scenario.matchAll(/start: (\S+)/g)].map(([, name]) => name)
    expect(ids).toHaveLength(6)
    const { trace } = await replayScenario(scenario, ':memory:')
    const waited = trace.find((line) => line.includes('"phase":"slot"'))?.split(' ')[2] as string
    const one = await record(path('queue.db'), { executions: [waited] })
    expect(one).toMatchObject({ same: true, executions: 6 })
    expect(one.notes).toEqual([expect.stringMatching(/^With exec-.*: they copied to the same/)])
  })
})

describe('what cannot be recorded says why:', () => {
  it('nothing there', async () => {
    await expect(record(path('none.db'))).rejects.toThrow(/none\.db does not exist/)
    await expect(record('http://127.0.0.1:1')).rejects.toThrow(/does not answer: .*bakeline serve/)
  })

  it('something else', async () => {
    writeFileSync(path('x.txt'), 'hello\n')
    await expect(record(path('x.txt'))).rejects.toThrow(/is neither a database of Bakeline, nor/)
  })

  it('an execution that is not there, or none', async () => {
    const { emulator } = await busyEmulator()
    await expect(record(emulator.url, { executions: ['exec-1'] })).rejects.toThrow(
      /there is no execution "exec-1"/,
    )
    await emulator.reset()
    await expect(record(emulator.url)).rejects.toThrow(/there is no execution to record/)
    await emulator.close()
  })

  it('an execution that was ended by force', async () => {
    const { emulator, ids } = await busyEmulator()
    await emulator.imageBuilder.endExecution(ids[2] as string)
    await emulator.close()
    await expect(record(path('busy.db'))).rejects.toThrow(/was ended by force: no scenario can/)
  })

  it('executions whose stream began in their middle', async () => {
    const middle = { n: 2, execution: 'exec-1', seq: 2, at: '2026-01-05T02:00:00Z', kind: 'step' }
    const body = { event: { type: 'CANCEL' }, value: 'cancel', effects: '' }
    writeFileSync(path('events.jsonl'), `${JSON.stringify({ ...middle, body })}\n`)
    await expect(record(path('events.jsonl'))).rejects.toThrow(/there is no execution to record/)
  })
})

/** The text of an event stream up to the event of a number. */
async function eventsUpTo(url: string, last: number): Promise<string> {
  const controller = new AbortController()
  const answer = await fetch(url, { signal: controller.signal })
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true })
    if (text.endsWith('\n\n') && text.includes(`id: ${last}\n`)) break
  }
  controller.abort()
  return text
}
