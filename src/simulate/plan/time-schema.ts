import { z } from 'zod'
import { durationMs } from '../../core/duration.js'
import { dailyHours, instantOf, isOffset } from './during.js'
import { closed } from './shapes.js'

function timeProblem(time: string, offsets: boolean): string | null {
  if (isOffset(time) && !offsets) return 'must be a time in UTC such as 2026-01-05T02:00:00Z'
  try {
    if (isOffset(time)) durationMs(time)
    else if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z$/.test(time)) throw new Error(time)
    else instantOf(time)
    return null
  } catch {
    return offsets
      ? 'must be a time in UTC such as 2026-01-05T02:00:00Z, or how long after the beginning: 90m'
      : 'must be a time in UTC such as 2026-01-05T02:00:00Z'
  }
}

/** A time. With `offsets` it may count from the beginning of what the plan is part of. */
function timeText(offsets: boolean) {
  return z
    .string()
    .superRefine((value, context) => {
      const message = timeProblem(value, offsets)
      if (message !== null) context.addIssue({ code: 'custom', message, input: value })
    })
    .meta({ examples: offsets ? ['2026-01-05T02:00:00Z', '90m'] : ['2026-01-05T02:00:00Z'] })
}

/** What rules say of time. */
export function timeSchemas(offsets: boolean) {
  const time = timeText(offsets)
  const during = closed('a field of during', {
    from: time.exactOptional().meta({ description: 'From this time on.' }),
    to: time.exactOptional().meta({ description: 'Until this time, without it.' }),
    daily: z
      .string()
      .refine((value) => dailyHours(value) !== null, 'must be hours in UTC such as 22:00-04:00')
      .exactOptional()
      .meta({ description: 'Hours of the day in UTC; may go over midnight.' }),
  })
  const span = closed('a field of during', { from: time, to: time })
  return { during, span }
}
