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
  let [started, ended, steps, draws] = [0, 0, 0, 0]
  const task = (mean: string) =>
    fromPromise<null>(
      () =>
        new Promise((resolve, reject) => {
          const u = drawn(childKey(1, ++draws))
          const fails = drawn(childKey(2, draws)) < 0.02
          clock.setTimeout(
            () => {
              steps += 1
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
    started += 1
    steps += 1
    const actor = createActor(machine, { input, clock })
    actor.subscribe({ complete: () => (ended += 1) })
    actor.start()
  }
  while (ended < executions) {
    while (started - ended < live && started < executions) start()
    clock.increment(1_000)
    // What the clock has resolved reaches the machines in microtasks.
    await new Promise((resolve) => setImmediate(resolve))
  }
  return (steps * 1_000) / (performance.now() - begin)
}
