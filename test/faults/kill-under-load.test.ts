import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { StepRecord } from '../../src/core/history.js'
import type { RecordRow } from '../../src/core/ports.js'
import type { Engine } from '../../src/engine/engine.js'
import { temporaryFolder } from '../store/folder.js'
import { Child } from './child.js'
import {
  busyDefinition,
  busyFailures,
  busySteps,
  poolLimit,
  simulateBusy,
} from './children/busy.js'
import { engineOnFile } from './children/engine-on.js'
import { Marker } from './children/marker.js'
import { rows, unsound } from './invariants.js'
import { again, randomFrom, runSeed } from './random.js'

const path = temporaryFolder()
const killsPerLane = 100
/** A process lives for up to so many batches. */
const longestLife = 10

interface Files {
  readonly db: string
  readonly keys: string
}

/** What a lane of kills came to. */
interface Lane {
  kills: number
  /** Of those, the ones in the midst of a batch. */
  inBatch: number
  /** The ones that came before the process had opened the file. */
  early: number
  readonly acknowledged: string
}

/** One process after the other works on the file until it is killed. */
async function killAndKill(name: string, { db, keys }: Files): Promise<Lane> {
  const random = randomFrom(runSeed + name.charCodeAt(0))
  const marker = path(`${name}.marker`)
  const lane: Lane = { kills: 0, inBatch: 0, early: 0, acknowledged: path(`${name}.begun`) }
  writeFileSync(lane.acknowledged, '')
  const mark = new Marker(marker)
  const args = [db, marker, keys, lane.acknowledged, name]
  const enough = (): boolean => lane.kills >= killsPerLane && lane.inBatch * 2 >= lane.kills
  while (!enough() && lane.kills < 2 * killsPerLane) {
    mark.clear()
    const child = new Child('loaded', args)
    if (random() < 0.05) {
      lane.early++
      await pause(random() * 200)
    } else {
      await child.next('being ready')
      await lived(mark, Math.floor(random() * longestLife))
      // Every other one is aimed at an open batch, and at any moment of it.
      if (random() < 0.5) untilOpen(mark, random() * 0.8)
    }
    await child.kill()
    lane.kills++
    if (mark.open) lane.inBatch++
  }
  mark.close()
  return lane
}

/** A life is as long as what was done in it, so that slow machines get as far as fast ones. */
async function lived(mark: Marker, batches: number): Promise<void> {
  const giveUp = Date.now() + 5_000
  while (mark.batches < batches && Date.now() < giveUp) await pause(1)
}

/** A random instant is what this is about: nothing waits for it but the kill. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

/** Looks without a break until a batch is open, then a little longer. */
function untilOpen(mark: Marker, furtherMs: number): void {
  const giveUp = performance.now() + 250
  while (!mark.open) if (performance.now() > giveUp) return
  const until = performance.now() + furtherMs
  while (performance.now() < until);
}

let engine: Engine
const files: Files = { db: path('load.db'), keys: path('keys') }
let lanes: readonly Lane[] = []

beforeAll(async () => {
  const now = Date.now()
  const clock = { mode: 'scaled', scale: 10, anchorWall: now, anchorFile: now } as const
  await engineOnFile(files.db, { machines: [], clock }).close()
  writeFileSync(files.keys, '')
  lanes = await Promise.all(['a', 'b'].map((name) => killAndKill(name, files)))
  engine = engineOnFile(files.db, {
    machines: [busyDefinition],
    simulate: simulateBusy,
    tasks: {
      write: ({ key }) => {
        appendFileSync(files.keys, `${key}\n`)
        return key
      },
    },
    leaseMs: 200,
  })
  engine.run()
  for (const { id } of await engine.list({ live: true, limit: 10_000 })) {
    await engine.waitFor(id, { ended: true }, { timeout: '60s' })
  }
})

afterAll(() => engine?.close())

function historyOf(records: readonly RecordRow[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { kind, body } of records) {
    if (kind !== 'step') continue
    const { event } = JSON.parse(body) as StepRecord
    counts[event.type] = (counts[event.type] ?? 0) + 1
  }
  return counts
}

/** The keys of the writing tasks: an execution, the task, and the record that started it. */
function expectedKeys(id: string, records: readonly RecordRow[]): string[] {
  return records
    .filter(({ kind, body }) => kind === 'step' && body.includes('"xstate.after.400.busy.pause"'))
    .map(({ seq }) => `${id}/write/${seq}`)
}

it('200 processes are killed under load, at least half of them in the midst of a batch', () => {
  const [kills, inBatch] = [sum(({ kills }) => kills), sum(({ inBatch }) => inBatch)]
  const ended = rows<{ n: number; records: number; bytes: number }>(
    files.db,
    `SELECT count(*) AS n, (SELECT count(*) FROM record) AS records FROM execution`,
  )[0]
  console.log(
    `${kills} kills, ${inBatch} with a batch open, ${sum(({ early }) => early)} while starting; ` +
      `${ended?.n} executions, ${ended?.records} records`,
  )
  expect(kills).toBeGreaterThanOrEqual(200)
  expect(inBatch * 2, again).toBeGreaterThanOrEqual(kills)
})

function sum(part: (lane: Lane) => number): number {
  return lanes.reduce((total, lane) => total + part(lane), 0)
}

it('every execution ends, no work is left, and the file is sound', async () => {
  expect(await engine.list({ live: true }), again).toEqual([])
  expect(rows(files.db, 'SELECT * FROM work'), again).toEqual([])
  expect(rows(files.db, "SELECT id FROM execution WHERE outcome <> 'done'"), again).toEqual([])
  expect(unsound(files.db), again).toEqual([])
})

it('every start that was answered is there, once', () => {
  const begun = lanes.flatMap(({ acknowledged }) => lines(acknowledged))
  expect(begun.length).toBeGreaterThan(100)
  const keys = rows<{ key: string }>(files.db, 'SELECT key FROM idempotency').map(({ key }) => key)
  expect(new Set(begun).size, again).toBe(begun.length)
  expect(
    begun.filter((key) => !keys.includes(key)),
    again,
  ).toEqual([])
  // A process may die after the commit and before it can tell: one start a kill at the most.
  expect(keys.length - begun.length).toBeLessThanOrEqual(lanes.length)
  expect(rows(files.db, 'SELECT n FROM execution').length, again).toBe(keys.length)
})

it('each step has exactly one record, and histories fold to their snapshots', async () => {
  for (const { id } of await engine.list({ limit: 10_000 })) {
    const records = await engine.history(id)
    expect(historyOf(records), `${id}: ${again}`).toEqual(busySteps)
    const failed = records.filter(({ body }) => body.includes('"phase":"failed"'))
    expect(failed.length, `${id}: ${again}`).toBe(busyFailures)
  }
  expect(await engine.verify(), again).toEqual([])
})

it('each key of a real task was written at least once, and no other', async () => {
  const written = lines(files.keys)
  const expected: string[] = []
  for (const { id, output } of await engine.list({ limit: 10_000 })) {
    const keys = expectedKeys(id, await engine.history(id))
    expect(output, `${id}: ${again}`).toEqual(keys)
    expected.push(...keys)
  }
  console.log(`${expected.length} real tasks, ${written.length - expected.length} run once more`)
  expect([...new Set(written)].sort(), again).toEqual(expected.sort())
})

it('a pool never gave more slots than it has', async () => {
  // A task that queued began with the record of its slot, any other with the step that started it.
  const changes: { n: number; by: 1 | -1 }[] = []
  for (const { id } of await engine.list({ limit: 10_000 })) {
    let begun: RecordRow | null = null
    for (const record of await engine.history(id)) {
      const { body, n } = record
      if (body.includes('"xstate.after.400.busy.pause"')) begun = record
      else if (body.includes('"phase":"slot"')) begun = record
      else if (begun && body.includes('"xstate.done.actor.pooled"')) {
        changes.push({ n: begun.n, by: 1 }, { n, by: -1 })
      }
    }
  }
  let [held, most] = [0, 0]
  for (const { by } of changes.sort((a, b) => a.n - b.n)) {
    held += by
    most = Math.max(most, held)
  }
  console.log(`${most} of ${poolLimit} slots were held at the most`)
  expect(held).toBe(0)
  expect(most, again).toBeLessThanOrEqual(poolLimit)
})

function lines(file: string): string[] {
  return readFileSync(file, 'utf8').split('\n').slice(0, -1)
}
