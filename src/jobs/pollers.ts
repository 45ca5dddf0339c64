import { pollers } from '../pollers/pollers.js'
import type { JobAnswer } from '../server/jobs.js'
import { knownPollers } from '../simulate/pollers/known.js'

/** Plays every case to every poller that is known. */
export async function pollersJob(onProgress: (progress: unknown) => void): Promise<JobAnswer> {
  let done = 0
  const of = knownPollers.length
  onProgress({ done, of })
  const reports = await pollers({ onReport: () => onProgress({ done: ++done, of }) })
  const value = reports.map(({ name, about, meetings }) => ({
    name,
    about,
    // A case that went well is nothing to play again.
    meetings: meetings.map((met) => ({
      ...met,
      scenario: met.flaws.length > 0 ? met.scenario : null,
    })),
  }))
  return { value: { pollers: value } }
}
