import type { Scenario } from '../scenario/types.js'

/** What a template asks for, read from the scenario alone: no code of the service has seen it. */
export interface Wanted {
  /** Its key in the scenario. */
  readonly key: string
  readonly region: string
  readonly repairs: boolean
  readonly tests: boolean
  /** Regions to copy to, each once and without the own. */
  readonly copies: readonly string[]
  /** Accounts to share with, each once and without the own. */
  readonly accounts: readonly string[]
  /** False: the instance of a run that failed on it is kept. */
  readonly deletesInstance: boolean
}

/** What each template asks for, by key. `account` is whose templates they are. */
export function wantedBy(
  { templates }: Pick<Scenario, 'templates'>,
  account: string,
): ReadonlyMap<string, Wanted> {
  return new Map(
    [...templates].map(([key, { parameters }]) => {
      const region = String(parameters['RegionId'])
      return [
        key,
        {
          key,
          region,
          repairs: texts(parameters['RepairMode']).length > 0,
          tests: texts(parameters['TestContent']).some((text) => text.trim() !== ''),
          copies: others(parameters['ToRegionId'], region),
          accounts: others(parameters['AddAccount'], account),
          deletesInstance: String(parameters['DeleteInstanceOnFailure'] ?? true) !== 'false',
        },
      ]
    }),
  )
}

function others(given: unknown, own: string): readonly string[] {
  return [...new Set(texts(given))].filter((each) => each !== own)
}

/** The texts of a parameter: an empty one says nothing. */
function texts(given: unknown): readonly string[] {
  const list = Array.isArray(given) ? given : [given]
  return list
    .flatMap((each: unknown) => {
      return typeof each === 'string' || typeof each === 'number' ? [String(each)] : []
    })
    .filter((text) => text !== '')
}
