import type { Row } from './row.js'

/** A rule of the plan, as far as this page makes and shows them. */
export interface PlanRule {
  readonly task?: string
  readonly outage?: string | readonly string[]
  /** Of an outage: only these. */
  readonly tasks?: readonly string[]
  readonly template?: string
  readonly region?: string
  readonly account?: string
  readonly attempt?: number | string
  readonly probability?: number
  readonly during?: unknown
  readonly duration?: unknown
  readonly fail?: string | false | { readonly code: string; readonly message?: string }
  readonly slower?: number
  /** No rule of the plan, but a fault that the server keeps: the process dies as an attempt ends. */
  readonly crash?: 'before' | 'after'
  readonly first?: number
  /** Of a crash: what it is taken away by, and how often it came. */
  readonly id?: string
  readonly hits?: number
}

/** What the form says of a fault of a task. */
export interface TaskFault {
  readonly task: string
  /** Empty: any. */
  readonly region: string
  readonly template: string
  readonly account: string
  readonly attempt: '1' | '2' | '3' | '1-2' | 'every'
  /** Of those, how many in a hundred; empty: all. */
  readonly share: string
  readonly outcome: 'fail' | 'slow' | 'never' | 'down' | 'crash'
  readonly code: string
  readonly message: string
  /** How long the attempt takes; empty: as long as it would. */
  readonly duration: string
  /** Of a region that is down: for how long from now. */
  readonly lasts: string
  /** Of a region that is down: so many times slower; empty: what runs there fails. */
  readonly slower: string
  /** Of a crash: which side of what is kept. */
  readonly crash: 'before' | 'after'
  /** Of a crash: how often; empty: each time. */
  readonly often: string
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

/** Whether sharing fails with one account only: then the share takes as long as it would. */
export function isOfAccount({ task, account, outcome }: TaskFault): boolean {
  return task === 'shareImage' && outcome === 'fail' && account !== ''
}

/**
 * The rule that a fault becomes: it stands after the others, so it wins.
 *
 * @param now the time of the service, from which a region is down
 * @param lastsMs how long it is down
 */
export function ruleOf(fault: TaskFault, now: number, lastsMs: number): PlanRule {
  const { task, region, template, account, attempt, outcome, code, message, duration } = fault
  const fail = message.trim() === '' ? { code } : { code, message: message.trim() }
  if (outcome === 'down') {
    const [from, to] = [now, now + lastsMs].map((time) => new Date(time).toISOString())
    const becomes = fault.slower === '' ? { fail } : { slower: Number(fault.slower) }
    return { outage: region, tasks: [task], during: { from, to }, ...becomes }
  }
  const where = {
    task,
    ...(template === '' ? {} : { template }),
    ...(region === '' ? {} : { region }),
    ...(attempt === 'every' ? {} : { attempt: attempt === '1-2' ? attempt : Number(attempt) }),
  }
  const chance = fault.share === '' ? {} : { probability: Number(fault.share) / 100 }
  if (outcome === 'crash') {
    const often = fault.often === '' ? {} : { first: Number(fault.often) }
    return { ...where, ...often, ...chance, crash: fault.crash }
  }
  const lasts = outcome === 'never' ? longest : isOfAccount(fault) ? '' : duration
  return {
    ...where,
    ...(isOfAccount(fault) ? { account } : {}),
    ...chance,
    ...(lasts === '' ? {} : { duration: lasts }),
    ...(outcome === 'fail' ? { fail } : {}),
  }
}

/** Whether a rule is somebody's fault, and not how long a task takes everywhere. */
export function isFault(rule: PlanRule): boolean {
  if (rule.outage !== undefined || rule.crash !== undefined) return true
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
  return plan.findLast((rule) => isAt(rule, task, region))
}

/** The faults of a cell. */
export function atCell(
  plan: readonly PlanRule[],
  task: string,
  region: string,
): readonly PlanRule[] {
  return plan.filter((rule) => isAt(rule, task, region))
}

function isAt(rule: PlanRule, task: string, region: string): boolean {
  if (rule.outage === undefined) {
    return rule.task === task && (rule.region ?? '') === region && isFault(rule)
  }
  return [rule.outage].flat().includes(region) && (rule.tasks?.includes(task) ?? true)
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
export function outcomeOf({ fail, duration, slower, outage, crash }: PlanRule): string {
  if (crash !== undefined) return `crash ${crash} it is kept`
  const failure = typeof fail === 'object' ? fail.code : fail || undefined
  if (outage !== undefined) {
    if (slower !== undefined) return `${slower} times slower`
    return failure === undefined ? 'down' : `down, ${failure}`
  }
  if (failure !== undefined) return failure
  if (duration === longest) return 'never ends'
  return typeof duration === 'string' || typeof duration === 'number'
    ? `takes ${duration}`
    : 'takes what is drawn'
}

/** Whether what runs in a region fails because all of it is down. */
export function isDown({ outage, slower }: PlanRule): boolean {
  return outage !== undefined && slower === undefined
}

/** What a rule comes to, as an icon. */
export function iconOf(rule: PlanRule): string {
  if (rule.crash !== undefined) return 'bolt'
  return rule.fail !== undefined || isDown(rule) ? 'FAILED' : 'hourglass'
}
