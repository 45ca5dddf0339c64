import { writeFile } from 'node:fs/promises'
import { fleet as playFile, type FleetOptions as PlayOptions } from '../../fleet.js'
import { fleetCsv } from '../../simulate/fleet/csv.js'
import { fleetPage } from '../../simulate/fleet/page/page.js'
import type { FleetProgress } from '../../simulate/fleet/play.js'
import type { FleetReport } from '../../simulate/fleet/report-types.js'
import { renderFleet } from '../../simulate/fleet/text.js'
import { whole } from '../../simulate/fleet/words.js'
import type { Context } from '../context.js'
import { type ExitCode, exitCodes, wrongInput } from '../exit-codes.js'
import type { Io } from '../io.js'
import { packageVersion } from '../version.js'

interface FleetOptions {
  readonly cores?: string
  readonly runs?: string
  readonly html?: string
  readonly csv?: string
}

/** `bakeline fleet <file>` */
export async function fleet(
  { io, options, json, note }: Context,
  [file]: readonly [string],
  { cores, runs, html, csv }: FleetOptions,
): Promise<ExitCode> {
  const report = await played(file, io.signal, {
    ...counted('cores', cores),
    ...counted('runs', runs),
    ...(options.seed === undefined ? {} : { seed: options.seed }),
    onProgress: progressOn(io),
  })
  if (report === null) return exitCodes.interrupted
  const version = packageVersion()
  if (html !== undefined) await writeFile(html, fleetPage(report, version))
  if (csv !== undefined) await writeFile(csv, fleetCsv(report))
  if (options.json) json({ version, ...report })
  else io.stdout.write(renderFleet(report, version))
  for (const written of [html, csv]) if (written !== undefined) note(`bakeline: wrote ${written}`)
  return exitCodes.success
}

/** Null when it was interrupted. */
async function played(
  file: string,
  signal: AbortSignal,
  options: PlayOptions,
): Promise<FleetReport | null> {
  try {
    return await playFile(file, { ...options, signal })
  } catch (error) {
    if (signal.aborted) return null
    throw error
  }
}

function counted(name: 'cores' | 'runs', text: string | undefined): { [key: string]: number } {
  if (text === undefined) return {}
  const least = name === 'runs' ? 2 : 1
  if (/^\d{1,6}$/.test(text) && Number(text) >= least) return { [name]: Number(text) }
  throw wrongInput(`--${name} takes a whole number from ${least}, not "${text}"`)
}

/** One line on a terminal, written over itself and gone at the end; nothing elsewhere. */
function progressOn({ stderr }: Io): (progress: FleetProgress) => void {
  if (!stderr.isTTY) return () => undefined
  return ({ point, points, runs, most, executions }) => {
    const of = points === 1 ? '' : `point ${point} of ${points}, `
    const over = point === points && runs === most
    const line = `${of}run ${runs} of at most ${most}, ${whole(executions)} executions`
    stderr.write(over ? '\r\u001b[K' : `\r\u001b[K${line}`)
  }
}
