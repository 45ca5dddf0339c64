import { z } from 'zod'
import { closed, durationText } from '../../simulate/plan/shapes.js'

/** Pieces that the bodies and answers of the control API are made of. */

export { closed, durationText }

/** A time as it is answered: UTC with milliseconds. */
export const instant = z.iso.datetime().meta({ examples: ['2026-01-05T02:00:00.000Z'] })

export function instantOf(ms: number): string {
  return new Date(ms).toISOString()
}

/** A number in a query, which is text. */
export function wholeNumber(least: number, most: number) {
  const says = `must be a whole number from ${least} to ${most}`
  return z
    .string()
    .regex(/^\d{1,15}$/, says)
    .transform(Number)
    .refine((value) => value >= least && value <= most, says)
}

export const plainName = z
  .string()
  .regex(/^[A-Za-z0-9][\w.-]{0,63}$/, 'must be a word of up to 64 letters, digits, ".", "_" or "-"')
  .meta({ id: 'name', examples: ['before-release'] })

/** An object whose fields are told elsewhere. */
export const anyObject = z.record(z.string(), z.unknown())
