import { terminalStatuses } from '../../../machines/status.js'
import { durationMs } from '../../core/duration.js'
import type { Rule } from '../plan/rule.js'
import type { Kind, Written } from './steps.js'
import type { Step, Target } from './types.js'

/** How long a wait waits when it does not say. */
const longestWait = '7d'

/** What a step needs to know of the rest of the file. */
export interface Surroundings {
  readonly line: number
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
  create: ({ create, refused }, { line, target }) => ({
    kind: 'create',
    line,
    target: target(create),
    refused: refused ?? null,
  }),
  start: ({ start, token, refused, same }, { line, started }) => ({
    kind: 'start',
    line,
    template: start,
    as: started,
    token: token ?? null,
    refused: refused ?? null,
    same: same ?? null,
  }),
  cancel: ({ cancel, refused }, { line }) => ({
    kind: 'cancel',
    line,
    execution: cancel,
    refused: refused ?? null,
  }),
  advance: ({ advance }, { line }) => ({ kind: 'advance', line, ms: durationMs(advance) }),
  wait: ({ wait, until = 'ended', within }, { line }) => ({
    kind: 'wait',
    line,
    execution: wait,
    until: until === 'ended' ? terminalStatuses : listOf(until),
    within: durationMs(within ?? longestWait),
  }),
  delete: ({ delete: key, refused }, { line, target }) => ({
    kind: 'delete',
    line,
    target: target(key),
    refused: refused ?? null,
  }),
  crash: (_, { line }) => ({ kind: 'crash', line }),
  edit: ({ edit }, { line }) => ({ kind: 'edit', line, patch: edit }),
  plan: ({ plan }, { line, rule }) => ({ kind: 'plan', line, rules: plan.map(rule) }),
  expectExecution: (written, { line }) => {
    const { expect, error, eventually, never, always, lasted, ...rest } = written
    return {
      kind: 'expectExecution',
      line,
      execution: expect,
      ...rest,
      ...(error === undefined ? {} : { error: error === 'none' ? null : error }),
      ...(eventually === undefined ? {} : { eventually: listOf(eventually) }),
      ...(never === undefined ? {} : { never: listOf(never) }),
      ...(always === undefined ? {} : { always: listOf(always) }),
      ...(lasted === undefined ? {} : { lasted: durationMs(lasted) }),
    }
  },
  expectTemplate: ({ expect, ...rest }, { line }) => ({
    kind: 'expectTemplate',
    line,
    template: expect,
    ...rest,
  }),
}

function listOf<T extends string>(given: T | readonly T[]): readonly T[] {
  return typeof given === 'string' ? [given] : given
}
