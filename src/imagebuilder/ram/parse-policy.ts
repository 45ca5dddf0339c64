import { didYouMean } from '../../core/nearest.js'
import { WorldError } from '../world/error.js'
import { readCondition } from './conditions.js'
import type { Condition, Path } from './conditions.js'
import { matchesGlob } from './glob.js'
import type { Policy, Statement } from './policy.js'

/** The most statements of a policy, values of a list, and characters of a value. */
const most = { statements: 1000, values: 1000, characters: 2048 } as const

type Plain = Readonly<Record<string, unknown>>

/**
 * Reads a RAM policy: `Version` "1" and one statement or a list of them, each with `Effect`, `Action`
 * or `NotAction`, `Resource` or `NotResource`, and perhaps a `Condition` on `acs:SourceIp` or
 * `acs:ResourceTag/<key>`. Actions are compared without regard to case, resources with it; `*` and
 * `?` are wildcards in both, across `:` and `/`.
 *
 * @param path where the document stands in the world, for messages
 * @throws WorldError naming the first wrong path
 */
export function parsePolicy(document: unknown, path: Path = []): Policy {
  const policy = closed(document, ['Version', 'Statement'], path)
  if (policy['Version'] !== '1') {
    throw new WorldError([...path, 'Version'], 'The version must be "1", as text.')
  }
  const at = [...path, 'Statement']
  const given = policy['Statement']
  if (!Array.isArray(given)) return { statements: [parseStatement(given, at)] }
  const list: readonly unknown[] = given
  if (list.length === 0 || list.length > most.statements) {
    throw new WorldError(at, `Give 1 to ${most.statements} statements, not ${list.length}.`)
  }
  return { statements: list.map((each, index) => parseStatement(each, [...at, index])) }
}

const statementKeys = ['Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition']

function parseStatement(value: unknown, path: Path): Statement {
  const statement = closed(value, statementKeys, path)
  const effect = statement['Effect']
  if (effect !== 'Allow' && effect !== 'Deny') {
    throw new WorldError([...path, 'Effect'], 'Give "Allow" or "Deny".')
  }
  return {
    effect,
    action: matcher(statement, 'Action', path),
    resource: matcher(statement, 'Resource', path),
    conditions: parseConditions(statement['Condition'], [...path, 'Condition']),
  }
}

/** Reads `Action` or `NotAction`, of which exactly one must be there; `Resource` likewise. */
function matcher(
  statement: Plain,
  name: 'Action' | 'Resource',
  path: Path,
): (text: string) => boolean {
  const not = `Not${name}`
  const plain = Object.hasOwn(statement, name)
  if (plain === Object.hasOwn(statement, not)) {
    throw new WorldError(path, `Give either ${name} or ${not}${plain ? ', not both' : ''}.`)
  }
  const key = plain ? name : not
  const fold = (text: string) => (name === 'Action' ? text.toLowerCase() : text)
  const patterns = texts(statement[key], [...path, key]).map(fold)
  return (text) => patterns.some((pattern) => matchesGlob(pattern, fold(text))) === plain
}

function parseConditions(value: unknown, path: Path): readonly Condition[] {
  if (value === undefined) return []
  return Object.entries(plain(value, path)).flatMap(([operator, block]) =>
    Object.entries(plain(block, [...path, operator])).map(([key, wanted]) =>
      readCondition(operator, key, texts(wanted, [...path, operator, key]), path),
    ),
  )
}

/** One text or a list of them. */
function texts(value: unknown, path: Path): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value]
  if (list.length === 0 || list.length > most.values) {
    throw new WorldError(path, `Give 1 to ${most.values} values, not ${list.length}.`)
  }
  return list.map((each, index) => {
    if (typeof each === 'string' && each.length > 0 && each.length <= most.characters) return each
    const at = Array.isArray(value) ? [...path, index] : path
    throw new WorldError(at, `Give a text of 1 to ${most.characters} characters.`)
  })
}

function closed(value: unknown, keys: readonly string[], path: Path): Plain {
  const object = plain(value, path)
  const unknown = Object.keys(object).find((key) => !keys.includes(key))
  if (unknown === undefined) return object
  const problem = `Unknown field "${unknown.slice(0, 100)}".${didYouMean(unknown, keys)}`
  throw new WorldError([...path, unknown.slice(0, 100)], problem)
}

function plain(value: unknown, path: Path): Plain {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  throw new WorldError(path, 'Give an object.')
}
