import { describe, expect, it } from 'vitest'
import type { Estimate } from '../../../src/simulate/fleet/estimate.js'
import { erlangB, erlangC, holds, play, service } from './queues.js'

const within = (value: number) => (found: Estimate | null | undefined) =>
  found != null && holds(found, value)

/** How far bounds may be apart: closed forms are no test of bounds that hold everything. */
const usable = 0.4

describe('a fleet agrees with closed forms within its bounds', () => {
  it.each([0.3, 0.5, 0.7])(
    'M/M/1 at a load of %s: mean and p95 of the time in system',
    async (load) => {
      const { leadTime } = await play({ load })
      const mean = service / (1 - load)
      expect(leadTime.mean).toSatisfy(within(mean))
      expect(leadTime.p95).toSatisfy(within(mean * Math.log(20)))
      expect(leadTime.mean.high - leadTime.mean.low).toBeLessThan(usable * mean)
    },
  )

  it.each([0.5, 0.7, 0.85])('M/M/5 at a load of %s a slot: mean wait', async (used) => {
    const { pools } = await play({ servers: 5, load: 5 * used, lasts: 700 })
    const wait = (erlangC(5, 5 * used) * service) / (5 * (1 - used))
    expect(pools[0]?.wait).toSatisfy(within(wait))
    expect(pools[0]?.utilisation).toSatisfy(within(used))
    expect(pools[0]?.delayed).toSatisfy(within(erlangC(5, 5 * used)))
  })

  it.each([0.3, 0.6, 0.8])('M/D/1 at a load of %s: mean of the time in system', async (load) => {
    const { leadTime, pools } = await play({ load, duration: '60s' })
    const mean = service * (1 + load / (2 * (1 - load)))
    expect(leadTime.mean).toSatisfy(within(mean))
    expect(leadTime.mean.high - leadTime.mean.low).toBeLessThan(usable * mean)
    // Little: as many wait as arrive while one waits.
    const queue = ((mean - service) / service) * load
    expect(pools[0]?.queue).toSatisfy(within(queue))
  })

  it.each([
    [1, 0.5],
    [5, 2],
    [5, 4],
    [5, 7],
  ])('Erlang B with %s servers at a load of %s: share of refused starts', async (servers, load) => {
    const { refused, refusedRunning } = await play({
      served: 'executions',
      servers,
      load,
      lasts: 500,
      seed: 7,
    })
    expect(refused).toSatisfy(within(erlangB(servers, load)))
    expect(refused.high - refused.low).toBeLessThan(usable)
    expect(refusedRunning.value).toBe(0)
  })

  it('does so in about ninety-five fleets of a hundred, as the bounds say', async () => {
    const load = 0.5
    const seeds = Array.from({ length: 40 }, (_, n) => n + 100)
    let [means, tails] = [0, 0]
    for (const seed of seeds) {
      const { leadTime } = await play({ load, seed, lasts: 250 })
      if (holds(leadTime.mean, service / (1 - load))) means += 1
      if (holds(leadTime.p95, (service * Math.log(20)) / (1 - load))) tails += 1
    }
    // Of 40 at 95 %, fewer than 33 would come about once in a thousand times.
    expect(means).toBeGreaterThanOrEqual(33)
    expect(tails).toBeGreaterThanOrEqual(33)
  })
})
