import { createEmulator, type Emulator, type EmulatorOptions } from '../emulator/create.js'
import { type Variable, environmentOf, keyOf } from '../emulator/environment.js'
import { worldOf } from '../imagebuilder/world-setting.js'
import type { Context } from './context.js'
import { wrongInput } from './exit-codes.js'
import { readInit } from './inputs/init.js'
import { openOptions } from './open.js'

/** What `serve` and `exec` have in common. */
export interface ServingOptions {
  readonly port?: string
  readonly host?: string
  readonly init?: string
  readonly allowHost?: readonly string[]
  readonly snapshots?: string
}

/** The port of an emulator whose user names none. */
export const usualPort = 4526

/** The clock of an emulator whose file does not say otherwise: an hour a minute. */
const usualClock = 'scale=60'

/**
 * Starts an emulator as the options say; in memory unless a file is named.
 *
 * @throws CliError 2, BakelineError and ScenarioError as `createEmulator` and `readInit` do
 */
export async function startEmulator(
  context: Context,
  { port, host, init, allowHost, snapshots }: ServingOptions,
  fallbackPort: number,
): Promise<Emulator> {
  const { db: _, worker: __, ...open } = await openOptions(context)
  const db = dbOf(context)
  const prepare =
    init === undefined ? {} : { prepare: await readInit(init, context.options.region) }
  const options: EmulatorOptions = {
    ...open,
    ...prepare,
    ...(db === undefined ? { clock: open.clock ?? usualClock } : { db }),
    port: portOf(port, fallbackPort),
    ...(host === undefined ? {} : { host }),
    ...(allowHost === undefined ? {} : { allowHosts: allowHost }),
    ...(snapshots === undefined ? {} : { snapshots }),
  }
  return createEmulator(options)
}

/** The file that was named, on the command line or in the environment. */
export function dbOf({ io, options }: Context): string | undefined {
  return options.typedDb ?? (io.env['BAKELINE_DB'] || undefined)
}

/** The environment that points clients at an emulator. */
export async function variablesOf(
  { url, endpoint, imageBuilder }: Emulator,
  { options: { region } }: Context,
): Promise<readonly Variable[]> {
  const key = keyOf(await imageBuilder.engine.read(worldOf))
  return environmentOf({ url, endpoint, region, ...key })
}

/** @throws CliError 2 */
export function portOf(text: string | undefined, fallback: number): number {
  const port = text === undefined ? fallback : Number(text)
  if (Number.isInteger(port) && port >= 0 && port <= 65_535 && text !== '') return port
  throw wrongInput(`"${text}" is not a port: give a number from 0, which picks one, to 65535`)
}
