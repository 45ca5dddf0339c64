import { terminalStatuses } from '../../../machines/status.js'
import { amount, type Estimate, type Part, quantile, relativeWidth, share } from './estimate.js'
import { liveStatuses, type Sample } from './measures.js'
import type { CurvePoint, FleetPoint, PoolReport } from './report-types.js'
import { countBelow, Sketch, type SketchData } from './sketch.js'

/** Where the curve is drawn: dense at both ends, where the tails are. */
const shares = [
  0.001,
  0.002,
  0.005,
  ...Array.from({ length: 99 }, (_, n) => (n + 1) / 100),
  0.995,
  0.998,
  0.999,
]

/** The figures of all runs. The order of runs counts, so that sums are the same to the last bit. */
export function summarise(
  samples: readonly Sample[],
  { value, goal, precision }: { value: number | null; goal: number | null; precision: number },
): FleetPoint {
  const parts = (sum: (each: Sample) => number, count: (each: Sample) => number): Part[] =>
    samples.map((each) => ({ sum: sum(each), count: count(each) }))
  const total = (of: (each: Sample) => number) => samples.reduce((sum, each) => sum + of(each), 0)
  const leads = samples.map(({ leadTime }) => leadTime)
  const all = merged(leads)
  const p = (wanted: number) => quantile(all, leads, wanted)
  const refused = share(
    parts(
      (each) => each.refusedRunning + each.refusedLive,
      ({ asked }) => asked,
    ),
  )
  const leadTime = {
    mean: amount(parts(({ leadSum }) => leadSum, usable)),
    p50: p(0.5),
    p90: p(0.9),
    p95: p(0.95),
    p99: p(0.99),
    curve: all.count === 0 ? [] : shares.map((wanted) => curvePoint(wanted, p(wanted))),
    missed: goal === null ? null : share(parts((each) => missed(each.leadTime, goal), usable)),
  }
  return {
    value,
    runs: samples.length,
    precise: isPrecise(leadTime, refused, precision),
    asked: total(({ asked }) => asked),
    began: total(ended),
    usable: total(usable),
    played: total(({ executions }) => executions),
    steps: total(({ steps }) => steps),
    refused,
    refusedRunning: share(
      parts(
        (each) => each.refusedRunning,
        ({ asked }) => asked,
      ),
    ),
    refusedLive: share(
      parts(
        (each) => each.refusedLive,
        ({ asked }) => asked,
      ),
    ),
    leadTime,
    outcomes: terminalStatuses.map((status) => {
      return { status, share: share(parts((each) => each.ended[status] ?? 0, ended)) }
    }),
    statuses: liveStatuses.map((status, n) => {
      const sketch = merged(samples.flatMap(({ statuses }) => statuses[n]?.sketch ?? []))
      const mean = amount(parts(({ statuses }) => statuses[n]?.sum ?? 0, usable))
      return { status, mean, p50: sketch.quantile(0.5), p95: sketch.quantile(0.95) }
    }),
    pools: poolReports(samples),
    live: amount(
      parts(
        ({ liveTime }) => liveTime,
        ({ measuredTime }) => measuredTime,
      ),
    ),
  }
}

function curvePoint(wanted: number, { value, low, high }: Estimate): CurvePoint {
  return { share: wanted, value, low, high }
}

function ended(sample: Sample): number {
  return Object.values(sample.ended).reduce((sum, count) => sum + count, 0)
}

function usable({ leadTime }: Sample): number {
  return leadTime.count
}

function missed(leadTime: SketchData, goal: number): number {
  return leadTime.count - Math.min(leadTime.count, countBelow(leadTime, goal))
}

function merged(sketches: readonly SketchData[]): Sketch {
  const all = new Sketch()
  for (const each of sketches) all.merge(each)
  return all
}

/** Whether mean, median and 95th percentile are as tight as asked for, and the refusals too. */
function isPrecise(
  { mean, p50, p95 }: Pick<FleetPoint['leadTime'], 'mean' | 'p50' | 'p95'>,
  refused: FleetPoint['refused'],
  precision: number,
): boolean {
  const lead = [mean, p50, p95].every((each) => relativeWidth(each) <= precision)
  return lead && (refused.high - refused.low) / 2 <= precision
}

function poolReports(samples: readonly Sample[]): readonly PoolReport[] {
  const names = [...new Set(samples.flatMap(({ pools }) => pools.map(({ name }) => name)))].sort()
  return names.map((name) => {
    const none = {
      name,
      slots: 0,
      held: 0,
      waited: 0,
      longest: 0,
      granted: 0,
      delayed: 0,
      waits: 0,
    }
    const found = samples.map(({ pools, measuredTime }) => {
      const pool = pools.find((each) => each.name === name) ?? none
      return { ...pool, measuredTime }
    })
    const slots = Math.max(...found.map((each) => each.slots))
    const bounded = Number.isFinite(slots)
    const over = (sum: (each: (typeof found)[number]) => number, count = 'granted' as const) =>
      found.map((each) => ({ sum: sum(each), count: each[count] }))
    const inTime = (sum: (each: (typeof found)[number]) => number) =>
      found.map((each) => ({ sum: sum(each), count: each.measuredTime }))
    return {
      name,
      slots: bounded ? slots : null,
      utilisation: bounded ? share(inTime(({ held }) => held / slots)) : null,
      queue: amount(inTime(({ waited }) => waited)),
      longest: Math.max(...found.map(({ longest }) => longest)),
      wait: amount(over(({ waits }) => waits)),
      delayed: share(over(({ delayed }) => delayed)),
    }
  })
}
