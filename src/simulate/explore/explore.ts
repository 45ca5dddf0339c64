import type { Scenario } from '../scenario/types.js'
import { type Bounds, defaultBounds } from './bounds.js'
import { Coverage } from './coverage.js'
import { Expander } from './expand.js'
import { Hand } from './hand.js'
import { invariants } from './invariants/index.js'
import { Search, type Progress, type Searched, type Worker } from './search.js'
import { type Ground, type Ports, prepare } from './setup.js'

export interface Explored extends Searched {
  readonly coverage: Coverage
}

/** Explores in this thread. */
export async function exploreHere(
  scenario: Scenario,
  ports: Ports,
  {
    bounds: given = {},
    onProgress,
  }: { bounds?: Partial<Bounds>; onProgress?: (progress: Progress) => void } = {},
): Promise<Explored & { ground: Ground }> {
  const bounds = { ...defaultBounds, ...given }
  const ground = await prepare(scenario, ports)
  const coverage = new Coverage()
  const expander = new Expander(ground, { bounds, coverage, invariants })
  const workers: readonly Worker[] = [new Hand(ground, expander)]
  const begun = performance.now()
  const search = new Search({
    bounds,
    workers,
    onProgress,
    elapsed: () => performance.now() - begun,
  })
  const searched = await search.run()
  const cut = { ...searched.cut }
  for (const [bound, n] of Object.entries(expander.cut)) {
    const key = bound as keyof Bounds
    cut[key] = (cut[key] ?? 0) + n
  }
  return { ...searched, cut, coverage, ground }
}
