import { playText } from '../fleet.js'
import type { Job, JobAnswer } from '../server/jobs.js'
import { fleetCsv } from '../simulate/fleet/csv.js'
import { loadFleet } from '../simulate/fleet/load.js'
import { fleetPage } from '../simulate/fleet/page/page.js'
import { fleetPanels } from '../simulate/fleet/page/panels.js'
import { packageVersion } from '../version.js'

/** Plays a fleet in this one thread; its figures are the same on any number of cores. */
export async function fleetJob(
  { text, file, runs }: Job & { kind: 'fleet' },
  onProgress: (progress: unknown) => void,
): Promise<JobAnswer> {
  const least = Math.min(loadFleet(text, file).stop.most, runs)
  const report = await playText(text, file, { cores: 1, runs: least, onProgress })
  const html = fleetPage(report, packageVersion())
  return { value: { report, panels: fleetPanels(report), html, csv: fleetCsv(report) } }
}
