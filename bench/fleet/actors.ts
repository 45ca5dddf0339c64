import { createActor, fromPromise, SimulatedClock } from 'xstate'
import { executionMachine } from '../../machines/execution.js'
import { input, means } from './pipeline.js'
import { childKey, drawn } from '../../src/core/draw.js'
import { durationMs } from '../../src/core/duration.js'

/**
 * The same pipeline as xstate's own actors on its SimulatedClock, so many at a time: tasks are promises
 * that the clock resolves. Gives the steps a second, counted as the loop counts them.
 */
export async function playActors(executions: number, live: number): Promise<number> {
  const clock = new SimulatedClock()
  const begin = performance.now()
  const count = { started: 0, ended: 0, steps: 0, draws: 0 }
  const task = (mean: string) =>
    fromPromise<null>(
      () =>
        new Promise((resolve, reject) => {
          const u = drawn(childKey(1, ++count.draws))
          const fails = drawn(childKey(2, count.draws)) < 0.02
          clock.setTimeout(
            () => {
              count.steps += 1
              if (fails) reject(new Error('by chance'))
              else resolve(null)
            },
            Math.round(-durationMs(mean) * Math.log1p(-u)),
          )
        }),
    )
  const actors = Object.fromEntries(Object.entries(means).map(([name, mean]) => [name, task(mean)]))
  const machine = executionMachine.provide({ actors })
  const start = (): void => {
    count.started += 1
    count.steps += 1
    const actor = createActor(machine, { input, clock })
    actor.subscribe({ complete: () => (count.ended += 1) })
    actor.start()
  }
  while (count.ended < executions) {
    while (count.started - count.ended < live && count.started < executions) start()
    clock.increment(1_000)
    // What the clock has resolved reaches the machines in microtasks.
    await new Promise((resolve) => setImmediate(resolve))
  }
  return (count.steps * 1_000) / (performance.now() - begin)
}
