import { parentPort, workerData } from 'node:worker_threads'
import { portsFor } from './explore-ports.js'
import type { Asked, ThreadData } from './explore-threads.js'
import { Coverage } from './simulate/explore/coverage.js'
import { Expander } from './simulate/explore/expand.js'
import { Hand } from './simulate/explore/hand.js'
import { alwaysRule } from './simulate/explore/invariants/always.js'
import { invariants } from './simulate/explore/invariants/index.js'
import { prepare } from './simulate/explore/setup.js'
import { loadScenario } from './simulate/scenario/load.js'

/** A thread of an exploration: expands the states that it is given, and tells what it has seen. */
const { text, file, bounds, always } = workerData as ThreadData
const scenario = loadScenario(text, file)
const ground = await prepare(scenario, portsFor(scenario), always)
const coverage = new Coverage()
const all = [...invariants, ...always.map(alwaysRule)]
const expander = new Expander(ground, { bounds, coverage, invariants: all })
const hand = new Hand(ground, expander)

parentPort?.on('message', (asked: Asked) => {
  void answer(asked).then((value) => parentPort?.postMessage(value, []))
})

async function answer(asked: Asked): Promise<unknown> {
  if ('order' in asked) return hand.work(asked.order)
  return { coverage: coverage.data(), cut: expander.cut }
}
