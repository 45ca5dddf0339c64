import { afterEach, expect, it } from 'vitest'
import type { Engine } from '../../src/engine/engine.js'
import { temporaryFolder } from '../store/folder.js'
import { Child } from './child.js'
import { engineOnFile } from './children/engine-on.js'
import { machines } from './children/small.js'
import { rows, unsound } from './invariants.js'

const path = temporaryFolder()
let engine: Engine

afterEach(() => engine.close())

it('one execution whose step throws stops nobody, and another process frees it', async () => {
  const file = path()
  const { mended } = machines
  if (!mended) throw new Error('no machine')
  engine = engineOnFile(file, { machines: [mended], clock: { mode: 'virtual', now: 0 } })
  const broken = await Child.ready('obeying', [file, 'stumbling', 'broken'])
  const start = { do: 'start', machine: 'stumbling' }
  for (let index = 0; index < 10; index++) await broken.ask({ ...start, input: { bad: false } })
  const bad = { ...start, input: { bad: true }, singletonKey: 'road' }
  const { id } = await broken.ask<{ id: string }>(bad)
  for (let index = 0; index < 10; index++) await broken.ask({ ...start, input: { bad: false } })
  await broken.ask({ do: 'advance', by: 60_000 })

  const stuck = await engine.list({ stuck: true })
  expect(stuck.map((each) => each.id)).toEqual([id])
  expect(stuck[0]?.stuck?.message).toBe('a stone on the way')
  expect((await engine.history(id)).length).toBe(1)
  expect((await engine.list({ live: false })).length).toBe(20)
  await expect(broken.ask(bad)).rejects.toThrow(id)
  // To free it where nothing was mended leads to the same place, and to no record.
  await broken.ask({ do: 'retry', id })
  await broken.ask({ do: 'advance', by: 1_000 })
  expect((await engine.get(id))?.stuck?.message).toBe('a stone on the way')
  expect((await engine.history(id)).length).toBe(1)
  await broken.kill()

  const other = await Child.ready('obeying', [file, 'mended', 'other'])
  await other.ask({ do: 'advance', by: 1_000 })
  expect((await engine.get(id))?.stuck).not.toBeNull()
  await other.ask({ do: 'retry', id })
  await other.ask({ do: 'advance', by: 60_000 })
  expect(await engine.get(id)).toMatchObject({ outcome: 'done', stuck: null })
  // What was parked came when it was freed; what came after that took its time.
  const times = (await engine.history(id)).map(({ at }) => at)
  expect(times).toEqual([0, 62_000, 63_000, 64_000])
  expect(rows(file, 'SELECT * FROM work')).toEqual([])
  expect(await engine.verify()).toEqual([])
  expect(unsound(file)).toEqual([])
})
