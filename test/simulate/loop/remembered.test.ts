import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { executionMachine } from '../../../machines/execution.js'
import { compile } from '../../../src/core/compiled/stepper.js'
import type { EventData } from '../../../src/core/effects.js'
import { doneEvent, errorEvent } from '../../../src/core/history.js'
import { interpret } from '../../../src/core/interpreted.js'
import type { Json } from '../../../src/core/json.js'
import type { State, Step, Stepper } from '../../../src/core/stepper.js'
import { RememberedSteps } from '../../../src/simulate/loop/remembered.js'

const input = {
  executionId: 'exec-0123456789abcdef0123',
  templateId: 'ip-bp10123456789abcdefgh',
  region: 'cn-hangzhou',
  account: '1234567890123456',
  imageId: 'm-bp10123456789abcdefgh',
  imageName: 'web',
  imageFamily: '',
  osType: 'linux',
  baseImage: 'aliyun_3_x64_20G_alibase_20240819.vhd',
  instanceType: 'ecs.g6.large',
  repairMode: null,
  hasTests: false,
  copies: ['cn-beijing', 'cn-shanghai'].map((region) => ({ region, imageId: `m-${region}` })),
  accounts: ['1284387915995949'],
  deleteInstanceOnFailure: true,
} as unknown as Json

/** The events of tasks, each made once, as the loop makes them. */
const events = new Map<string, EventData>()

function eventOf(kind: 'done' | 'failed', task: string): EventData {
  const name = `${kind} ${task}`
  const known = events.get(name)
  if (known !== undefined) return known
  const error = { name: 'Busy', code: 'Busy', message: 'try again' }
  const event = kind === 'done' ? doneEvent(task, null) : errorEvent(task, error)
  events.set(name, event)
  return event
}

/** Counts the steps that are taken. */
function counted(stepper: Stepper): Stepper & { readonly taken: () => number } {
  let taken = 0
  const count = <T>(step: T): T => {
    taken += 1
    return step
  }
  return {
    load: (text) => stepper.load(text),
    report: () => stepper.report(),
    initial: (given) => count(stepper.initial(given)),
    next: (state, event) => count(stepper.next(state, event)),
    taken: () => taken,
  }
}

/** What becomes of an execution whose tasks end in an order; how each ends is said by a list. */
function lived(stepper: Pick<Stepper, 'initial' | 'next'>, ends: readonly number[]): Step[] {
  const steps = [stepper.initial(input)]
  for (const end of ends) {
    const { state } = steps.at(-1) as Step
    const task = state.children[(end >> 1) % state.children.length]
    if (task === undefined) break
    steps.push(stepper.next(state, eventOf(end % 5 === 4 ? 'failed' : 'done', task)))
  }
  return steps
}

const told = (steps: readonly Step[]) =>
  steps.map(({ state, effects, changed }) => [state.text, JSON.stringify(effects), changed])

const lives = fc.array(fc.array(fc.nat(1_000), { minLength: 8, maxLength: 12 }), { minLength: 5 })

describe('steps that are remembered', () => {
  it.each([Number.POSITIVE_INFINITY, 20_000, 0])(
    'are those that xstate takes, with room for %s bytes',
    (room) => {
      const xstate = interpret(executionMachine)
      fc.assert(
        fc.property(lives, (orders) => {
          const steps = new RememberedSteps(compile(executionMachine, { sharesInput: true }), room)
          for (const ends of orders) {
            expect(told(lived(steps, ends))).toEqual(told(lived(xstate, ends)))
          }
        }),
        { numRuns: 20 },
      )
    },
  )

  it('are taken once, and ways that meet again are one', () => {
    const stepper = counted(compile(executionMachine))
    const steps = new RememberedSteps(stepper)
    // The shares at the end are two images': which of them is first is forgotten when both are done.
    const [one, other] = [
      lived(steps, [0, 0, 0, 0, 0, 0, 0, 0]),
      lived(steps, [0, 0, 0, 0, 0, 2, 0, 0]),
    ]
    const last = (life: readonly Step[]): State => (life.at(-1) as Step).state
    expect(last(one).text).toBe(last(other).text)
    expect(last(one)).toBe(last(other))
    const taken = stepper.taken()
    lived(steps, [0, 0, 0, 0, 0, 0, 0, 0])
    lived(steps, [0, 0, 0, 0, 0, 2, 0, 0])
    expect(stepper.taken()).toBe(taken)
  })

  it('are taken anew when there is no more room, except those that are known', () => {
    const stepper = counted(compile(executionMachine))
    const steps = new RememberedSteps(stepper, 3_000)
    lived(steps, [0, 0, 0, 0, 0, 0, 0, 0])
    const taken = stepper.taken()
    lived(steps, [0, 0, 0, 0, 0, 0, 0, 0])
    expect(stepper.taken()).toBeGreaterThan(taken)
    expect(stepper.taken()).toBeLessThan(2 * taken)
  })

  it('begin in a state that is known: one from elsewhere is only stepped on', () => {
    const stepper = counted(compile(executionMachine))
    const steps = new RememberedSteps(stepper)
    const { state } = stepper.initial(input)
    const event = eventOf('done', state.children[0] as string)
    expect(steps.next(state, event).state.text).toBe(steps.next(state, event).state.text)
    expect(stepper.taken()).toBe(3)
  })
})
