import { type FleetOptions, playText } from '../../../src/fleet.js'
import type { Estimate } from '../../../src/simulate/fleet/estimate.js'
import type { FleetPoint } from '../../../src/simulate/fleet/report-types.js'

/** The mean service time of the queues below, in milliseconds. */
export const service = 60_000

export interface Queue {
  /** What serves: copies into one region, or the build of executions of which so many may live. */
  readonly served: 'copies' | 'executions'
  readonly servers: number
  /** Service in the words of a plan. */
  readonly duration: string
  /** Arrivals for each service time. */
  readonly load: number
  readonly seed?: number
  /** Service times that one run lasts, the fifth part of it not measured. */
  readonly lasts?: number
}

const exponential = '{ exponential: { mean: 60s } }'

/** The pipeline as a queue: everything but what serves takes no time. */
function queueText({ served, servers, duration, load, seed = 5, lasts = 1_500 }: Queue): string {
  const task = served === 'copies' ? 'copyImage' : 'buildImage'
  const gap = Math.round(service / load)
  return `
name: A queue
seed: ${seed}
lasts: ${lasts * 60}s
warmup: ${lasts * 12}s
templates:
  job:
    BaseImageType: IMAGE
    BaseImage: aliyun_3_x64_20G_alibase_20240819.vhd
${served === 'copies' ? '    ToRegionId: [cn-beijing]' : ''}
plan:
${['prepareInstance', 'buildImage', 'copyImage', 'releaseResources']
  .map((each) => `  - { task: ${each}, duration: ${each === task ? duration : '0s'} }`)
  .join('\n')}
arrivals: [{ poisson: ${gap}ms }]
limits:
  perTemplate: none
  copiesPerRegion: ${served === 'copies' ? servers : 5}
  live: ${served === 'executions' ? servers : 'none'}
stop: { least: 12, most: 12 }
`
}

export async function play(queue: Partial<Queue>, options: FleetOptions = {}): Promise<FleetPoint> {
  const whole: Queue = {
    served: 'copies',
    servers: 1,
    duration: exponential,
    load: 0.5,
    ...queue,
  }
  const { point } = await playText(queueText(whole), 'queue.yaml', { cores: 1, ...options })
  return point
}

/** Whether bounds hold a value. */
export function holds({ low, high }: Estimate, value: number): boolean {
  return low <= value && value <= high
}

/** The share of arrivals that find all servers busy, where those are turned away (Erlang B). */
export function erlangB(servers: number, load: number): number {
  let blocked = 1
  for (let n = 1; n <= servers; n++) blocked = (load * blocked) / (n + load * blocked)
  return blocked
}

/** The share that has to wait, where they queue (Erlang C). */
export function erlangC(servers: number, load: number): number {
  const blocked = erlangB(servers, load)
  const used = load / servers
  return blocked / (1 - used * (1 - blocked))
}
