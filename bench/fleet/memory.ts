import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { childKey } from '../../src/core/draw.js'
import type { Json } from '../../src/core/json.js'
import type { Rule } from '../../src/simulate/plan/rule.js'
import { input, means, pipelineLoop } from './pipeline.js'

/** Everything up to the copies takes no time, the copies take for ever. */
const parked: readonly Rule[] = Object.keys(means).map((task) => ({
  task: task as keyof typeof means,
  duration: task === 'copyImage' ? '300d' : '0s',
}))

/**
 * Bytes that an execution takes while it lives, its three copies under way: heap and typed arrays. Each
 * has a state of its own, as executions have that nobody like them came before.
 */
export function bytesOfLive(executions: number): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const used = (): number => {
    collect()
    // The memory of arrays that were outgrown is given back by the one after.
    collect()
    const { heapUsed, arrayBuffers } = process.memoryUsage()
    return heapUsed + arrayBuffers
  }
  const loop = pipelineLoop({ rules: parked, steps: 'compiled' })
  const start = (n: number): void => {
    loop.start(input as unknown as Json, childKey(7, n), 0)
    loop.advance(loop.now)
  }
  for (let n = 0; n < 1_000; n++) start(n)
  const before = used()
  for (let n = 0; n < executions; n++) start(1_000 + n)
  return (used() - before) / executions
}
