import type { ObservedAttempt } from '../observed.js'
import { triesOf } from './efforts.js'
import type { ServiceRun } from './scenario.js'

/** The attempts of an execution of the service of which its answers tell how long they took. */
export function serviceAttempts({ efforts }: ServiceRun): readonly ObservedAttempt[] {
  return efforts
    .filter(({ observed }) => observed)
    .flatMap((effort) => {
      const { task: src, region, rest, end, fail } = effort
      const task = region === null ? src : `copy.${region}`
      const error = fail === null ? null : { name: 'Error', ...fail }
      const input = region === null ? {} : { region }
      const tries = triesOf(effort)
      return Array.from({ length: tries }, (_, index): ObservedAttempt => {
        const attempt = index + 1
        const to = effort.duration + (attempt === tries ? rest : 0)
        return { task, src, input, attempt, from: 0, to, end, error, unreached: [] }
      })
    })
}
