import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Reader, Store } from '../../../src/core/ports.js'
import { portsFor } from '../../../src/explore-ports.js'
import type { Action } from '../../../src/simulate/explore/action.js'
import { defaultBounds, unused } from '../../../src/simulate/explore/bounds.js'
import { Coverage } from '../../../src/simulate/explore/coverage.js'
import { Expander, type Stop } from '../../../src/simulate/explore/expand.js'
import { invariants } from '../../../src/simulate/explore/invariants/index.js'
import { perform } from '../../../src/simulate/explore/perform.js'
import { type Ground, prepare } from '../../../src/simulate/explore/setup.js'
import { loadScenario } from '../../../src/simulate/scenario/load.js'

const kinds = ['template', 'component', 'image', 'share', 'imageName', 'imageTraits', 'token']

/** All that a process that opens the file can read. */
function contents(reader: Reader): string {
  const records = reader.stream(0, 10_000)
  const executions = [...new Set(records.map(({ execution }) => execution))]
  return JSON.stringify([
    reader.clock(),
    ['world', 'plan', 'seed'].map((key) => reader.setting(key)),
    ['execution', 'work', 'ticket', 'record'].map((name) => reader.counter(name)),
    records,
    executions.map((n) => [reader.execution(n), reader.workOf(n)]),
    kinds.map((kind) => reader.catalogFind({ kind })),
  ])
}

/** The ground of a scenario, and what the process that was opened last left in its file. */
async function watched(file: string): Promise<{ ground: Ground; left: () => Promise<string> }> {
  const path = resolve(import.meta.dirname, '../../../scenarios', file)
  const scenario = loadScenario(readFileSync(path, 'utf8'), path)
  const ports = portsFor(scenario)
  let last: Store | null = null
  const open = (store: Store) => {
    last = store
    return ports.open(store)
  }
  const ground = await prepare(scenario, { ...ports, open })
  return { ground, left: async () => (await (last as Store | null)?.read(contents)) ?? '' }
}

/** States of an exploration, a level after the other, with what may happen in each. */
async function* walk(
  ground: Ground,
  most: number,
): AsyncGenerator<{ stop: Stop; actions: Action[] }> {
  const bounds = { ...defaultBounds, faults: 1, starts: 1, deletes: 1 }
  const expander = new Expander(ground, { bounds, coverage: new Coverage(), invariants })
  const known = new Set<string>()
  const open: Stop[] = [{ branch: ground.branch, lives: [], used: unused }]
  for (let n = 0; n < most; n++) {
    const stop = open.shift()
    if (stop === undefined) return
    const { next } = await expander.expand(stop)
    yield { stop, actions: next.map(({ action }) => action) }
    for (const { key, stop: reached } of next) {
      if (!known.has(key)) open.push(reached)
      known.add(key)
    }
  }
}

describe.each(['basics/plain.yaml', 'explore/deletes.yaml'])(
  'a process that dies in %s',
  (file) => {
    it('before a commit leaves exactly what was there after the commit before it', async () => {
      const { ground, left } = await watched(file)
      let deaths = 0
      for await (const { stop, actions } of walk(ground, 40)) {
        for (const { happening } of actions) {
          const lived = await perform(ground, stop, { happening, dies: null })
          const after = await Promise.all(lived.commits.map((branch) => branch.read(contents)))
          const before = await prepared(ground, stop, { happening, dies: 0 }, left)
          const states = [before, ...after]
          for (let dies = 0; dies < lived.commits.length; dies++) {
            const died = await perform(ground, stop, { happening, dies })
            expect(died.answer, 'nobody hears of it').toBeNull()
            expect(await left()).toBe(states[dies])
            deaths++
          }
        }
      }
      expect(deaths).toBeGreaterThan(50)
    })

    it('is opened anew without anything being written', async () => {
      const { ground } = await watched(file)
      for await (const { stop } of walk(ground, 40)) {
        const before = await stop.branch.read(contents)
        const fork = stop.branch.fork()
        await ground.ports.open(fork).engine.close()
        expect(await stop.branch.fork().read(contents)).toBe(before)
      }
    })
  },
)

/** The file before a call: as it is, but for the end that was chosen for what is due. */
async function prepared(
  ground: Ground,
  stop: Stop,
  action: Action,
  left: () => Promise<string>,
): Promise<string> {
  const { happening } = action
  const chosen = happening.kind === 'next' && happening.outcome?.kind !== 'succeeds'
  if (!chosen || happening.outcome === null) return stop.branch.read(contents)
  // Only the outcome differs, which the plan has decided when the attempt began.
  await perform(ground, stop, action)
  const [now, was] = [await left(), await stop.branch.read(contents)]
  expect(now.replaceAll(/\\"outcome\\":\{.*?\},\\"endedAt/g, 'endedAt')).toBe(
    was.replaceAll(/\\"outcome\\":\{.*?\},\\"endedAt/g, 'endedAt'),
  )
  return now
}
