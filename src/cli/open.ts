import { existsSync } from 'node:fs'
import { openImageBuilder, type OpenOptions } from '../compose.js'
import { BakelineError } from '../core/errors.js'
import type { ImageBuilder } from '../imagebuilder/image-builder.js'
import type { Context } from './context.js'
import { wrongInput } from './exit-codes.js'

export interface Use {
  /** Make the file when it is missing. Only what creates something does. */
  readonly create?: boolean
}

/**
 * Opens the file, does what is due in it, and lets go of it when the body has ended.
 *
 * @throws CliError 2 when the file is missing and may not be made
 */
export async function withFile<T>(
  context: Context,
  { create = false }: Use,
  body: (builder: ImageBuilder) => Promise<T>,
): Promise<T> {
  const options = await openOptions(context)
  const builder = await open(context, { ...options, mustExist: !create })
  try {
    await builder.engine.settle()
    return await body(builder)
  } finally {
    await builder.engine.close()
  }
}

/**
 * Tries a body on a new database in memory when the file is not there yet: what is refused there
 * must not leave a file behind.
 */
export async function rehearse(
  context: Context,
  body: (builder: ImageBuilder) => Promise<unknown>,
): Promise<void> {
  if (existsSync(context.options.db)) return
  const builder = await openImageBuilder({ ...(await openOptions(context)), db: ':memory:' })
  try {
    await body(builder)
  } finally {
    await builder.engine.close()
  }
}

/** What a file is opened with, as the global options say. */
export async function openOptions({ options, note }: Context): Promise<OpenOptions> {
  const { db, clock, seed, world, plan, durability, stepper } = options
  return {
    db,
    worker: false,
    log: teller(note),
    ...(clock === undefined ? {} : { clock }),
    ...(seed === undefined ? {} : { seed }),
    ...(await filesOf({ world, plan })),
    ...(durability === undefined ? {} : { durability }),
    ...(stepper === undefined ? {} : { stepper }),
  }
}

/** Most commands name no file; what reads one is loaded when it is. */
async function filesOf({
  world,
  plan,
}: Pick<Context['options'], 'world' | 'plan'>): Promise<Pick<OpenOptions, 'world' | 'plan'>> {
  if (world === undefined && plan === undefined) return {}
  const { readPlan, readWorld } = await import('./inputs/settings.js')
  return {
    ...(world === undefined ? {} : { world: await readWorld(world) }),
    ...(plan === undefined ? {} : { plan: await readPlan(plan) }),
  }
}

async function open({ options }: Context, use: OpenOptions): Promise<ImageBuilder> {
  try {
    return await openImageBuilder(use)
  } catch (error) {
    const reason = error instanceof BakelineError ? error.details['reason'] : undefined
    if (reason !== 'missing' || !use.mustExist) throw error
    throw wrongInput(
      `there is no database ${options.db}: name another with --db, or make this one with ` +
        '"bakeline template create -f FILE"',
      { path: options.db },
    )
  }
}

/** Tells what goes wrong in the background: once, not at every try. */
function teller(note: (line: string) => void): (...line: unknown[]) => void {
  let last = ''
  return (...line) => {
    const text = line.map((part) => (part instanceof Error ? part.message : String(part))).join(' ')
    if (text !== last) note(`bakeline: ${text}`)
    last = text
  }
}
