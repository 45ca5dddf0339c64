import { wrongInput } from './exit-codes.js'
import type { Io } from './io.js'

/** The global options as they were typed. */
export interface TypedOptions {
  readonly db?: string
  readonly region?: string
  readonly clock?: string
  readonly seed?: string
  readonly world?: string
  readonly plan?: string
  readonly durability?: string
  readonly json?: boolean
  readonly color?: boolean
}

/** The global options, with the environment's and the defaults filled in. */
export interface GlobalOptions {
  readonly db: string
  /** The file that was typed, for commands that want none from the environment. */
  readonly typedDb: string | undefined
  /** Where a template is looked up or created. */
  readonly region: string
  /** The region that was asked for; lists show every region without it. */
  readonly askedRegion: string | undefined
  /** The one that was typed, for commands that want none from the environment. */
  readonly typedRegion: string | undefined
  readonly clock: string | undefined
  readonly seed: number | undefined
  readonly world: string | undefined
  readonly plan: string | undefined
  readonly durability: 'normal' | 'full' | undefined
  /** Who takes the steps: for comparing only, so the environment alone says it. */
  readonly stepper: 'compiled' | 'interpreted' | undefined
  readonly json: boolean
  readonly color: boolean
}

export const defaultDb = './bakeline.db'
export const defaultRegion = 'cn-hangzhou'

/** What each option is called in the environment. */
export const variables = [
  ['BAKELINE_DB', '--db'],
  ['BAKELINE_REGION', '--region'],
  ['BAKELINE_CLOCK', '--clock'],
  ['BAKELINE_SEED', '--seed'],
  ['BAKELINE_WORLD', '--world'],
  ['BAKELINE_PLAN', '--plan'],
  ['BAKELINE_URL', '--server'],
  ['NO_COLOR', '--no-color'],
] as const

/** @throws CliError 2 for a value that cannot be read */
export function globalOptions(typed: TypedOptions, { env, stdout }: Io): GlobalOptions {
  const or = (value: string | undefined, name: string): string | undefined =>
    value ?? (env[name] === '' ? undefined : env[name])
  const region = or(typed.region, 'BAKELINE_REGION')
  return {
    db: or(typed.db, 'BAKELINE_DB') ?? defaultDb,
    typedDb: typed.db,
    region: region ?? defaultRegion,
    askedRegion: region,
    typedRegion: typed.region,
    clock: or(typed.clock, 'BAKELINE_CLOCK'),
    seed: seedOf(or(typed.seed, 'BAKELINE_SEED')),
    world: or(typed.world, 'BAKELINE_WORLD'),
    plan: or(typed.plan, 'BAKELINE_PLAN'),
    durability: durabilityOf(typed.durability),
    stepper: stepperOf(or(undefined, 'BAKELINE_STEPPER')),
    json: typed.json === true,
    color: typed.color !== false && wantsColor(env, stdout.isTTY),
  }
}

function wantsColor(env: Io['env'], isTTY: boolean): boolean {
  // https://no-color.org: present and not empty.
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false
  return isTTY && env['TERM'] !== 'dumb'
}

function seedOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const seed = Number(text)
  if (/^-?\d{1,16}$/.test(text) && Number.isSafeInteger(seed)) return seed
  throw wrongInput(`"${text}" is not a seed: give a whole number, such as --seed 1`)
}

function durabilityOf(text: string | undefined): 'normal' | 'full' | undefined {
  if (text === undefined || text === 'normal' || text === 'full') return text
  throw wrongInput(
    `"${text}" is not a durability: normal survives a crash of the process, full a power cut`,
  )
}

function stepperOf(text: string | undefined): 'compiled' | 'interpreted' | undefined {
  if (text === undefined || text === 'compiled' || text === 'interpreted') return text
  throw wrongInput(`BAKELINE_STEPPER is "${text}": it may be compiled or interpreted`)
}
