/**
 * The published SCXML tests that xstate itself runs, as machines: their own expectations, and random
 * walks beside xstate.
 */
import { describe, expect, test } from 'vitest'
import { compile } from '../../../src/core/compiled/stepper.js'
import type { EventData } from '../../../src/core/effects.js'
import { Chance } from './chance.js'
import { stateId } from './scxml/content.js'
import { Host } from './scxml/host.js'
import { type ScxmlTest, scxmlTests } from './scxml/suite.js'
import { emptyTally, walk } from './walk.js'

const suite = scxmlTests()
const wanted = Number(process.env['PROOF_STEPS'] ?? 3_000)

/** What these expect needs a child machine that runs, or a message to one. */
const needChild = new Set([191, 192, 220, 232, 235, 247, 347].map(w3c))
/** These keep in their context what JSON cannot say, and are refused for it. */
const keepMore = new Set([349, 453].map(w3c))

function w3c(number: number): string {
  return `w3c-ecma/test${number}.txml`
}

/** Everything that a machine has an ear for, and something that it has not. */
function eventsOf({ machine, events }: ScxmlTest): EventData[] {
  const heard = machine.events.map((descriptor) => String(descriptor).replace(/\.?\*$/, ''))
  const sent = events.map(({ event }) => event.name)
  return [...new Set([...heard, ...sent, 'unheard', 'unheard.of'])]
    .filter((type) => type !== '' && !type.startsWith('xstate.'))
    .map((type) => ({ type }))
}

describe('the SCXML tests that xstate runs', () => {
  test('are compiled, every one', () => {
    expect(suite).toHaveLength(169)
    const reports = suite.map(({ machine, name }) => ({ name, ...compile(machine).report() }))
    expect(reports.filter(({ compiled }) => !compiled)).toEqual([])
  })

  test('come to what they expect', () => {
    for (const { name, machine, initialConfiguration, events } of suite) {
      if (needChild.has(name)) continue
      if (keepMore.has(name)) {
        expect(() => new Host(compile(machine)), name).toThrow(/JSON does not give it back/)
        continue
      }
      const host = new Host(compile(machine))
      if (events.length === 0) {
        host.advance(Number.POSITIVE_INFINITY)
        expect(host.leaves, name).toEqual(initialConfiguration.map(stateId).sort())
      }
      for (const { after = 0, event, nextConfiguration } of events) {
        host.advance(after)
        host.send(event.name)
        expect(host.leaves, name).toEqual(nextConfiguration.map(stateId).sort())
      }
    }
  })

  test('take the same steps as xstate does, whatever comes', () => {
    const tally = emptyTally()
    let repeated = 0
    for (let seed = 1; tally.steps < wanted; seed += 1) {
      const each = suite[seed % suite.length] as ScxmlTest
      const { machine, name } = each
      const stepper = compile(machine)
      const { below: draw } = new Chance(seed)
      const start = { machine, stepper, input: null, events: eventsOf(each), draw }
      walk({ ...start, name: `${name}, seed ${seed}`, steps: 30, live: true }, tally)
      repeated += stepper.report().repeated
    }
    if (process.env['PROOF_STEPS']) console.log(JSON.stringify({ ...tally, repeated }))
    // Two steps a step; those that xstate took are those that it refuses or that throw.
    expect(repeated).toBeLessThanOrEqual(2 * (tally.threw + tally.refused))
  })
})
