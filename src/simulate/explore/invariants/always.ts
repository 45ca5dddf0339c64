import { Environment, type ParseResult } from '@marcbachmann/cel-js'
import { BakelineError } from '../../../core/errors.js'
import type { SeenRun } from '../seen.js'
import { type Invariant, ofEach } from './invariant.js'

/** What a rule may ask of an execution. */
const environment = new Environment()
  .registerVariable('execution', 'string')
  .registerVariable('status', 'string')
  .registerVariable('ended', 'bool')
  .registerVariable('visited', 'list')
  .registerVariable('tasks', 'list')
  .registerVariable('images', 'map')
  .registerVariable('shared', 'map')

const known = 'execution, status, ended, visited, tasks, images, shared'

/**
 * A rule of somebody's own: an expression of CEL (Common Expression Language) that must be true of
 * each execution in every state.
 *
 * @throws BakelineError `INVALID_INPUT` for what is no such expression, with the place in it
 */
export function alwaysRule(expression: string): Invariant {
  const rule = read(expression)
  return ofEach(expression, `It is always so: ${expression}`, function* check(run) {
    const said = holds(rule, run)
    if (said !== null) yield said
  })
}

function read(expression: string): ParseResult {
  let problem: string
  try {
    const rule = environment.parse(expression)
    const { valid, type, error } = rule.check()
    if (valid && (type === 'bool' || type === 'dyn')) return rule
    problem = valid ? `it gives ${type}, and must give true or false` : String(error?.message)
  } catch (error) {
    problem = (error as Error).message
  }
  throw new BakelineError(
    'INVALID_INPUT',
    `"${expression}" is no rule: ${problem}\nIt may ask for ${known}.`,
    { rule: expression },
  )
}

/** Null when the rule holds; else what is so instead. */
function holds(rule: ParseResult, run: SeenRun): string | null {
  const facts = factsOf(run)
  try {
    if (rule(facts) === true) return null
  } catch (error) {
    const [why] = (error as Error).message.split('\n')
    return `it cannot be decided (${why}) in ${facts.status}`
  }
  return `it is ${facts.status}, with the images ${JSON.stringify(facts.images)}`
}

function factsOf({ life, row, work, images, shared }: SeenRun) {
  return {
    execution: life.name,
    status: row.status,
    ended: row.outcome !== null,
    visited: [...life.visited],
    tasks: work.filter((each) => each.row.kind === 'task').map((each) => each.row.id),
    images: Object.fromEntries([...images].map(([region, { Status }]) => [region, Status])),
    shared: Object.fromEntries([...shared].map(([region, accounts]) => [region, [...accounts]])),
  }
}
