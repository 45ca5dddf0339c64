/**
 * The compiled step beside xstate's own, on machines of ours and on machines made at random. Longer:
 * `PROOF_STEPS=1000000 npx vitest run test/core/compiled/proof.test.ts`; elsewhere: `PROOF_SEED=7`.
 */
import type { AnyStateMachine } from 'xstate'
import { describe, expect, test } from 'vitest'
import { executionMachine } from '../../../machines/execution.js'
import { imageMachine } from '../../../machines/image.js'
import { compile } from '../../../src/core/compiled/stepper.js'
import type { EventData } from '../../../src/core/effects.js'
import type { Json } from '../../../src/core/json.js'
import {
  fan,
  job,
  reminder,
  trip,
  tripEvents,
  voyage,
  voyageEvents,
} from '../../helpers/machines.js'
import { Chance } from './chance.js'
import { executionInput, imageInput } from './inputs.js'
import { sent } from './random-actions.js'
import { randomMachine } from './random-machine.js'
import { emptyTally, type Tally, walk } from './walk.js'

const wanted = Number(process.env['PROOF_STEPS'] ?? 4_000)
const firstSeed = Number(process.env['PROOF_SEED'] ?? 1)
/** A long run takes its time. */
const timeout = 120_000 + wanted * 5

interface Subject {
  readonly name: string
  readonly machine: AnyStateMachine
  readonly input: (chance: Chance) => Json
  readonly events: readonly EventData[]
}

const subjects: readonly Subject[] = [
  {
    name: 'execution',
    machine: executionMachine as unknown as AnyStateMachine,
    input: executionInput,
    events: named(['CANCEL', 'nonsense']),
  },
  {
    name: 'image',
    machine: imageMachine as unknown as AnyStateMachine,
    input: imageInput,
    events: named(['CANCEL', 'nonsense']),
  },
  {
    name: 'trip',
    machine: trip as unknown as AnyStateMachine,
    input: () => ({ slow: 2 }),
    events: named(tripEvents),
  },
  {
    name: 'voyage',
    machine: voyage as unknown as AnyStateMachine,
    input: () => ({ crew: 2 }),
    events: named(voyageEvents),
  },
  {
    name: 'fan',
    machine: fan as unknown as AnyStateMachine,
    input: () => ({ parts: ['a', 'b', 'c'] }),
    events: named(['drop']),
  },
  {
    name: 'job',
    machine: job as unknown as AnyStateMachine,
    input: () => ({ name: 'x' }),
    events: named(['rename', 'stop']),
  },
  {
    name: 'reminder',
    machine: reminder as unknown as AnyStateMachine,
    input: () => ({}),
    events: named(['snooze', 'ring', 'off']),
  },
]

function named(types: readonly string[]): EventData[] {
  return [...types, 'xstate.stop'].map((type) => ({ type, name: 'y', part: 'a' }))
}

/** Says how many steps were held against xstate, where somebody asked for a long run. */
function tell(name: string, tally: Tally): void {
  if (process.env['PROOF_STEPS'] !== undefined) console.log(name, JSON.stringify(tally))
}

describe('the compiled step is xstate’s own, as JSON text', () => {
  const each = Math.ceil((wanted * 3) / 4 / subjects.length)

  test.each(subjects)(
    'for $name',
    ({ name, machine, input, events }) => {
      const tally = emptyTally()
      const stepper = compile(machine)
      expect(stepper.report()).toMatchObject({ compiled: true, reasons: [] })
      for (let seed = firstSeed; tally.steps < each; seed += 1) {
        const chance = new Chance(seed)
        const start = { machine, stepper, input: input(chance), events, draw: chance.below }
        walk({ ...start, name: `seed ${seed}`, steps: 40 }, tally)
      }
      tell(name, tally)
      expect(tally).toMatchObject({ threw: 0, refused: 0 })
      // None of it because xstate took the steps instead.
      expect(stepper.report()).toMatchObject({ compiled: true, repeated: 0 })
    },
    timeout,
  )

  test(
    'for machines made at random',
    () => {
      const tally = emptyTally()
      let left = 0
      let repeated = 0
      for (let seed = firstSeed; tally.steps < wanted / 4; seed += 1) {
        const chance = new Chance(seed)
        const machine = randomMachine(chance)
        const stepper = compile(machine)
        expect(stepper.report().reasons, `seed ${seed}`).toEqual([])
        for (let count = 0; count < 3; count += 1) {
          const start = { machine, stepper, input: { seed }, events: sent, draw: chance.below }
          walk({ ...start, name: `seed ${seed}`, steps: 30 }, tally)
        }
        if (!stepper.report().compiled) left += 1
        repeated += stepper.report().repeated
      }
      tell('random', { ...tally, left, repeated } as Tally)
      expect(tally.threw).toBeGreaterThan(wanted / 400)
      expect(tally.refused).toBeGreaterThan(0)
      // Twice a step: from the state in hand, and from the one that was loaded.
      expect(repeated).toBeLessThan(wanted / 2)
    },
    timeout,
  )
})
