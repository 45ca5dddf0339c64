import { stringify } from 'yaml'
import type { ExecutionStatus } from '../../../machines/status.js'
import type { Case } from './cases.js'

/** Something that was done while a case was played; times are milliseconds after its begin. */
export type Deed =
  | ({ readonly at: number; readonly do: 'start'; readonly token: string | null } & Outcome)
  | ({ readonly at: number; readonly do: 'cancel' } & Outcome)
  | { readonly at: number; readonly do: 'crowd' }

/** What a call came to: the execution, or the code that refused it. */
type Outcome =
  | { readonly execution: string; readonly refused?: never }
  | { readonly refused: string; readonly execution?: never }

/** What is needed to play a case again without its poller. */
export interface Played {
  readonly case: Case
  /** What was wrong with the poller, in a line. */
  readonly about: string
  /** `web` is the one that the poller starts; the others crowd the list of images. */
  readonly templates: { readonly web: object; readonly [name: string]: object }
  readonly deeds: readonly Deed[]
  readonly end: ExecutionStatus
}

/** The case as a scenario: what the poller and others did, each at its time, and how it ends. */
export function scenarioOf({ case: played, about, templates, deeds, end }: Played): string {
  const others = Object.keys(templates).filter((name) => name !== 'web')
  const { name, plan } = played
  const scenario = { name, templates, plan, steps: stepsOf(deeds, others, end) }
  return `# ${about}\n${stringify(scenario, { lineWidth: 96, flowCollectionPadding: true })}`
}

function stepsOf(
  deeds: readonly Deed[],
  others: readonly string[],
  end: ExecutionStatus,
): object[] {
  const names = new Map<string, string>()
  const steps: object[] = []
  let now = 0
  for (const deed of deeds) {
    if (deed.at > now) steps.push({ advance: `${deed.at - now}ms` })
    now = Math.max(now, deed.at)
    if (deed.do === 'crowd') steps.push(...others.map((name) => ({ start: name })))
    else if (deed.do === 'cancel') steps.push(cancelStep(deed, names))
    else steps.push(startStep(deed, names))
  }
  const [first = 'run 1'] = names.values()
  return [...steps, { wait: first }, { expect: first, status: end }]
}

function startStep(deed: Extract<Deed, { do: 'start' }>, names: Map<string, string>): object {
  const token = deed.token === null ? {} : { token: deed.token }
  if (deed.refused !== undefined) return { start: 'web', ...token, refused: deed.refused }
  const known = names.get(deed.execution)
  if (known !== undefined) return { start: 'web', ...token, same: known }
  const name = `run ${names.size + 1}`
  names.set(deed.execution, name)
  return { start: 'web', as: name, ...token }
}

function cancelStep(deed: Extract<Deed, { do: 'cancel' }>, names: Map<string, string>): object {
  const [first = 'run 1'] = names.values()
  if (deed.refused !== undefined) return { cancel: first, refused: deed.refused }
  return { cancel: names.get(deed.execution) ?? first }
}
