import ELK from 'elkjs/lib/elk.bundled.js'
import { expect, test } from 'vitest'
import { executionMachine } from '../../machines/execution.js'
import { machineJson } from '../../src/engine/machine-json.js'
import { type Answer, nameOf, slim } from '../../web/chart/answers.js'
import { type Engine, layoutOf } from '../../web/chart/layout.js'
import type { MachineModel } from '../../web/chart/machine.js'

// What the browser's bundle calls a class is a module here.
const elk = new (ELK as unknown as new () => Engine)()
const execution = JSON.parse(JSON.stringify(machineJson(executionMachine))) as MachineModel

test('answers that were kept lay a machine out as the engine does', async () => {
  const kept = new Map<string, string>()
  const asked = await layoutOf(execution, {
    layout: async (graph) => {
      const name = nameOf(graph)
      const answer = await elk.layout(graph)
      kept.set(name, JSON.stringify(slim(answer)))
      return answer
    },
  })
  const known = await layoutOf(execution, {
    layout: async (graph) => JSON.parse(kept.get(nameOf(graph)) ?? 'null') as Answer,
  })
  expect(kept.size).toBe(2)
  expect(known).toEqual(asked)
})

test('a graph with another size, another line or another option has another name', () => {
  const graph = {
    id: 'root',
    layoutOptions: { 'elk.direction': 'RIGHT' },
    children: [
      { id: 'a', width: 10, height: 10 },
      { id: 'b', width: 10, height: 10 },
    ],
    edges: [{ id: 'a b', sources: ['a'], targets: ['b'] }],
  }
  const others = [
    { ...graph, layoutOptions: { 'elk.direction': 'DOWN' } },
    { ...graph, children: [{ id: 'a', width: 11, height: 10 }, graph.children[1] as object] },
    { ...graph, edges: [{ id: 'b a', sources: ['b'], targets: ['a'] }] },
    { ...graph, edges: [] },
  ] as (typeof graph)[]
  expect(nameOf(structuredClone(graph))).toBe(nameOf(graph))
  expect(new Set([graph, ...others].map(nameOf)).size).toBe(5)
})
