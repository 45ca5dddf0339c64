import { readFileSync, writeFileSync } from 'node:fs'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ClockState } from '../../src/core/clock.js'
import type { StepRecord } from '../../src/core/history.js'
import type { Engine } from '../../src/engine/engine.js'
import { memory } from '../../src/store/memory/memory.js'
import { unpack } from '../../src/store/sqlite/packed.js'
import { temporaryFolder } from '../store/folder.js'
import { type Child, crew } from './child.js'
import { engineOn, engineOnFile, seed } from './children/engine-on.js'
import {
  type LeadInput,
  lead,
  leadDefinition,
  leadSteps,
  leadTime,
  poolLimit,
  simulateLead,
} from './children/lead.js'
import { mixedDefinition, mixedTimes, mixedWrites } from './children/mixed.js'
import { rows, unsound } from './invariants.js'
import { again, randomFrom, runSeed } from './random.js'

const path = temporaryFolder()
const count = 8
const each = 12
const random = randomFrom(runSeed)
const upTo = (most: number): number => Math.floor(random() * most)

let children: readonly Child[]
beforeAll(async () => {
  children = await crew(count, 'working')
})

const opened: Engine[] = []
afterEach(async () => {
  await tellAll(() => ({ do: 'close' }))
  await Promise.all(opened.splice(0).map((engine) => engine.close()))
})

function tellAll<T>(order: (index: number) => object): Promise<T[]> {
  return Promise.all(children.map((child, index) => child.ask<T>(order(index))))
}

interface Shared {
  readonly file: string
  /** Looks at the file and does nothing. */
  readonly engine: Engine
}

/** A new file that all eight have open. */
async function share(clock: ClockState, keys = ''): Promise<Shared> {
  const file = path()
  const machines = [leadDefinition, mixedDefinition] as const
  const engine = engineOnFile(file, { machines, simulate: simulateLead, clock })
  opened.push(engine)
  await tellAll(() => ({ do: 'open', file, keys }))
  return { file, engine }
}

/** An hour of the file's time passes in six seconds. */
function fastClock(): ClockState {
  const now = Date.now()
  return { mode: 'scaled', scale: 600, anchorWall: now, anchorFile: now }
}

/** Anything, without a pool. */
function quickly(): LeadInput {
  const [pause, first] = [upTo(60_000), upTo(120_000)]
  return { pause, first, timer: upTo(90_000), second: upTo(120_000), pool: null }
}

/** All that start together want a slot before the first of them can have ended. */
function crowded(pool: string): LeadInput {
  const [pause, first] = [upTo(20_000), upTo(10_000)]
  return { pause, first, timer: upTo(90_000), second: 60_000 + upTo(30_000), pool }
}

/** A start and two moves of the clock. */
function movesOf(): (LeadInput | number)[] {
  return [random() < 0.5 ? crowded('pool') : quickly(), upTo(20_000), upTo(20_000)]
}

async function allEnd(engine: Engine): Promise<void> {
  for (const { id } of await engine.list({ live: true, limit: 10_000 })) {
    await engine.waitFor(id, { ended: true }, { timeout: '60s' })
  }
}

/** What all processes together have computed is what is written down: nothing was thrown away. */
async function nothingThrownAway(file: string): Promise<void> {
  const told = await tellAll<number>(() => ({ do: 'computed' }))
  const [written] = rows<{ n: number }>(
    file,
    "SELECT count(*) AS n FROM record WHERE kind = 'step'",
  )
  const sum = told.reduce((total, steps) => total + steps, 0)
  expect(sum, again).toBe(written?.n)
  expect(told.every((steps) => steps > 0)).toBe(true)
}

interface Written {
  readonly n: number
  readonly execution: number
  readonly seq: number
  readonly at: number
  readonly kind: string
  readonly body: string
}

/** All records as plain SQL reads them, each body as it was before it was packed. */
function recordsIn(file: string): Written[] {
  const all = 'SELECT n, execution, seq, at, kind, body FROM record ORDER BY n'
  return rows<Written>(file, all).map((row) => Object.assign(row, { body: unpack(row.body) }))
}

/**
 * What one process alone, on a virtual clock, makes of the same starts at the same times. Its ids
 * are the same ones: they follow from the seed.
 */
async function alone(file: string): Promise<Written[]> {
  const starts = rows<{ at: number; body: string }>(
    file,
    `SELECT e.started_at AS at, r.body FROM execution e
     JOIN record r ON r.execution = e.n AND r.seq = 1 ORDER BY e.n`,
  )
  const clock = { mode: 'virtual', now: starts[0]?.at ?? 0 } as const
  const store = memory({ clock, settings: { seed } })
  const engine = engineOn(store, { machines: [leadDefinition], simulate: simulateLead })
  opened.push(engine)
  for (const { at, body } of starts) {
    await engine.advanceTo(at)
    const { event } = JSON.parse(unpack(body)) as StepRecord
    await engine.start(lead, { input: event.input as unknown as LeadInput })
  }
  await engine.advance('10h')
  return engine.read((reader) => [...reader.stream(0, 1_000_000)])
}

/** Everything that is true of a file whose executions have all ended. */
async function wellDone({ file, engine }: Shared): Promise<void> {
  expect(await engine.list({ live: true }), again).toEqual([])
  expect(rows(file, 'SELECT * FROM work'), again).toEqual([])
  expect(unsound(file), again).toEqual([])
  expect(await engine.verify(), again).toEqual([])
}

describe('eight processes that work on one file at once', () => {
  it('keep every lead time to what the plan gives, and throw no step away', async () => {
    const shared = await share(fastClock())
    await tellAll(() => ({ do: 'run' }))
    await tellAll(() => ({ do: 'start', inputs: Array.from({ length: each }, quickly) }))
    await allEnd(shared.engine)
    const executions = await shared.engine.list({ limit: 10_000 })
    expect(executions.length).toBe(count * each)
    for (const { id, context, startedAt, endedAt } of executions) {
      const lead = leadTime(context as LeadInput)
      expect((endedAt as number) - startedAt, `${id}: ${again}`).toBe(lead)
    }
    const steps = rows(shared.file, "SELECT n FROM record WHERE kind = 'step'").length
    expect(steps, again).toBe(count * each * leadSteps)
    await nothingThrownAway(shared.file)
    expect(recordsIn(shared.file), again).toEqual(await alone(shared.file))
    await wellDone(shared)
  })

  it('write, with pools, record for record what one process alone would write', async () => {
    const shared = await share(fastClock())
    await tellAll(() => ({ do: 'run' }))
    await tellAll((index) => ({
      do: 'startTogether',
      inputs: Array.from({ length: each }, () => crowded(`pool ${index % 3}`)),
    }))
    await allEnd(shared.engine)
    await nothingThrownAway(shared.file)
    const records = recordsIn(shared.file)
    const waited = records.filter(({ body }) => body.includes('"phase":"slot"'))
    expect(waited.length, again).toBeGreaterThanOrEqual(count * (each - poolLimit))
    expect(records, again).toEqual(await alone(shared.file))
    await wellDone(shared)
  })

  it('move a virtual clock together as one of them would move it', async () => {
    const shared = await share({ mode: 'virtual', now: Date.parse('2026-01-05T02:00:00Z') })
    await tellAll(() => ({ do: 'play', moves: Array.from({ length: each }, movesOf).flat() }))
    await tellAll(() => ({ do: 'play', moves: [36_000_000] }))
    await nothingThrownAway(shared.file)
    expect(recordsIn(shared.file), again).toEqual(await alone(shared.file))
    await wellDone(shared)
  })

  it('run each real task once, and no timer is late because of one', async () => {
    const keys = path('keys')
    writeFileSync(keys, '')
    const shared = await share({ ...fastClock(), scale: 5_000 } as ClockState, keys)
    await tellAll(() => ({ do: 'run' }))
    await tellAll(() => ({ do: 'mix', count: each }))
    await allEnd(shared.engine)
    for (const { id, startedAt } of await shared.engine.list({ limit: 10_000 })) {
      const records = await shared.engine.history(id)
      const timers = records.filter(({ body }) => body.includes('"xstate.after.'))
      const times = timers.map(({ at }) => at - startedAt)
      expect(times, `${id}: ${again}`).toEqual(mixedTimes)
    }
    const written = readFileSync(keys, 'utf8').split('\n').slice(0, -1)
    expect(written.length, again).toBe(count * each * mixedWrites)
    expect(new Set(written).size, again).toBe(written.length)
    expect(
      written.every((line) => line.endsWith(' 1')),
      again,
    ).toBe(true)
    await wellDone(shared)
  })
})
