import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { executionMachine } from '../../machines/execution.js'
import { machineJson } from '../../src/engine/machine-json.js'
import { explore } from '../../src/explore.js'
import { countText, extentOf, marksOf } from '../../web/chart/coverage.js'
import { edgesOf } from '../../web/chart/edges.js'
import type { MachineModel } from '../../web/chart/machine.js'

const machine = JSON.parse(JSON.stringify(machineJson(executionMachine))) as MachineModel
const edges = [...edgesOf(machine.root).values()].flat()
const plain = resolve(import.meta.dirname, '../../scenarios/basics/plain.yaml')

test('every transition of an exploration is marked once, on a line or within a state', async () => {
  const { coverage } = await explore(plain, { threads: 1, bounds: { faults: 1, starts: 1 } })
  const { states, lines } = marksOf(machine, edges, coverage)
  const marked = [
    ...[...lines.values()].flatMap(({ transitions }) => transitions),
    ...[...states.values()].flatMap(({ within }) => within),
  ]
  const times = (all: readonly { readonly times: number }[]) =>
    all.map((each) => each.times).sort((a, b) => a - b)
  expect(times(marked)).toEqual(times(coverage.transitions))
})

test('what was never come through is told apart from what was, and a group by its members', () => {
  const { states, lines } = marksOf(machine, edges, {
    states: [
      { name: 'create.preparing', times: 2 },
      { name: 'create.building', times: 1 },
      { name: 'copy', times: 1 },
    ],
    transitions: [
      {
        name: 'a',
        times: 3,
        from: 'create.preparing',
        event: 'xstate.error.actor.prepareInstance',
        guard: null,
        to: 'release',
      },
      {
        name: 'b',
        times: 5,
        from: 'copy',
        event: 'xstate.done.actor.copy.*',
        guard: null,
        to: 'copy',
      },
      { name: 'c', times: 1, from: 'create.preparing', event: 'CANCEL', guard: null, to: 'cancel' },
      { name: 'd', times: 7, from: 'copy', event: '', guard: 'allHaveEnded', to: 'share' },
    ],
  })
  expect(states.get('execution.create')).toMatchObject({ all: 4, taken: 2, times: 3 })
  expect(states.get('execution.copy')?.within).toEqual([
    { text: 'copy done', times: 5 },
    { text: 'copy failed', times: 0 },
  ])
  expect(states.get('execution.share')).toMatchObject({ all: 1, taken: 0 })
  const extents = Object.fromEntries([...lines].map(([id, mark]) => [id, extentOf(mark)]))
  expect(extents).toMatchObject({
    'execution.create execution.release': 'some',
    'execution.create execution.cancel': 'some',
    'execution.copy execution.share': 'all',
    'execution.share execution.release': 'none',
  })
  expect(lines.get('execution.create execution.release')?.transitions[0]).toEqual({
    source: 'execution.create.preparing',
    text: 'prepareInstance failed',
    times: 3,
  })
})

test('a count is told in little room', () => {
  expect([0, 9_999, 12_345, 1_250_000].map(countText)).toEqual(['0', '9999', '12k', '1.2M'])
})
