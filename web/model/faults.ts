import type { Row } from './row.js'

/** A rule of the plan, as far as this page makes and shows them. */
export interface PlanRule {
  readonly task?: string
  readonly outage?: string | readonly string[]
  readonly template?: string
  readonly region?: string
  readonly account?: string
  readonly attempt?: number | string
  readonly probability?: number
  readonly during?: unknown
  readonly duration?: unknown
  readonly fail?: string | false | { readonly code: string; readonly message?: string }
  readonly slower?: number
}

/** What the form says of a fault of a task. */
export interface TaskFault {
  readonly task: string
  /** Empty: any. */
  readonly region: string
  readonly template: string
  readonly account: string
  readonly attempt: '1' | '2' | '3' | 'every'
  readonly outcome: 'fail' | 'slow' | 'never'
  readonly code: string
  readonly message: string
  /** How long the attempt takes; empty: as long as it would. */
  readonly duration: string
}

/** The tasks of an execution in the order in which they run, and the state of each. */
export const tasks: readonly (readonly [task: string, status: string, state: string])[] = [
  ['prepareInstance', 'PREPARING', 'create.preparing'],
  ['repairImage', 'REPAIRING', 'create.repairing'],
  ['buildImage', 'BUILDING', 'create.building'],
  ['testImage', 'TESTING', 'create.testing'],
  ['copyImage', 'DISTRIBUTING', 'copy'],
  ['shareImage', 'DISTRIBUTING', 'share'],
  ['releaseResources', 'RELEASING', 'release'],
]

/** The longest that an attempt can take: nobody waits for its end. */
export const longest = '400d'

/** The rule that a fault becomes: it stands after the others, so it wins. */
export function ruleOf(fault: TaskFault): PlanRule {
  const { task, region, template, account, attempt, outcome, code, message, duration } = fault
  const fail = message.trim() === '' ? { code } : { code, message: message.trim() }
  return {
    task,
    ...(template === '' ? {} : { template }),
    ...(region === '' ? {} : { region }),
    ...(task === 'shareImage' && account !== '' ? { account } : {}),
    ...(attempt === 'every' ? {} : { attempt: Number(attempt) }),
    ...(outcome === 'never' ? { duration: longest } : duration === '' ? {} : { duration }),
    ...(outcome === 'fail' ? { fail } : {}),
  }
}

/** Whether a rule is somebody's fault, and not how long a task takes everywhere. */
export function isFault(rule: PlanRule): boolean {
  if (rule.outage !== undefined) return true
  if (rule.fail !== undefined) return rule.fail !== false
  const { region, template, attempt, account, probability, during } = rule
  return [region, template, attempt, account, probability, during].some(
    (each) => each !== undefined,
  )
}

/** The last fault of a cell; the one that wins there. */
export function faultAt(
  plan: readonly PlanRule[],
  task: string,
  region: string,
): PlanRule | undefined {
  return plan.findLast(
    (rule) => rule.task === task && (rule.region ?? '') === region && isFault(rule),
  )
}

/** The plan without the faults of a cell. */
export function withoutCell(
  plan: readonly PlanRule[],
  task: string,
  region: string,
): readonly PlanRule[] {
  return plan.filter(
    (rule) => !(rule.task === task && (rule.region ?? '') === region && isFault(rule)),
  )
}

/** A rule as a line of a scenario's plan. */
export function yamlOf(rule: object): string {
  return `plan:\n  - ${JSON.stringify(rule)}\n`
}

/** A template, as far as faults need it. */
export interface FaultyTemplate {
  readonly ImagePipelineId: string
  readonly Name: string
  readonly Region: string
  readonly Parameters?: {
    readonly ToRegionId?: readonly string[]
    readonly AddAccount?: readonly string[]
    readonly RepairMode?: string
    readonly TestContent?: string
  }
}

/** Whether a task of a template ever runs in a region. */
export function runsIn(task: string, region: string, template: FaultyTemplate): boolean {
  const { Region, Parameters: given = {} } = template
  const copies = new Set(given.ToRegionId)
  copies.delete(Region)
  if (task === 'copyImage') return copies.has(region)
  if (task === 'shareImage') {
    return (given.AddAccount ?? []).length > 0 && (region === Region || copies.has(region))
  }
  if (task === 'repairImage' && given.RepairMode === undefined) return false
  if (task === 'testImage' && (given.TestContent ?? '') === '') return false
  return region === Region
}

/** The live executions that have an attempt of a task in a region (empty: any) before them. */
export function wouldHit(
  task: string,
  region: string,
  live: readonly Row[],
  templates: readonly FaultyTemplate[],
): readonly Row[] {
  const order = tasks.map(([, , state]) => state)
  const at = tasks.findIndex(([name]) => name === task)
  return live.filter((row) => {
    const template = templates.find(({ ImagePipelineId }) => ImagePipelineId === row.key)
    if (template === undefined) return false
    const regions = [template.Region, ...(template.Parameters?.ToRegionId ?? [])]
    const runs = region === '' ? regions : [region]
    if (!runs.some((each) => runsIn(task, each, template))) return false
    const [state = ''] = row.moves.at(-1) ?? []
    return order.indexOf(state) <= at && order.includes(state)
  })
}

/** The regions that are worth a column: where something runs, or something is set. */
export function columnsOf(
  templates: readonly FaultyTemplate[],
  plan: readonly PlanRule[],
): readonly string[] {
  const home = templates.map(({ Region }) => Region)
  const away = templates.flatMap(({ Parameters }) => Parameters?.ToRegionId ?? [])
  const set = plan.flatMap(({ task, region }) => (task && region !== undefined ? [region] : []))
  return [...new Set([...home, ...away, ...set])]
}

/** A rule in a few words: what becomes of the attempt. */
export function outcomeOf({ fail, duration, slower, outage }: PlanRule): string {
  if (fail !== undefined && fail !== false) return typeof fail === 'string' ? fail : fail.code
  if (outage !== undefined) return slower === undefined ? 'down' : `${slower} times slower`
  if (duration === longest) return 'never ends'
  return typeof duration === 'string' || typeof duration === 'number'
    ? `takes ${duration}`
    : 'takes what is drawn'
}
