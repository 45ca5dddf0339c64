import { afterEach, expect, it } from 'vitest'
import type { Engine } from '../../src/engine/engine.js'
import { temporaryFolder } from '../store/folder.js'
import { Child } from './child.js'
import { engineOnFile } from './children/engine-on.js'
import { machines } from './children/small.js'
import { rows, unsound } from './invariants.js'

const path = temporaryFolder()
const both = Object.values(machines).filter(({ id }) => id === 'order')
let engine: Engine

afterEach(() => engine.close())

/** Every row of the executions that are pinned to a version, with their history and their work. */
function rowsOf(file: string, version: string): unknown[] {
  const of = `SELECT n FROM execution WHERE machine = 'order@${version}'`
  return [
    rows(file, `SELECT * FROM execution WHERE n IN (${of})`),
    rows(file, `SELECT * FROM record WHERE execution IN (${of}) ORDER BY n`),
    rows(file, `SELECT * FROM work WHERE execution IN (${of}) ORDER BY n`),
  ]
}

/** Starts some of each version, as a process that has both, which then dies. */
async function startBoth(file: string, keys: string): Promise<string[]> {
  const child = await Child.ready('obeying', [file, 'order1,order2', 'both', keys])
  const ids: string[] = []
  for (const machine of ['order1', 'order2', 'order1', 'order2']) {
    ids.push((await child.ask<{ id: string }>({ do: 'start', machine })).id)
  }
  await child.kill()
  return ids
}

/** When an execution took its steps, after its start. */
async function stepTimes(id: string): Promise<number[]> {
  const records = await engine.history(id)
  return records.filter(({ kind }) => kind === 'step').map(({ at }) => at)
}

it('a process that lacks a version works on the others and leaves those of it untouched', async () => {
  const file = path()
  const keys = path('keys')
  engine = engineOnFile(file, { machines: both, clock: { mode: 'system' } })
  const [first = '', second = ''] = await startBoth(file, keys)
  const before = rowsOf(file, '1')

  const newer = await Child.ready('obeying', [file, 'order2', 'newer', keys])
  for (const to of [15_000, 60_000, 120_000]) {
    await newer.ask({ do: 'wall', to })
    await newer.ask({ do: 'settle' })
  }
  await expect(newer.ask({ do: 'cancel', id: first })).rejects.toThrow('order@1')
  expect(rowsOf(file, '1')).toEqual(before)
  const done = await engine.list({ live: false })
  expect(done.map(({ machine }) => machine)).toEqual(['order@2', 'order@2'])
  // The task ended at 15 s, when it was taken up.
  expect(await stepTimes(second)).toEqual([0, 10_000, 15_000, 25_000])

  // The older one comes late and stamps what is its own with the time at which it was due.
  const older = await Child.ready('obeying', [file, 'order1', 'older', keys])
  const others = rowsOf(file, '2')
  for (const to of [120_000, 180_000]) {
    await older.ask({ do: 'wall', to })
    await older.ask({ do: 'settle' })
  }
  expect(await stepTimes(first)).toEqual([0, 10_000, 120_000, 130_000])
  expect(rowsOf(file, '2')).toEqual(others)
  expect(await engine.list({ live: true })).toEqual([])
  expect(await engine.verify()).toEqual([])
  expect(unsound(file)).toEqual([])
})

it('a process that lacks a version does not let virtual time pass what is due for it', async () => {
  const file = path()
  const keys = path('virtual-keys')
  engine = engineOnFile(file, { machines: both, clock: { mode: 'virtual', now: 0 } })
  const [first = ''] = await startBoth(file, keys)
  const before = rowsOf(file, '1')
  const newer = await Child.ready('obeying', [file, 'order2', 'newer', keys])
  const moved = await newer.ask({ do: 'advance', by: 60_000 })
  expect(moved).toMatchObject({ now: 10_000, held: 'machine' })
  expect(rowsOf(file, '1')).toEqual(before)

  const all = await Child.ready('obeying', [file, 'order1,order2', 'all', keys])
  expect(await all.ask({ do: 'advance', by: 60_000 })).toMatchObject({ now: 70_000, held: null })
  expect(await engine.list({ live: true })).toEqual([])
  expect(await stepTimes(first)).toEqual([0, 10_000, 10_000, 20_000])
  expect(await engine.verify()).toEqual([])
})
