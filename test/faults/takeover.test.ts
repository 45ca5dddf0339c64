import { readFileSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AttemptRecord } from '../../src/core/history.js'
import type { Engine } from '../../src/engine/engine.js'
import { temporaryFolder } from '../store/folder.js'
import { Child } from './child.js'
import { engineOnFile } from './children/engine-on.js'
import { leaseMs } from './children/obeying.js'
import { machines } from './children/small.js'
import { rows, unsound } from './invariants.js'

const path = temporaryFolder()

let file: string
let keys: string
let engine: Engine
let owner: Child
let other: Child
let id: string
let key: string

// Both processes hold the file, and one of them is in the midst of a real task.
beforeEach(async () => {
  file = path()
  keys = path(`${file}.keys`.replace(/.*\//, ''))
  writeFileSync(keys, '')
  const known = Object.values(machines).filter(({ id }) => id === 'long')
  engine = engineOnFile(file, { machines: known, clock: { mode: 'virtual', now: 5_000 } })
  owner = await Child.ready('obeying', [file, 'long', 'owner', keys])
  other = await Child.ready('obeying', [file, 'long', 'other', keys])
  id = (await owner.ask<{ id: string }>({ do: 'start', machine: 'long' })).id
  owner.tell({ do: 'begin' })
  // Its answer and the word of the task come in either order.
  const said = [await owner.next('the answer'), await owner.next('the begin of the task')]
  expect(said).toContainEqual({ began: `${id}/work/1`, attempt: 1 })
  key = `${id}/work/1`
})

afterEach(async () => {
  await Promise.all([owner.kill(), other.kill()])
  await engine.close()
})

async function at(child: Child, wall: number): Promise<void> {
  await child.ask({ do: 'wall', to: wall })
}

/** Attempts begun so far: those that the history has, and the one that runs. */
async function begun(): Promise<number[]> {
  const told = (await engine.history(id)).map(({ body }) => JSON.parse(body) as AttemptRecord)
  const running = await engine.read((reader) => reader.workOf(1))
  const bodies = running.map(({ body }) => JSON.parse(body) as AttemptRecord)
  return [...told, ...bodies].flatMap(({ attempt }) => attempt ?? [])
}

function written(): string[] {
  return readFileSync(keys, 'utf8').split('\n').slice(0, -1)
}

/** It has ended once, by whom it says, and nothing is left of it. */
async function endedBy(name: string): Promise<void> {
  expect(await engine.get(id)).toMatchObject({ outcome: 'done', output: name })
  const ends = (await engine.history(id)).filter(({ body }) => body.includes('xstate.done.actor'))
  expect(ends.length).toBe(1)
  expect(rows(file, 'SELECT * FROM work')).toEqual([])
  expect(await engine.verify()).toEqual([])
  expect(unsound(file)).toEqual([])
}

describe('a real task whose process', () => {
  it('is killed goes to another one when the lease is over, with the same key', async () => {
    await owner.kill()
    await at(other, leaseMs - 1)
    await other.ask({ do: 'settle' })
    expect(await begun()).toEqual([1])
    await at(other, leaseMs)
    await other.ask({ do: 'settle' })
    expect(await begun()).toEqual([1, 2])
    expect(written()).toEqual([`${key} 1 owner`, `${key} 2 other`])
    await endedBy('other')
  })

  it('keeps its lease stays where it is, however long it takes', async () => {
    for (let wall = 300; wall <= 10 * leaseMs; wall += 300) {
      await at(owner, wall)
      await at(other, wall)
      await other.ask({ do: 'settle' })
      expect(await begun(), `at ${wall} ms`).toEqual([1])
    }
    await owner.ask({ do: 'finish', id })
    expect(written()).toEqual([`${key} 1 owner`])
    await endedBy('owner')
  })

  it('stood still for too long goes to another one, and its own result is dropped', async () => {
    await at(other, leaseMs)
    await other.ask({ do: 'settle' })
    await endedBy('other')
    await owner.ask({ do: 'finishLate' })
    expect(written()).toEqual([`${key} 1 owner`, `${key} 2 other`])
    await endedBy('other')
  })
})
