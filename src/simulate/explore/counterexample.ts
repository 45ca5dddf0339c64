import { formatDuration } from '../../core/duration.js'
import type { WorkRow } from '../../core/ports.js'
import { taskBody } from '../../engine/tasks.js'
import type { TaskRule } from '../plan/rule.js'
import type { Action, Happening } from './action.js'
import { follow } from './hand.js'
import { invariantNames, type Violated } from './invariants/index.js'
import { tokenOf } from './perform.js'
import type { Expected } from './model.js'
import { type Life, look, type Seen } from './seen.js'
import type { Ground } from './setup.js'
import type { Counterexample } from './search.js'

/** A step of a scenario file, as it is written. */
export type WrittenStep = Readonly<Record<string, unknown>>

/** A path as a scenario plays it. */
export interface Written {
  /** Rules by which what fails fails. */
  readonly plan: readonly TaskRule[]
  readonly steps: readonly WrittenStep[]
}

/** Something of a path with where it happened. */
interface Moment {
  readonly action: Action
  /** The file's time before and after it. */
  readonly before: number
  readonly after: number
  /** What was due with it, in the order in which it is done when nobody says otherwise. */
  readonly due: readonly WorkRow[]
  readonly row: WorkRow | null
  /** Whether more is due at that instant afterwards. */
  readonly unfinished: boolean
}

/** The steps that lead to a violation, as few as say it, and what must hold at their end. */
export async function written(ground: Ground, example: Counterexample): Promise<Written> {
  const moments: Moment[] = []
  let spot: { branch: Ground['branch']; lives: Seen['runs'][number]['life'][] | readonly never[] } =
    {
      branch: ground.branch,
      lives: [],
    }
  for (const action of example.path) {
    const before = await lookAt(spot, action.happening)
    const next = await follow(ground, spot, action)
    const after = await lookAt({ ...next }, action.happening)
    moments.push({
      action,
      before: before.now,
      after: after.now,
      due: before.due,
      row: before.row,
      unfinished: (after.due[0]?.due ?? Number.POSITIVE_INFINITY) <= after.now,
    })
    spot = { branch: next.branch, lives: [...next.lives] }
  }
  const seen = await spot.branch.read((reader) => look(reader, spot.lives))
  const plans = plansOf(ground, moments)
  return {
    plan: plans.first,
    steps: [
      ...stepsOf(moments, example.violated, plans.later),
      ...expectations(example.violated, seen),
    ],
  }
}

async function lookAt(
  { branch, lives }: Parameters<typeof follow>[1],
  happening: Happening,
): Promise<{ now: number; due: readonly WorkRow[]; row: WorkRow | null }> {
  return branch.read((reader) => {
    const rows = reader.due({ axis: 'file', until: Number.MAX_SAFE_INTEGER, limit: 256 })
    const due = rows.filter((row) => row.due === rows[0]?.due)
    const { now, runs } = look(reader, lives)
    if (happening.kind !== 'next') return { now, due, row: null }
    const n = runs.find(({ life }) => life.name === happening.execution)?.row.n
    return {
      now,
      due,
      row: due.find((row) => row.execution === n && row.id === happening.task) ?? null,
    }
  })
}

/** The rules for what fails: of the first execution of each template at the top, later ones in steps. */
function plansOf(ground: Ground, moments: readonly Moment[]) {
  const byExecution = new Map<string, TaskRule[]>()
  for (const { action, row } of moments) {
    const { happening } = action
    if (happening.kind !== 'next' || row === null || happening.outcome === null) continue
    const rules = rulesFor(happening.outcome, row, templateOf(happening.execution), ground)
    byExecution.set(happening.execution, [
      ...(byExecution.get(happening.execution) ?? []),
      ...rules,
    ])
  }
  const first: TaskRule[] = []
  const later = new Map<string, readonly TaskRule[]>()
  for (const [execution, rules] of byExecution) {
    if (execution.includes('#')) later.set(execution, rules)
    else first.push(...rules)
  }
  // What failed for the first of a template's executions is taken back for the next.
  for (const { action } of moments) {
    const { happening } = action
    if (happening.kind !== 'start' || !happening.as.includes('#')) continue
    const template = happening.template
    // Of one template alone rules do not name it.
    const alone = ground.wanted.size === 1
    const own = first.filter((rule) => alone || rule.template === template)
    const tasks = [...new Set(own.map(({ task }) => task))]
    const back = tasks.map((task): TaskRule => {
      return alone ? { task, fail: false } : { task, template, fail: false }
    })
    const all = back.concat(later.get(happening.as) ?? [])
    if (all.length > 0) later.set(happening.as, all)
  }
  return { first, later }
}

/** Executions are named after their templates. */
function templateOf(execution: string): string {
  return execution.split('#')[0] ?? execution
}

function rulesFor(
  outcome: NonNullable<Extract<Happening, { kind: 'next' }>['outcome']>,
  row: WorkRow,
  template: string,
  { wanted }: Ground,
): readonly TaskRule[] {
  if (outcome.kind === 'succeeds') return []
  const { src, attempt, input } = taskBody(row)
  const task = src as TaskRule['task']
  const { region } = input as { readonly region?: string }
  const place = /^(copy|share)\./.test(row.id) && region !== undefined ? { region } : {}
  const named = wanted.size > 1 ? { template } : {}
  const rule = { task, ...named, ...place, attempt, fail: outcome.fault }
  if (outcome.kind === 'fails') return [rule]
  return outcome.accounts.map((account) => ({ ...rule, account }))
}

function stepsOf(
  moments: readonly Moment[],
  violated: Violated,
  later: ReadonlyMap<string, readonly TaskRule[]>,
): WrittenStep[] {
  const steps: WrittenStep[] = []
  let waited: number | null = null
  /** @param alone whether what follows does not itself do first what is due by then */
  const pass = (alone: boolean): void => {
    if (waited !== null && (waited > 0 || alone)) steps.push({ advance: formatDuration(waited) })
    waited = null
  }
  for (const [index, moment] of moments.entries()) {
    const { action, before, after } = moment
    if (action.happening.kind === 'next' && isPlain(moments, index)) {
      waited = (waited ?? 0) + after - before
      continue
    }
    pass(action.happening.kind === 'next' || action.dies !== null)
    const dies = action.dies === null ? {} : { dies: action.dies }
    const last = index === moments.length - 1
    const refused = last && violated.invariant === 'calls-as-documented' ? refusedIn(violated) : {}
    const { happening } = action
    if (happening.kind === 'start') {
      const plan = later.get(happening.as)
      if (plan !== undefined) steps.push({ plan })
    }
    steps.push({ ...stepFor(happening), ...refused, ...dies })
  }
  pass(true)
  return steps
}

/** Whether time alone brings it about: everything of its instant is done, in the usual order. */
function isPlain(moments: readonly Moment[], index: number): boolean {
  const at = moments[index]?.after
  const instant = moments.filter(
    ({ action, after }) => action.happening.kind === 'next' && after === at,
  )
  return instant.every(
    ({ action, due, row, unfinished }, position) =>
      action.dies === null && row === due[0] && (position < instant.length - 1 || !unfinished),
  )
}

function refusedIn({ message }: Violated): WrittenStep {
  const [, code] = /is to be refused with (\S+)$/.exec(message) ?? []
  return code === undefined ? {} : { refused: code }
}

function stepFor(happening: Happening): WrittenStep {
  switch (happening.kind) {
    case 'next':
      return { next: happening.execution, task: happening.task }
    case 'start':
      return { start: happening.template, token: tokenOf(happening.as) }
    case 'repeat': {
      const { execution } = happening
      return { start: templateOf(execution), token: tokenOf(execution), same: execution }
    }
    case 'cancel':
      return { cancel: happening.execution }
    case 'delete':
      return { delete: happening.key }
    case 'deleteImage':
      return { delete: happening.execution, image: happening.region }
  }
}

/** What must hold at the end: by name, and as a caller would look at it where one can. */
function expectations(violated: Violated, { runs }: Seen): readonly WrittenStep[] {
  const run = runs.find(({ life }) => life.name === violated.execution)
  const check = isStateful(violated) ? [{ check: violated.invariant }] : []
  if (run === undefined) return check
  const { life, expected } = run
  const of = { expect: life.name }
  switch (violated.invariant) {
    case 'every-execution-ends':
      return [...check, { wait: life.name }]
    case 'status-as-documented':
    case 'status-in-order':
    case 'tasks-of-the-stage':
      return [{ ...of, status: expected.status }, ...check]
    case 'images-as-documented':
    case 'no-image-creates-for-ever':
      return [{ ...of, images: imagesLeft(life, expected) }, ...check]
    case 'shares-as-documented':
      return [{ ...of, shared: expected.shared }, ...check]
    case 'told-as-documented':
      return [{ ...of, error: expected.error?.code ?? 'none' }, ...check]
    default:
      return check
  }
}

function imagesLeft({ removed }: Life, { images }: Expected): Expected['images'] {
  const gone = removed.map((region) => [region, 'none'] as const)
  return { ...images, ...Object.fromEntries(gone) }
}

/** Whether a check can name it: it is built in, and seen in the database rather than in an answer. */
function isStateful({ invariant }: Violated): boolean {
  return invariantNames.includes(invariant)
}
