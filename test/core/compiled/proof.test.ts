/**
 * The compiled step beside xstate's own, on machines of ours and on machines made at random. Longer:
 * `PROOF_STEPS=1000000 npx vitest run test/core/compiled/proof.test.ts`; elsewhere: `PROOF_SEED=7`.
 */
import { describe, expect, test } from 'vitest'
import { compile } from '../../../src/core/compiled/stepper.js'
import { Chance } from './chance.js'
import { sent } from './random-actions.js'
import { randomMachine } from './random-machine.js'
import { subjects } from './subjects.js'
import { emptyTally, type Tally, walk } from './walk.js'

const wanted = Number(process.env['PROOF_STEPS'] ?? 3_000)
const firstSeed = Number(process.env['PROOF_SEED'] ?? 1)
/** A long run takes its time. */
const timeout = 120_000 + wanted * 5

/** Says how many steps were held against xstate, where somebody asked for a long run. */
function tell(name: string, tally: Tally): void {
  if (process.env['PROOF_STEPS'] !== undefined) console.log(name, JSON.stringify(tally))
}

describe('the compiled step is xstate’s own, as JSON text', () => {
  const each = Math.ceil(wanted / 2 / subjects.length)

  test.each(subjects)(
    'for $name',
    ({ name, machine, input, events }) => {
      const tally = emptyTally()
      const stepper = compile(machine)
      expect(stepper.report()).toMatchObject({ compiled: true, reasons: [] })
      for (let seed = firstSeed; tally.steps < each; seed += 1) {
        const chance = new Chance(seed)
        const start = { machine, stepper, input: input(chance), events, draw: chance.below }
        walk({ ...start, name: `seed ${seed}`, steps: 40, live: seed % 4 === 1 }, tally)
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
      for (let seed = firstSeed; tally.steps < wanted / 2; seed += 1) {
        const chance = new Chance(seed)
        const machine = randomMachine(chance)
        const stepper = compile(machine)
        expect(stepper.report().reasons, `seed ${seed}`).toEqual([])
        for (let count = 0; count < 3; count += 1) {
          const start = { machine, stepper, input: { seed }, events: sent, draw: chance.below }
          walk({ ...start, name: `seed ${seed}`, steps: 30, live: count === 0 }, tally)
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
