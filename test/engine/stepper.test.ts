import { createMachine, sendTo } from 'xstate'
import { expect, test } from 'vitest'
import { memory } from '../../src/store/memory/memory.js'
import type { StepperKind } from '../../src/engine/definition.js'
import { engineOn } from '../helpers/engines.js'
import { job, reminder } from '../helpers/machines.js'
import { virtual } from '../helpers/places.js'

/** Everything that an engine keeps of some executions. */
async function kept(stepper: StepperKind): Promise<unknown> {
  const tasks = { measure: async () => 4 }
  const engine = engineOn(memory({ clock: virtual }), [job, reminder], { stepper, tasks })
  await engine.start(job, { input: { name: 'abcd' } })
  await engine.settle()
  const { id } = await engine.start(reminder, { input: { delay: 5_000 } })
  await engine.send(id, { type: 'snooze' })
  await engine.advance('3h')
  await engine.send(id, { type: 'off' })
  expect(await engine.verify()).toEqual([])
  const limit = 100
  return engine.read((reader) => [reader.executions({ limit }), reader.stream(0, limit)])
}

test('what is stored does not tell who took the steps', async () => {
  expect(await kept('compiled')).toEqual(await kept('interpreted'))
})

test('an engine says of its machines whether their steps are compiled, and why not', () => {
  const odd = createMachine({ id: 'odd', version: '3', entry: 5 as never })
  const rare = createMachine({ id: 'rare', on: { go: { actions: sendTo('a', { type: 'a' }) } } })
  const engine = engineOn(memory({ clock: virtual }), [job, odd, rare])
  expect(engine.machines()).toEqual([
    { machine: 'job@1', compiled: true, reasons: [], repeated: 0 },
    {
      machine: 'odd@3',
      compiled: false,
      reasons: ['odd: entry: an action that is no function, no name and no object with a type'],
      repeated: 0,
    },
    { machine: 'rare@1', compiled: true, reasons: [], repeated: 0 },
  ])
  const asked = engineOn(memory({ clock: virtual }), [job], { stepper: 'interpreted' })
  expect(asked.machines()).toEqual([
    { machine: 'job@1', compiled: false, reasons: [], repeated: 0 },
  ])
})
