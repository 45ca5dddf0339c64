import { WorldError } from '../world/error.js'
import { didYouMean } from '../../core/nearest.js'
import { isInBlock, readBlock } from './address.js'
import { matchesGlob } from './glob.js'
import type { AccessRequest } from './request.js'

/** Whether a request fulfils a condition. */
export type Condition = (request: AccessRequest) => boolean

export type Path = readonly (string | number)[]

const stringTests: Readonly<Record<string, (value: string, wanted: string) => boolean>> = {
  StringEquals: (value, wanted) => value === wanted,
  StringEqualsIgnoreCase: (value, wanted) => value.toLowerCase() === wanted.toLowerCase(),
  StringLike: (value, wanted) => matchesGlob(wanted, value),
}

const stringOperators = Object.keys(stringTests).flatMap((name) => [name, negated(name)])
const addressOperators = ['IpAddress', 'NotIpAddress']
const operators = [...stringOperators, ...addressOperators]
const keys = ['acs:SourceIp', 'acs:ResourceTag/<key>']
const tagPrefix = 'acs:ResourceTag/'

function negated(name: string): string {
  return name.replace('String', 'StringNot')
}

/**
 * One operator of a `Condition` with one key. Of several values one must fit; with a negated operator
 * none may. A tag that the resource lacks, or an address that is not known, fits no value: the plain
 * operators say no and the negated ones yes.
 *
 * @throws WorldError naming an operator or a key that Bakeline does not know
 */
export function readCondition(
  operator: string,
  key: string,
  values: readonly string[],
  path: Path,
): Condition {
  if (!operators.includes(operator)) {
    throw unsupported(path, `operator "${operator.slice(0, 100)}"`, operators, operator)
  }
  const at = [...path, operator, key.slice(0, 200)]
  const [wanted, test] = testOf(operator, key, values, at)
  return (request) => {
    const value = wanted(request)
    const fits = value !== undefined && test(value)
    return operator.includes('Not') ? !fits : fits
  }
}

type Wanted = (request: AccessRequest) => string | undefined

function testOf(
  operator: string,
  key: string,
  values: readonly string[],
  path: Path,
): readonly [Wanted, (value: string) => boolean] {
  if (key === 'acs:SourceIp') {
    if (!addressOperators.includes(operator)) {
      throw new WorldError(path, `${key} takes IpAddress or NotIpAddress, not ${operator}.`)
    }
    const blocks = values.map((value) => blockOf(value, path))
    return [({ sourceIp }) => sourceIp, (ip) => blocks.some((block) => isInBlock(ip, block))]
  }
  const tag = key.startsWith(tagPrefix) ? key.slice(tagPrefix.length) : ''
  if (tag === '') throw unsupported(path, `key "${key.slice(0, 200)}"`, keys, key)
  const test = stringTests[operator.replace('Not', '')]
  if (test === undefined) {
    throw new WorldError(path, `${key} takes ${stringOperators.join(', ')}, not ${operator}.`)
  }
  const tagOf: Wanted = ({ resourceTags = {} }) =>
    Object.hasOwn(resourceTags, tag) ? resourceTags[tag] : undefined
  return [tagOf, (value) => values.some((wanted) => test(value, wanted))]
}

function blockOf(value: string, path: Path) {
  const block = readBlock(value)
  if (block !== undefined) return block
  const shown = JSON.stringify(value.slice(0, 100))
  throw new WorldError(path, `${shown} is no address. Give one as 10.0.0.0/8 or 2001:db8::/32.`)
}

function unsupported(path: Path, what: string, legal: readonly string[], word: string): WorldError {
  const problem = `The condition ${what} is not supported. Legal: ${legal.join(', ')}.`
  return new WorldError(path, problem + didYouMean(word, legal))
}
