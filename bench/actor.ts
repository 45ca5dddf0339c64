import { assign, createActor, setup, SimulatedClock } from 'xstate'
import { machineKey, register } from '../src/engine/definition.js'
import { Loop } from '../src/simulate/loop/loop.js'
import { alone, type MeasureRows, sized } from './module.js'
import { inTurn } from './rounds.js'
import { row } from './rows.js'

const stages = 12
/** Executions that live at the same time. */
const live = 100
/** Every delay is a multiple of it, so that SimulatedClock can be moved on in strides. */
const strideMs = 100

/** Twelve stages, each left by a timer: all that xstate's actor can do on a clock of its own. */
const staged = setup({
  types: {} as { context: { lane: number; left: number }; input: { lane: number } },
  delays: { stage: ({ context }) => strideMs * (1 + ((context.lane * 7 + context.left) % 20)) },
}).createMachine({
  id: 'staged',
  context: ({ input }) => ({ lane: input.lane, left: stages }),
  initial: 'stage1',
  states: {
    ...Object.fromEntries(
      Array.from({ length: stages }, (_, n) => [
        `stage${n + 1}`,
        {
          after: {
            stage: {
              target: n + 1 < stages ? `stage${n + 2}` : 'ended',
              actions: assign({ left: ({ context }) => context.left - 1 }),
            },
          },
        },
      ]),
    ),
    ended: { type: 'final' },
  },
})

/** Runs so many executions, a hundred at a time; returns steps a second. */
function ours(executions: number): number {
  const definition = register([staged]).get(machineKey(staged))
  if (definition === undefined) throw new Error('the machine is not registered')
  const { stepper } = definition
  let started = 0
  let ended = 0
  const loop: Loop = new Loop(
    {
      stepper,
      task: ({ id }) => {
        throw new Error(`the machine has no task ${id}`)
      },
      status: () => '',
      observer: {
        ended: () => {
          ended += 1
          begin()
        },
      },
    },
    0,
  )
  const begin = (): void => {
    if (started === executions) return
    started += 1
    loop.start({ lane: started % live }, started, 0)
  }
  const from = performance.now()
  for (let n = 0; n < live; n += 1) begin()
  loop.drain()
  return perSecond(executions, ended, from)
}

function actors(executions: number): number {
  const clock = new SimulatedClock()
  let started = 0
  let ended = 0
  const begin = (): void => {
    if (started === executions) return
    started += 1
    const actor = createActor(staged, { clock, input: { lane: started % live } })
    actor.subscribe({
      complete: () => {
        ended += 1
        begin()
      },
    })
    actor.start()
  }
  const from = performance.now()
  for (let n = 0; n < live; n += 1) begin()
  const goesOn = (): boolean => ended < executions
  while (goesOn()) clock.increment(strideMs)
  return perSecond(executions, ended, from)
}

function perSecond(executions: number, ended: number, from: number): number {
  if (ended !== executions) throw new Error(`${ended} of ${executions} executions have ended`)
  return (executions * (stages + 1)) / ((performance.now() - from) / 1000)
}

/** The same machine by the loop and by xstate's own actors. */
export const measureRows: MeasureRows = async (effort) => {
  const [many, few] = sized(effort, {
    smoke: [200, 200],
    quick: [20_000, 2_000],
    full: [200_000, 10_000],
  } as const)
  const measured = await inTurn(
    { ours: () => ours(many), actor: () => actors(few) },
    effort.rounds,
    1,
  )
  return [
    row('memory/actor', {
      ours: measured.ours,
      against: { name: "xstate's actors on SimulatedClock", rounds: measured.actor },
      note: `${live} live, twelve stages left by timers; no tasks, which its clock cannot time`,
    }),
  ]
}

await alone(import.meta.url, measureRows)
