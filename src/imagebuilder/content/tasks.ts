import type { Json } from '../../core/json.js'
import type { EcsError } from '../errors.js'
import { ACTIONS, actionName, actionNames } from './actions.js'
import type { ActionName, ContentUse, Parameter, ParameterType, Task } from './model.js'
import { suggestion } from './nearest.js'
import { IDENTIFIER, PARAMETER_TYPES, typeHint, valueFits } from './parameters.js'
import { parameterCode, problem, quote } from './problem.js'
import { checkProperties, type Scope } from './properties.js'
import { type Path, readYaml } from './yaml.js'

/** Makes the error for the value at a path of the document. */
type Refuse = (path: Path, why: string) => EcsError

type Mapping = Readonly<Record<string, Json>>

/**
 * Reads a YAML document of `Parameters` and `Tasks`. Keys other than the documented ones are
 * refused, with the nearest legal one named.
 *
 * @throws EcsError InvalidParameter.Content in a component, InvalidParameter.BuildContent or
 *   .TestContent in a template, with the line.
 */
export function readTasks(
  text: string,
  use: ContentUse,
): { parameters: Parameter[]; tasks: Task[] } {
  const code = parameterCode(use)
  const document = readYaml(text, (why, line) => problem(code, why, line))
  const refuse: Refuse = (path, why) => problem(code, why, document.lineOf(path))
  const top = mapping(document.value, [], 'the document', refuse)
  checkKeys(top, ['Parameters', 'Tasks'], [], refuse)
  const lined = <T>(path: Path, value: T) => ({ line: document.lineOf(path), ...value })

  const declared = top['Parameters'] ?? {}
  const parameters = Object.entries(mapping(declared, ['Parameters'], 'Parameters', refuse)).map(
    ([name, value]) => lined(['Parameters', name], readParameter(name, value, use, refuse)),
  )
  const list = top['Tasks']
  if (!Array.isArray(list) || list.length === 0) {
    throw refuse(['Tasks'], 'Tasks must be a list of at least one task')
  }
  const scope: Scope = {
    types: new Map(parameters.map(({ name, type }) => [name, type])),
    taskNames: new Set(list.flatMap(nameOf)),
    earlier: new Map<string, ActionName>(),
  }
  const tasks = list.map((value: Json, index) => {
    const path = ['Tasks', index]
    const task = readTask(value, path, { scope, use, refuse })
    scope.earlier.set(task.name, task.action)
    return lined(path, task)
  })
  return { parameters, tasks }
}

function readParameter(
  name: string,
  value: Json,
  use: ContentUse,
  refuse: Refuse,
): Omit<Parameter, 'line'> {
  const path = ['Parameters', name]
  if (!IDENTIFIER.test(name)) {
    throw refuse(path, `${quote(name)} is no name for a parameter: letters, digits, "_" and "-"`)
  }
  const entry = mapping(value, path, `parameter ${name}`, refuse)
  checkKeys(entry, ['Type', 'DefaultValue'], path, refuse)
  const type = PARAMETER_TYPES.find((known) => known === entry['Type'])
  if (!type) {
    const types = PARAMETER_TYPES.join(', ')
    throw refuse([...path, 'Type'], `the Type of parameter ${name} must be one of ${types}`)
  }
  return { name, type, ...readDefault(entry, { name, type }, use, refuse) }
}

function readDefault(
  entry: Mapping,
  { name, type }: { name: string; type: ParameterType },
  use: ContentUse,
  refuse: Refuse,
): Pick<Parameter, 'defaultValue'> {
  const path = ['Parameters', name, 'DefaultValue']
  const value = entry['DefaultValue']
  if (value === undefined) {
    if (use.kind === 'component') return {}
    throw refuse(path, `parameter ${name} needs a DefaultValue: nothing gives a template a value`)
  }
  if (valueFits(type, value)) return { defaultValue: value }
  throw refuse(path, `the DefaultValue of ${name} must be a ${type} (${typeHint(type)})`)
}

function readTask(
  value: Json,
  path: Path,
  { scope, use, refuse }: { scope: Scope; use: ContentUse; refuse: Refuse },
): Omit<Task, 'line'> {
  const entry = mapping(value, path, 'a task', refuse)
  checkKeys(entry, ['Name', 'Action', 'Properties'], path, refuse)
  const [name] = nameOf(value)
  if (name === undefined || name.trim() === '') {
    throw refuse([...path, 'Name'], 'a task needs a Name, a text that is not blank')
  }
  if (scope.earlier.has(name)) {
    throw refuse([...path, 'Name'], `two tasks are named ${quote(name)}; names must be unique`)
  }
  const action = readAction(entry['Action'], [...path, 'Action'], use, refuse)
  const place = [...path, 'Properties']
  const properties = mapping(entry['Properties'] ?? {}, place, 'Properties', refuse)
  checkKeys(properties, Object.keys(ACTIONS[action].properties), place, refuse)
  checkProperties(action, properties, scope, (more, why) => refuse([...place, ...more], why))
  return { name, action, properties }
}

function readAction(value: Json | undefined, path: Path, use: ContentUse, refuse: Refuse) {
  if (typeof value !== 'string') {
    throw refuse(path, `a task needs an Action: ${actionNames.join(', ')}`)
  }
  const action = actionName(value)
  if (!action) {
    throw refuse(path, `unknown Action ${quote(value)}; ${suggestion(value, actionNames)}`)
  }
  const { systemType } = ACTIONS[action]
  if (systemType !== undefined && systemType !== use.systemType) {
    throw refuse(path, `${action} is for ${systemType} only, this is ${use.systemType} content`)
  }
  return action
}

function nameOf(value: Json): string[] {
  const name = isMapping(value) ? value['Name'] : undefined
  return typeof name === 'string' ? [name] : []
}

function mapping(value: Json, path: Path, what: string, refuse: Refuse): Mapping {
  if (isMapping(value)) return value
  throw refuse(path, `${what} must be a mapping of keys to values`)
}

function isMapping(value: Json): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function checkKeys(entry: Mapping, known: readonly string[], path: Path, refuse: Refuse): void {
  const stray = Object.keys(entry).find((key) => !known.includes(key))
  if (stray !== undefined) {
    throw refuse([...path, stray], `unknown key ${quote(stray)}; ${suggestion(stray, known)}`)
  }
}
