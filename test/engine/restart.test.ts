import * as fc from 'fast-check'
import { createActor } from 'xstate'
import { describe, expect, test } from 'vitest'
import type { Engine } from '../../src/engine/engine.js'
import type { MachineDefinition } from '../../src/engine/definition.js'
import type { StartOptions } from '../../src/engine/transaction.js'
import { engineOn } from '../helpers/engines.js'
import { trip, tripEvents, voyage, voyageEvents } from '../helpers/machines.js'
import { ManualWall, monday } from '../helpers/manual-wall.js'
import { type NewPlace, overEachStore, virtual } from '../helpers/places.js'
import { chancy } from '../helpers/simulated.js'

type Command = { readonly send: string } | { readonly advance: number } | { readonly jump: true }

interface Subject {
  readonly definition: MachineDefinition
  readonly input: unknown
}

/** Everything that is stored, in an order of its own. */
function everything(engine: Engine): Promise<unknown> {
  return engine.read((reader) => ({
    executions: reader.executions({ limit: 100 }),
    records: reader.stream(0, 100_000),
    work: reader.executions({ limit: 100 }).map(({ n }) => reader.workOf(n)),
    clock: reader.clock(),
  }))
}

async function obey(engine: Engine, id: string, command: Command): Promise<void> {
  if ('advance' in command) await engine.advance(command.advance)
  else if ('jump' in command) await engine.jump()
  else {
    await engine.send(id, { type: command.send }).catch((error: unknown) => {
      expect(error).toMatchObject({
        code: expect.stringMatching(/EVENT_REFUSED|NOT_LIVE/) as string,
      })
    })
  }
}

/** Runs the commands; `crashes` tells after which of them the process dies. */
async function run(
  newPlace: NewPlace,
  { definition, input }: Subject,
  commands: readonly Command[],
  options: {
    readonly crashes?: readonly boolean[]
    readonly look?: (engine: Engine, id: string, command: Command | null) => Promise<void>
  } = {},
): Promise<unknown> {
  const place = newPlace({ clock: virtual })
  const reopen = (): Engine =>
    engineOn(place.open(), [definition], { simulate: chancy, wall: new ManualWall(), leaseMs: 1 })
  let engine = reopen()
  const start = { input } as StartOptions<never>
  const { id } = await engine.start(definition.machine, start)
  await options.look?.(engine, id, null)
  for (const [index, command] of commands.entries()) {
    if (options.crashes?.[index]) {
      await engine.abandon()
      engine = reopen()
    }
    await obey(engine, id, command)
    await options.look?.(engine, id, command)
  }
  expect(await engine.verify()).toEqual([])
  const all = await everything(engine)
  await engine.close()
  return all
}

function commandsOf(events: readonly string[]): fc.Arbitrary<Command[]> {
  const command = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...events).map((send): Command => ({ send })) },
    { weight: 3, arbitrary: fc.nat(300).map((n): Command => ({ advance: n * 10 })) },
    { weight: 1, arbitrary: fc.constant<Command>({ jump: true }) },
  )
  return fc.array(command, { minLength: 1, maxLength: 25, size: 'max' })
}

/** A clock for a live actor whose timers fire at their own times, one after the other. */
function exactClock() {
  let now = 0
  let next = 0
  const timers = new Map<number, { readonly at: number; readonly fire: () => void }>()
  return {
    now: () => now,
    setTimeout(fire: () => void, ms: number) {
      timers.set(++next, { at: now + ms, fire })
      return next
    },
    clearTimeout: (id: number) => timers.delete(id),
    firstDue: () => Math.min(...[...timers.values()].map(({ at }) => at)),
    advance(to: number) {
      for (;;) {
        const due = [...timers].filter(([, { at }]) => at <= to)
        const [first] = due.sort(([m, a], [n, b]) => a.at - b.at || m - n)
        if (first === undefined) break
        timers.delete(first[0])
        now = first[1].at
        first[1].fire()
      }
      now = to
    },
  }
}

const tripping: Subject = {
  definition: { machine: trip },
  input: { slow: 1 },
}
const sailing: Subject = {
  definition: {
    machine: voyage,
    policies: {
      measure: {
        attempts: 3,
        backoff: { first: 700, factor: 1.5 },
        timeout: { attempt: '5s', total: '9s' },
        pool: () => ({ name: 'crew', limit: 2 }),
      },
    },
  },
  input: { crew: 2 },
}

overEachStore((newPlace, name) => {
  const runs = name === 'memory' ? 60 : 12

  describe('an execution survives a restart between any two steps with the same result', () => {
    test.each<[string, Subject, readonly string[]]>([
      ['of a machine with timers, parallel and history states', tripping, tripEvents],
      ['of a machine with tasks, retries and a pool beside them', sailing, voyageEvents],
    ])('%s', async (_name, subject, events) => {
      const crashes = fc.array(fc.boolean(), { minLength: 25, maxLength: 25 })
      await fc.assert(
        fc.asyncProperty(commandsOf(events), crashes, async (commands, crashes) => {
          const straight = await run(newPlace, subject, commands)
          expect(await run(newPlace, subject, commands, { crashes })).toEqual(straight)
        }),
        { numRuns: runs },
      )
    })
  })

  test.each([
    ['resume', { road: 'street', engine: 'hot' }],
    ['resumeDeep', { road: { highway: 'fast' }, engine: 'hot' }],
    ['resumeRoad', { road: { highway: 'slow' }, engine: 'hot' }],
  ] as const)('history is there after a restart: %s', async (how, value) => {
    const place = newPlace({ clock: virtual })
    const before = engineOn(place.open(), [trip])
    const { id } = await before.start(trip, { input: { slow: 1 } })
    await before.send(id, { type: 'go' })
    await before.send(id, { type: 'next' })
    for (let n = 0; n < 5; n++) await before.send(id, { type: 'tick' })
    expect(await before.get(id)).toMatchObject({
      value: { way: { road: { highway: 'fast' }, engine: 'hot' } },
    })
    await before.send(id, { type: 'pause' })
    await before.abandon()
    const after = engineOn(place.open(), [trip])
    expect(await after.send(id, { type: how })).toMatchObject({ value: { way: value } })
    expect(await after.verify()).toEqual([])
  })

  test('an execution does what a live actor of the same machine does', async () => {
    await fc.assert(
      fc.asyncProperty(commandsOf(tripEvents), async (commands) => {
        const clock = exactClock()
        const live = createActor(trip, {
          input: { slow: 1 },
          clock: clock as never,
          logger: () => undefined,
        })
        live.start()
        await run(newPlace, tripping, commands, {
          crashes: commands.map((_, index) => index % 3 === 0),
          async look(engine, id, command) {
            const lives = live.getSnapshot().status === 'active'
            if (lives && command && 'send' in command) live.send({ type: command.send } as never)
            const { now } = await engine.clock()
            clock.advance(now - monday)
            const execution = await engine.get(id)
            const { value, context, status, output, tags } = live.getSnapshot()
            expect(execution).toMatchObject({
              value,
              context,
              outcome: status === 'active' ? null : status,
              output: output ?? null,
            })
            expect([...(execution?.tags ?? [])].sort()).toEqual([...tags].sort())
          },
        })
        live.stop()
      }),
      { numRuns: runs },
    )
  })
})
