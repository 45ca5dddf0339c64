import type { ClockState } from '../core/clock.js'
import { BakelineError } from '../core/errors.js'

/** What every store takes. */
export interface StoreOptions {
  /** How many decisions may wait before `OVERLOADED` is the answer; 10000 by default. */
  readonly queueLimit?: number
  /** The clock of a new store; `system` by default. One that exists keeps its own. */
  readonly clock?: ClockState
  /** Settings of a new store, by key. One that exists keeps its own. */
  readonly settings?: Readonly<Record<string, string>>
}

export const defaultQueueLimit = 10_000
export const defaultClock: ClockState = { mode: 'system' }

/** The key under which a store may keep its clock among its settings: nobody else's. */
export const clockSetting = 'clock'

/**
 * Refuses an option that nobody reads, by name: a misspelt one would silently do nothing.
 *
 * @throws BakelineError `INVALID_INPUT`.
 */
export function refuseUnknown(store: string, options: object, known: readonly string[]): void {
  for (const name of Object.keys(options)) {
    if (known.includes(name)) continue
    const meant = known.find((option) => option.toLowerCase() === name.toLowerCase())
    const hint = meant ? `did you mean "${meant}"?` : `it takes ${known.join(', ')}`
    throw new BakelineError('INVALID_INPUT', `${store}() has no option "${name}": ${hint}`, {
      option: name,
    })
  }
}

/** What a number among the options may be, and what it is when it is not given. */
interface Range {
  readonly fallback: number
  readonly least: number
  readonly most?: number
}

/** @throws BakelineError `INVALID_INPUT` for anything but a whole number in the range. */
export function wholeOption(
  store: string,
  name: string,
  value: number | undefined,
  { fallback, least, most = Number.MAX_SAFE_INTEGER }: Range,
): number {
  if (value === undefined) return fallback
  if (Number.isSafeInteger(value) && value >= least && value <= most) return value
  throw new BakelineError(
    'INVALID_INPUT',
    `${store}(): "${name}" is ${String(value)}; it must be a whole number from ${least} to ${most}`,
    { option: name },
  )
}
