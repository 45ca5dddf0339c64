import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { AnyStateMachine } from 'xstate'
import { executionMachine } from '../machines/execution.js'
import type { ExecutionInput } from '../machines/execution-context.js'
import { compile } from '../src/core/compiled/stepper.js'
import type { Stepper } from '../src/core/stepper.js'
import { Chance } from '../test/core/compiled/chance.js'
import { subjects } from '../test/core/compiled/subjects.js'
import { emptyTally, Mismatch, walk } from '../test/core/compiled/walk.js'
import { inputOf, stepsOf } from './compiled/input.js'
import { assertSame, parked } from './compiled/takers.js'
import { Contestant } from './contestant.js'
import { alone, type Effort, type MeasureRows, sized } from './module.js'
import { inTurn, type Measure, type Measured } from './rounds.js'
import { row } from './rows.js'

const machine = executionMachine as unknown as AnyStateMachine

/** Measures each in turn, after a round for warming up. */
async function rates(effort: Effort): Promise<Measured<keyof typeof executions>> {
  const names = Object.keys(executions) as (keyof typeof executions)[]
  const contestants = names.map(
    (name) => [name, new Contestant('compiled/contestant', name)] as const,
  )
  const measures = contestants.map(([name, contestant]) => [
    name,
    () => contestant.rate(sized(effort, executions[name])),
  ])
  try {
    const each = Object.fromEntries(measures) as Record<keyof typeof executions, Measure>
    return await inTurn(each, effort.rounds, 1)
  } finally {
    for (const [, contestant] of contestants) contestant.end()
  }
}

const fast = { smoke: 200, quick: 20_000, full: 60_000 }
const slow = { smoke: 10, quick: 300, full: 1_500 }
const executions = { compiled: fast, byHand: fast, reused: slow, transition: slow }

/** Bytes of heap for each execution that lives, waiting for a copy. */
function bytesOf(stepper: Stepper, executions: number): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  const before = process.memoryUsage().heapUsed
  // As the engine gives it: what comes from outside has been JSON.
  const given = (n: number) => JSON.parse(JSON.stringify(inputOf(n))) as ExecutionInput
  const live = Array.from({ length: executions }, (_, n) => parked(stepper, given(n)))
  collect()
  const bytes = (process.memoryUsage().heapUsed - before) / live.length
  if (live.some(({ status }) => status !== 'active')) throw new Error('one of them ended')
  return bytes
}

/** Steps at which compiled and xstate part, of random walks through the machines of the proof. */
function mismatches(steps: number): number {
  const tally = emptyTally()
  let found = 0
  for (let seed = 1; tally.steps < steps; seed += 1) {
    for (const { name, machine, input, events } of subjects) {
      const chance = new Chance(seed)
      const start = { machine, stepper: compile(machine), input: input(chance), events }
      try {
        walk({ ...start, name, draw: chance.below, steps: 40, live: false }, tally)
      } catch (error) {
        if (!(error instanceof Mismatch)) throw error
        found += 1
      }
    }
  }
  return found
}

export const measureRows: MeasureRows = async (effort) => {
  const stepper = compile(machine)
  assertSame(stepper, inputOf(0))
  effort.say('compiled-step: rates')
  const measured = await rates(effort)
  const ours = measured.compiled
  const note = `by processor time; ${stepsOf} steps an execution, three copies, two accounts`
  const against = (name: string, rounds: readonly number[]) => ({ ours, against: { name, rounds } })
  effort.say('compiled-step: walks')
  const walked = sized(effort, { smoke: 100, quick: 10_000, full: 100_000 })
  return [
    row('step/public', { ...against('xstate transition()', measured.transition), note }),
    row('step/rate', { ours, note }),
    row('step/reused', { ...against('xstate with one reused scope', measured.reused), note }),
    row('step/handwritten', { ...against('a hand-written reducer', measured.byHand), note }),
    row('step/bytes', {
      ours: [bytesOf(stepper, sized(effort, { smoke: 500, quick: 20_000, full: 100_000 }))],
    }),
    row('step/mismatches', {
      ours: [mismatches(walked)],
      note: `in ${walked} steps here; PROOF_STEPS=1000000 walks a million, random machines included`,
    }),
  ]
}

await alone(import.meta.url, measureRows)
