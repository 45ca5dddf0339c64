import { BakelineError } from '../../core/errors.js'
import { checkSetting } from '../input.js'
import { defaultQueueLimit, refuseUnknown, type StoreOptions, wholeOption } from '../options.js'

export type Durability = 'none' | 'normal' | 'full'

/** How a file is opened. */
export interface SqliteOptions extends StoreOptions {
  /**
   * `normal` (the default) survives a crash of the process: what was answered is there afterwards,
   * but a power cut may take the last commits, never a part of one. `full` waits for the disk at
   * each commit and survives a power cut too. `none` never waits: a power cut may spoil the file, so
   * it is for files that are thrown away.
   */
  readonly durability?: Durability
  /** Milliseconds to wait for another process that writes; 5000 by default. */
  readonly busyTimeout?: number
  /** Reads only: nothing is created or migrated, and `transact` is refused. */
  readonly readOnly?: boolean
  /** Refuses to make a new file. */
  readonly mustExist?: boolean
  /** For `:memory:`: begins as a copy of this file's bytes, which stays as it is. */
  readonly image?: Uint8Array
}

const durabilities: readonly Durability[] = ['none', 'normal', 'full']

/** The options with their defaults. */
export type Settled = ReturnType<typeof settleOptions>

const known = [
  'durability',
  'queueLimit',
  'busyTimeout',
  'readOnly',
  'mustExist',
  'clock',
  'settings',
  'image',
]

/**
 * Checks the path and every option.
 *
 * @throws BakelineError `INVALID_INPUT` with the option's name and what it takes.
 */
export function settleOptions(path: string, options: SqliteOptions) {
  if (typeof path !== 'string' || path.trim() !== path || path === '') {
    const given = JSON.stringify(path)
    throw new BakelineError(
      'INVALID_INPUT',
      `sqlite() needs the path of a file, or ":memory:"; ${given} is none`,
    )
  }
  refuseUnknown('sqlite', options, known)
  const { durability = 'normal', clock, settings = {} } = options
  if (!durabilities.includes(durability)) {
    throw new BakelineError(
      'INVALID_INPUT',
      `sqlite(): "durability" is ${JSON.stringify(durability)}; it takes ${durabilities.join(', ')}`,
      { option: 'durability' },
    )
  }
  for (const key of Object.keys(settings)) checkSetting(key)
  const queue = { fallback: defaultQueueLimit, least: 1 }
  // SQLite keeps it in 32 bits.
  const busy = { fallback: 5_000, least: 0, most: 2 ** 31 - 1 }
  return {
    path,
    durability,
    clock,
    settings,
    queueLimit: wholeOption('sqlite', 'queueLimit', options.queueLimit, queue),
    busyTimeout: wholeOption('sqlite', 'busyTimeout', options.busyTimeout, busy),
    readOnly: options.readOnly ?? false,
    mustExist: options.mustExist ?? false,
    image: options.image,
  }
}
