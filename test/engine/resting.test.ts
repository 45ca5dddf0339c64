import { expect, test } from 'vitest'
import { createMachine } from 'xstate'
import { type ClockState, clockFrom } from '../../src/core/clock.js'
import type { Decide, Reader, Store } from '../../src/core/ports.js'
import { memory } from '../../src/store/memory/memory.js'
import { engineOn } from '../helpers/engines.js'
import { reminder } from '../helpers/machines.js'
import { ManualWall, monday } from '../helpers/manual-wall.js'

const visit = createMachine({
  id: 'visit',
  initial: 'waiting',
  on: { off: '.over' },
  states: { waiting: { on: { snooze: 'dozing' } }, dozing: {}, over: { type: 'final' } },
})

/** A store that counts the executions that transactions read from it. */
function counting(clock: ClockState): { readonly store: Store; reads(): number } {
  const store = memory({ clock })
  let count = 0
  const watched = (reader: Reader): Reader => ({
    ...reader,
    execution: (n) => {
      count += 1
      return reader.execution(n)
    },
    executionById: (id) => {
      count += 1
      return reader.executionById(id)
    },
  })
  return {
    store: {
      ...store,
      transact: <T>(decide: Decide<T>) => store.transact((reader) => decide(watched(reader))),
    },
    reads: () => count,
  }
}

const real: ClockState = { mode: 'system' }
const tenfold = clockFrom({ wall: monday, file: monday }, 10)
const fast = clockFrom({ wall: monday, file: monday }, 60)
const still: ClockState = { mode: 'virtual', now: monday }
const minute = { machine: reminder, input: { delay: 60_000 } }

test.each([
  ['has nothing to do for a minute', real, minute, 1],
  ['has nothing to do for six seconds of the wall', tenfold, minute, 1],
  ['is due within the second', real, { machine: reminder, input: { delay: 900 } }, 0],
  ['is due within a second of the wall', fast, minute, 0],
  ['is on a clock that somebody may move on at any moment', still, minute, 0],
  ['waits for nothing but events', real, { machine: visit, input: undefined }, 0],
] as const)('an execution that %s', async (_, clock, { machine, input }, expected) => {
  const { store, reads } = counting(clock)
  const engine = engineOn(store, [reminder, visit], { wall: new ManualWall() })
  const { id } = await engine.start(machine as typeof reminder, { input } as { input: object })
  const before = reads()
  await engine.send(id, { type: 'snooze' })
  expect(reads() - before, 'is read at its first step').toBe(expected)
  const { status } = await engine.send(id, { type: 'off' })
  expect(reads() - before, 'and remembered from then on').toBe(expected)
  expect(status).toBe('over')
  expect(await engine.verify()).toEqual([])
})
