import { terminalStatuses } from '../../../machines/status.js'
import { durationMs } from '../../core/duration.js'
import type { Rule } from '../plan/rule.js'
import type { Position } from './positions.js'
import type { Kind, Written } from './steps.js'
import type { Step, Target } from './types.js'

/** How long a wait waits when it does not say. */
const longestWait = '7d'

/** What a step needs to know of the rest of the file. */
export interface Surroundings {
  /** Where the step begins in the file. */
  readonly place: Position
  /** The execution that a start makes. */
  readonly started: string | null
  target(key: string): Target
  /** A rule whose `template` is a Name. */
  rule(written: Rule): Rule
}

/** The step of a checked description of it. */
export function buildStep(kind: Kind, written: Written[Kind], around: Surroundings): Step {
  // The compiler cannot follow that the description is of this kind; the schema of the kind read it.
  const build = builders[kind] as (written: Written[Kind], around: Surroundings) => Step
  return build(written, around)
}

type Builders = {
  readonly [K in Kind]: (written: Written[K], around: Surroundings) => Step
}

const builders: Builders = {
  create: ({ create, refused, dies }, { place, target }) => ({
    kind: 'create',
    ...place,
    target: target(create),
    refused: refused ?? null,
    ...deathOf(dies),
  }),
  start: ({ start, token, refused, same, dies }, { place, started }) => ({
    kind: 'start',
    ...place,
    template: start,
    as: started,
    token: token ?? null,
    refused: refused ?? null,
    ...deathOf(dies),
    same: same ?? null,
  }),
  cancel: ({ cancel, refused, dies }, { place }) => ({
    kind: 'cancel',
    ...place,
    execution: cancel,
    refused: refused ?? null,
    ...deathOf(dies),
  }),
  advance: ({ advance }, { place }) => ({ kind: 'advance', ...place, ms: durationMs(advance) }),
  wait: ({ wait, until = 'ended', within }, { place }) => ({
    kind: 'wait',
    ...place,
    execution: wait,
    until: until === 'ended' ? terminalStatuses : listOf(until),
    within: durationMs(within ?? longestWait),
  }),
  delete: ({ delete: key, refused, dies }, { place, target }) => ({
    kind: 'delete',
    ...place,
    target: target(key),
    refused: refused ?? null,
    ...deathOf(dies),
  }),
  deleteImage: ({ delete: execution, image, refused, dies }, { place }) => ({
    kind: 'deleteImage',
    ...place,
    execution,
    region: image,
    refused: refused ?? null,
    ...deathOf(dies),
  }),
  next: ({ next, task, dies }, { place }) => ({
    kind: 'next',
    ...place,
    execution: next,
    task: task ?? null,
    ...deathOf(dies),
  }),
  check: ({ check }, { place }) => ({
    kind: 'check',
    ...place,
    invariants: check === true ? null : listOf(check),
  }),
  crash: (_, { place }) => ({ kind: 'crash', ...place }),
  edit: ({ edit }, { place }) => ({ kind: 'edit', ...place, patch: edit }),
  plan: ({ plan }, { place, rule }) => ({ kind: 'plan', ...place, rules: plan.map(rule) }),
  expectExecution: (written, { place }) => {
    const { expect, error, eventually, never, always, lasted, ...rest } = written
    return {
      kind: 'expectExecution',
      ...place,
      execution: expect,
      ...rest,
      ...(error === undefined ? {} : { error: error === 'none' ? null : error }),
      ...(eventually === undefined ? {} : { eventually: listOf(eventually) }),
      ...(never === undefined ? {} : { never: listOf(never) }),
      ...(always === undefined ? {} : { always: listOf(always) }),
      ...(lasted === undefined ? {} : { lasted: durationMs(lasted) }),
    }
  },
  expectTemplate: ({ expect, ...rest }, { place }) => ({
    kind: 'expectTemplate',
    ...place,
    template: expect,
    ...rest,
  }),
}

/** After how many commits the process dies. */
function deathOf(dies: 'before commit' | 'after commit' | number | undefined): { dies?: number } {
  if (dies === undefined) return {}
  return { dies: typeof dies === 'number' ? dies : dies === 'before commit' ? 0 : 1 }
}

function listOf<T extends string>(given: T | readonly T[]): readonly T[] {
  return typeof given === 'string' ? [given] : given
}
