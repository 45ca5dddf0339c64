import { assign, createMachine, setup } from 'xstate'
import { describe, expect, test } from 'vitest'
import type { Json } from '../../src/core/json.js'
import { checkVersion, type Compatibility } from '../../src/engine/compatibility.js'
import type { MachineDefinition } from '../../src/engine/definition.js'
import { engineOn } from '../helpers/engines.js'
import { memoryPlace, virtual } from '../helpers/places.js'

interface Shape {
  readonly version?: string
  /** The state in which it counts. */
  readonly counting?: string
  readonly step?: number
  readonly timer?: boolean
}

/** A counter that closes after an hour. */
function counter({ version = '1', counting = 'counting', step = 1, timer = true }: Shape = {}) {
  return setup({
    types: { context: {} as { n: number }, events: {} as { type: 'go' } | { type: 'add' } },
  }).createMachine({
    id: 'counter',
    version,
    context: { n: 0 },
    initial: 'idle',
    states: {
      idle: { on: { go: counting } },
      [counting]: {
        ...(timer ? { after: { 3_600_000: 'closed' } } : {}),
        on: { add: { actions: assign({ n: ({ context }) => context.n + step }) } },
      },
      closed: { type: 'final' },
    },
  })
}

/** What would become of a counter that has counted once, under another version. */
async function under(other: MachineDefinition, { ended = false } = {}) {
  const store = memoryPlace({ clock: virtual }).open()
  const machine = counter()
  const engine = engineOn(store, [machine])
  const { id } = await engine.start(machine)
  await engine.send(id, { type: 'go' })
  await engine.send(id, { type: 'add' })
  if (ended) await engine.advance('1h')
  const found = []
  for await (const each of checkVersion(store, other, { all: ended })) found.push(each)
  expect(found.map(({ executionId }) => executionId)).toEqual([id])
  const { executionId: _, ...rest } = found[0] as Compatibility
  return rest
}

const from1 = (change: (snapshot: { readonly [key: string]: Json }) => Json) => ({
  '1': (snapshot: Json) => change(snapshot as { readonly [key: string]: Json }),
})

describe('an execution under another version of its machine', () => {
  test('goes on when its history leads to the same', async () => {
    expect(await under({ machine: counter() })).toEqual({
      machine: 'counter@1',
      outcome: null,
      verdict: 'goes on',
      record: null,
      problem: null,
    })
  })

  test('breaks at the record from which its state is gone', async () => {
    expect(await under({ machine: counter({ counting: 'adding' }) })).toMatchObject({
      verdict: 'breaks',
      record: 2,
      problem:
        'the state "counting", in which it is, does not exist any more; ' +
        'the step on "go" leads to another state now',
    })
  })

  test('breaks at the record that asks for other effects', async () => {
    expect(await under({ machine: counter({ timer: false }) })).toMatchObject({
      verdict: 'breaks',
      record: 2,
      problem: 'the step on "go" asks for other effects now',
    })
  })

  test('breaks at its last record when only the context comes out otherwise', async () => {
    expect(await under({ machine: counter({ step: 2 }) })).toMatchObject({
      verdict: 'breaks',
      record: 3,
      problem: 'its history leads to another context now',
    })
  })

  test('is carried over by a migration, which is only tried', async () => {
    const migrations = from1((snapshot) => ({ ...snapshot, value: 'counting' }))
    expect(await under({ machine: counter({ version: '2' }), migrations })).toMatchObject({
      verdict: 'migrates',
      problem: null,
    })
  })

  test('breaks in a migration that throws, leads nowhere, or leaves a timer unheard', async () => {
    const machine = counter({ version: '2', timer: false })
    const problems = [
      from1(() => {
        throw new Error('no idea')
      }),
      from1((snapshot) => ({ ...snapshot, value: 'nowhere' })),
      from1((snapshot) => snapshot),
    ].map(async (migrations) => (await under({ machine, migrations })).problem)
    expect(await Promise.all(problems)).toEqual([
      expect.stringMatching(/from counter@1 to counter@2 failed: no idea$/),
      expect.stringMatching(/failed: .*nowhere/),
      expect.stringMatching(/failed: no state of it has the timer "xstate.after.3600000.counter/),
    ])
  })

  test('waits when no migration leads there, with what would part the two', async () => {
    expect(await under({ machine: counter({ version: '2' }) })).toMatchObject({
      verdict: 'waits',
      record: null,
      problem: 'no migration leads from counter@1 to counter@2',
    })
    expect(await under({ machine: counter({ version: '2', step: 5 }) })).toMatchObject({
      verdict: 'waits',
      record: 3,
      problem:
        'no migration leads from counter@1 to counter@2; in its place, ' +
        'its history leads to another context now',
    })
  })

  test('is not looked at when it is of another machine, or has ended', async () => {
    const store = memoryPlace({ clock: virtual }).open()
    const machine = counter()
    const engine = engineOn(store, [machine])
    const { id } = await engine.start(machine)
    await engine.send(id, { type: 'go' })
    const door = createMachine({ id: 'door' })
    const found = async (entry: MachineDefinition) => {
      const all = []
      for await (const each of checkVersion(store, entry)) all.push(each.verdict)
      return all
    }
    expect(await found({ machine: door })).toEqual([])
    expect(await found({ machine })).toEqual(['goes on'])
    await engine.advance('1h')
    expect(await found({ machine })).toEqual([])
  })

  test('that has ended is compared too, and needs no migration', async () => {
    const migrations = from1((snapshot) => snapshot)
    const machine = counter({ version: '2' })
    expect(await under({ machine, migrations }, { ended: true })).toMatchObject({
      outcome: 'done',
      verdict: 'waits',
    })
    expect(await under({ machine: counter() }, { ended: true })).toMatchObject({
      outcome: 'done',
      verdict: 'goes on',
    })
  })
})
