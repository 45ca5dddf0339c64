import type { Json } from '../../core/json.js'
import type { EcsError } from '../errors.js'
import { ACTIONS, type PropertyRule } from './actions.js'
import type { ActionName, ParameterType } from './model.js'
import { suggestion } from './nearest.js'
import { typeHint, valueFits } from './parameters.js'
import { type Placeholder, placeholders, textsIn, wholePlaceholder } from './placeholders.js'
import { quote } from './problem.js'
import type { Path } from './yaml.js'

/** What the references of a task may speak of. */
export interface Scope {
  /** The declared parameters and their types. */
  readonly types: ReadonlyMap<string, ParameterType>
  /** Every task of the document. */
  readonly taskNames: ReadonlySet<string>
  /** The tasks before this one, and what they do. */
  readonly earlier: Map<string, ActionName>
}

type Refuse = (path: Path, why: string) => EcsError

/**
 * Checks the properties of one task, whose keys are known to be legal: the required ones are
 * there, each is of its type, and every `{{ reference }}` in them leads somewhere.
 *
 * @throws what `refuse` makes; its path begins at the properties.
 */
export function checkProperties(
  action: ActionName,
  properties: Readonly<Record<string, Json>>,
  scope: Scope,
  refuse: Refuse,
): void {
  for (const [name, rule] of Object.entries(ACTIONS[action].properties)) {
    const value = properties[name]
    if (value === undefined) {
      if (rule.required) throw refuse([], `${action} needs the property ${name} (${rule.type})`)
      continue
    }
    for (const text of textsIn(value)) {
      for (const placeholder of placeholders(text, scope.taskNames)) {
        const flaw = placeholderFlaw(placeholder, scope)
        if (flaw !== undefined) throw refuse([name], flaw)
      }
    }
    const flaw = valueFlaw(value, rule, scope)
    if (flaw !== undefined) throw refuse([name], `${name} of ${action} ${flaw}`)
  }
}

/** Why a reference leads nowhere, in words; undefined when it does not. */
function placeholderFlaw(placeholder: Placeholder, scope: Scope): string | undefined {
  if (placeholder.kind === 'parameter') {
    const { name } = placeholder
    if (scope.types.has(name)) return undefined
    return `{{ ${name} }} is no parameter; ${suggestion(name, [...scope.types.keys()])}`
  }
  const { task, output } = placeholder
  const action = scope.earlier.get(task)
  const written = `{{ ${task}.${output} }}`
  if (!action) {
    const names = [...scope.earlier.keys()]
    return scope.taskNames.has(task)
      ? `${written} speaks of a task that does not come earlier`
      : `${written} speaks of no task; ${suggestion(task, names)}`
  }
  if (!ACTIONS[action].hasStdout) return `${written}: ${action} has no output`
  return output === 'stdout' ? undefined : `${written}: the only output of ${action} is stdout`
}

function valueFlaw(value: Json, rule: PropertyRule, scope: Scope): string | undefined {
  if (rule.type === 'Json') {
    return isJsonMapping(value) ? undefined : 'must be a mapping, or a text that holds one as JSON'
  }
  if (valueFits(rule.type, value)) {
    const blank = rule.required && typeof value === 'string' && value.trim() === ''
    return blank ? 'must not be blank' : undefined
  }
  if (typeof value === 'string') return referenceFlaw(value, rule.type, scope)
  const hint =
    value !== null && typeof value === 'object' ? '; put a {{ reference }} in quotes' : ''
  return `must be a ${rule.type} (${typeHint(rule.type)})${hint}`
}

/** A Number or Boolean may be a text that is all `{{ reference }}`, to a parameter of that type. */
function referenceFlaw(text: string, type: ParameterType, scope: Scope): string | undefined {
  const placeholder = wholePlaceholder(text, scope.taskNames)
  if (placeholder?.kind === 'parameter' && scope.types.get(placeholder.name) === type) {
    return undefined
  }
  const legal = `a ${type} (${typeHint(type)}) or a {{ parameter }} of that type`
  return `must be ${legal}, not ${quote(text)}`
}

function isJsonMapping(value: Json): boolean {
  if (typeof value !== 'string') {
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  }
  try {
    const parsed = JSON.parse(value) as unknown
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
  } catch {
    return false
  }
}
