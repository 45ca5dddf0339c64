import { afterEach, describe, expect, it } from 'vitest'
import type { ClockState } from '../../src/core/clock.js'
import type { StepRecord } from '../../src/core/history.js'
import type { Wall } from '../../src/core/ports.js'
import type { Engine } from '../../src/engine/engine.js'
import { temporaryFolder } from '../store/folder.js'
import { Child } from './child.js'
import { engineOnFile } from './children/engine-on.js'
import { simulate, waiting } from './children/waiting.js'
import { unsound } from './invariants.js'

const path = temporaryFolder()
const opened: Engine[] = []

afterEach(async () => {
  await Promise.all(opened.splice(0).map((engine) => engine.close()))
})

function reopen(file: string, options: { clock?: ClockState; wall?: Wall } = {}): Engine {
  const engine = engineOnFile(file, { machines: [waiting], simulate, ...options })
  opened.push(engine)
  return engine
}

/** What the three regions wait for, and when each comes. */
const expected = [
  ['xstate.init', 0],
  ['xstate.after.30000.waiting.after.waits', 30_000],
  ['RING', 31_000],
  ['xstate.done.actor.long', 32_000],
]

/** Every step with its time after the first one. */
async function steps(engine: Engine, id: string): Promise<[event: string, at: number][]> {
  const records = await engine.history(id)
  const start = records[0]?.at ?? 0
  return records.map(({ body, at }) => [(JSON.parse(body) as StepRecord).event.type, at - start])
}

/** A process that has started an execution on a new file. */
async function started(file: string): Promise<{ child: Child; id: string }> {
  const child = await Child.ready('waiting', [file])
  const { id } = await child.ask<{ id: string }>({ do: 'start' })
  return { child, id }
}

describe('a timer, a delayed raise and a simulated task that outlive their process', () => {
  it('come at their original time, once, on a virtual clock', async () => {
    const file = path()
    await reopen(file, { clock: { mode: 'virtual', now: 1_000_000 } }).close()
    const { child, id } = await started(file)
    await child.kill()
    const engine = reopen(file)
    await engine.advance(29_999)
    expect(await steps(engine, id)).toEqual([['xstate.init', 0]])
    await engine.advance(1)
    expect((await steps(engine, id)).length).toBe(2)
    await engine.advance('1h')
    expect(await steps(engine, id)).toEqual(expected)
    expect(await engine.verify()).toEqual([])
    expect(unsound(file)).toEqual([])
  })

  it('are not put off by being killed again and again on the way', async () => {
    const file = path()
    await reopen(file, { clock: { mode: 'virtual', now: 0 } }).close()
    const first = await started(file)
    await first.child.ask({ do: 'advance', ms: 7_000 })
    await first.child.kill()
    for (const ms of [10_000, 12_500]) {
      const next = await Child.ready('waiting', [file])
      await next.ask({ do: 'advance', ms })
      await next.kill()
    }
    // 29.5 s have passed, most of them in processes that are no more.
    const engine = reopen(file)
    expect(await steps(engine, first.id)).toEqual([['xstate.init', 0]])
    await engine.advance(600)
    expect((await steps(engine, first.id)).at(-1)?.[1]).toBe(30_000)
    await engine.advance('1m')
    expect(await steps(engine, first.id)).toEqual(expected)
  })

  it('come at their original time although nobody was up by then', async () => {
    const file = path()
    await reopen(file, { clock: { mode: 'system' } }).close()
    const { child, id } = await started(file)
    await child.kill()
    // Reopened an hour later, by the wall clock of the process that does it.
    const later: Wall = { now: () => Date.now() + 3_600_000, after: () => () => undefined }
    const engine = reopen(file, { wall: later })
    await engine.settle()
    expect(await steps(engine, id)).toEqual(expected)
    await engine.settle()
    expect((await steps(engine, id)).length).toBe(4)
    expect(await engine.verify()).toEqual([])
  })

  it('come while a process is up, at the very time on a clock that is scaled', async () => {
    const file = path()
    const now = Date.now()
    const clock = { mode: 'scaled', scale: 600, anchorWall: now, anchorFile: now } as const
    await reopen(file, { clock }).close()
    const { child, id } = await started(file)
    await child.kill()
    const engine = reopen(file)
    engine.run()
    await engine.waitFor(id, ({ seq }) => seq === 4, { timeout: '30s' })
    expect(await steps(engine, id)).toEqual(expected)
  })
})
