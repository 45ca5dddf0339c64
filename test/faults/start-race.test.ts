import { execFile } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openImageBuilder } from '../../src/compose.js'
import type { ImageBuilder } from '../../src/imagebuilder/image-builder.js'
import { compiled } from '../helpers/programs.js'
import { temporaryFolder } from '../store/folder.js'
import { boundMs, type Child, crew } from './child.js'
import { Barrier } from './children/barrier.js'
import type { Ended } from './children/racing.js'
import { rows, unsound } from './invariants.js'

const path = temporaryFolder()
const db = path('race.db')
const count = 16
const region = 'cn-hangzhou'

let builder: ImageBuilder
let template: string
let children: readonly Child[]

beforeAll(async () => {
  builder = await openImageBuilder({ db, clock: 'virtual', worker: false })
  const made = await builder.createTemplate({
    RegionId: region,
    Name: 'web',
    BaseImageType: 'IMAGE',
    BaseImage: 'aliyun_3_x64_20G_alibase_20240819.vhd',
  })
  template = made.ImagePipelineId
  children = await crew(count, 'racing', [db])
})

afterAll(() => builder?.engine.close())

/** One has started it; all others are told who. */
function oneWins(ended: readonly Ended[]): void {
  const codes = ended.map(({ code }) => code).sort((a, b) => a - b)
  expect(codes, ended.map(({ err }) => err).join('')).toEqual([0, ...Array(count - 1).fill(3)])
  const live = rows<{ id: string }>(db, 'SELECT id FROM execution WHERE outcome IS NULL')
  expect(live.length).toBe(1)
  const winner = live[0]?.id as string
  for (const { code, out, err } of ended) {
    if (code === 0) expect(out).toContain(winner)
    else {
      expect(err).toContain('InvalidImagePipeline.HasRunningExecution')
      expect(err).toContain(winner)
      expect(out).toBe('')
    }
  }
  const [begun] = rows(
    db,
    `SELECT (SELECT count(*) FROM record WHERE execution = e.n) AS records,
       (SELECT count(*) FROM work WHERE execution = e.n) AS work
     FROM execution e WHERE outcome IS NULL`,
  )
  expect(begun).toEqual({ records: 1, work: 1 })
  expect(unsound(db)).toEqual([])
}

/** Nobody but this process moves the clock. */
async function end(): Promise<void> {
  const [live] = await builder.engine.list({ live: true })
  await builder.cancelExecution({ RegionId: region, ExecutionId: live?.id })
  await builder.engine.advance('10m')
  expect(await builder.engine.list({ live: true })).toEqual([])
}

async function all(barrier: Barrier): Promise<void> {
  const until = Date.now() + boundMs
  while (!barrier.full) {
    if (Date.now() > until) throw new Error('not all processes came to the barrier')
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** `bakeline start … --detach` as a process of its own. */
function command(): Promise<Ended> {
  return new Promise((resolve) => {
    const argv = [compiled('src/cli/main'), 'start', template, '--db', db, '--detach']
    const child = execFile(process.execPath, argv, { timeout: boundMs }, (_, out, err) =>
      resolve({ code: child.exitCode ?? -1, out, err }),
    )
  })
}

describe('sixteen processes that start one template at once', () => {
  it('have one winner in each of 50 rounds, whom the others are told', async () => {
    for (let round = 1; round <= 50; round++) {
      const ended = await Promise.all(
        children.map((child) => child.ask<Ended>({ do: 'start', template })),
      )
      oneWins(ended)
      await end()
    }
    const executions = await builder.engine.list({ limit: 1_000 })
    expect(executions.map(({ status }) => status)).toEqual(Array(50).fill('CANCELLED'))
    expect(await builder.engine.verify()).toEqual([])
  })

  it('have one winner when all stand before the lock of the file already', async () => {
    for (let round = 1; round <= 10; round++) {
      const file = path()
      const barrier = new Barrier(file, count)
      const racing = children.map((child, place) =>
        child.ask<Ended>({ do: 'startAtTheLock', template, barrier: file, place }),
      )
      await all(barrier)
      barrier.open()
      oneWins(await Promise.all(racing))
      await end()
    }
  })

  it('have one winner when each is a command of its own', async () => {
    for (let round = 1; round <= 2; round++) {
      oneWins(await Promise.all(Array.from({ length: count }, command)))
      await end()
    }
  })
})
