import { createHash } from 'node:crypto'
import { confidence } from './estimate.js'
import type { Sample } from './measures.js'
import { type Prepared, varied } from './prepared.js'
import type { FleetPoint, FleetReport } from './report-types.js'
import { summarise } from './summary.js'
import type { Fleet } from './types.js'

/** Plays one run of a fleet, here or in another thread. */
export type PlayRun = (fleet: Prepared, run: number) => Promise<Sample>

/** How far a fleet is. */
export interface FleetProgress {
  /** The point that is played, from 1, of how many. */
  readonly point: number
  readonly points: number
  readonly value: number | null
  readonly runs: number
  readonly most: number
  readonly executions: number
}

export interface PlayOptions {
  readonly run: PlayRun
  readonly onProgress?: (progress: FleetProgress) => void
  readonly signal?: AbortSignal
}

/** Runs grow by half from one look at the bounds to the next. */
const growth = 1.5

/**
 * Plays a fleet, and every value of its sweep, until the bounds are tight enough or the most runs are
 * played. How many runs that takes is decided from the runs in their order, so it does not depend on
 * which thread played which, nor how fast.
 */
export async function playFleet(
  fleet: Fleet,
  base: Prepared,
  options: PlayOptions,
): Promise<FleetReport> {
  const { sweep } = fleet
  const variants = [
    { value: null, prepared: base },
    ...(sweep?.values ?? []).map((value) => {
      return { value, prepared: sweep === null ? base : varied(base, sweep, value) }
    }),
  ]
  const points: FleetPoint[] = []
  for (const [index, { value, prepared }] of variants.entries()) {
    const told = (runs: number, executions: number) =>
      options.onProgress?.({
        point: index + 1,
        points: variants.length,
        value,
        runs,
        most: fleet.stop.most,
        executions,
      })
    points.push(await playPoint(fleet, { value, prepared }, { ...options, told }))
  }
  const [point, ...others] = points
  const swept = sweep === null ? null : { title: sweep.title, points: others }
  const figures = { point: point as FleetPoint, sweep: swept }
  return {
    name: fleet.name,
    about: fleet.about,
    file: fleet.file,
    seed: fleet.seed,
    templates: fleet.templates.size,
    lasts: fleet.lasts,
    warmup: fleet.warmup,
    goal: fleet.goal,
    confidence,
    precision: fleet.stop.precision,
    ...figures,
    hash: createHash('sha256').update(JSON.stringify(figures)).digest('hex'),
  }
}

async function playPoint(
  { stop, goal }: Fleet,
  { value, prepared }: { value: number | null; prepared: Prepared },
  { run, signal, told }: PlayOptions & { told: (runs: number, executions: number) => void },
): Promise<FleetPoint> {
  const samples: Sample[] = []
  let executions = 0
  const { precision, least, most } = stop
  for (let goalRuns = least; ; goalRuns = Math.min(most, Math.ceil(goalRuns * growth))) {
    let done = samples.length
    const numbers = Array.from({ length: goalRuns - done }, (_, n) => samples.length + n)
    const played = numbers.map(async (number) => {
      const sample = await run(prepared, number)
      executions += sample.executions
      told(++done, executions)
      return sample
    })
    samples.push(...(await Promise.all(played)))
    signal?.throwIfAborted()
    const point = summarise(samples, { value, goal, precision })
    if (point.precise || goalRuns >= most) return point
  }
}
