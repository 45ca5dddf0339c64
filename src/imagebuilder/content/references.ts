import type { EcsError } from '../errors.js'
import type { Malformed } from './arguments.js'
import type { ComponentReference } from './model.js'
import { quote } from './problem.js'
import { splitWords, type Word } from './words.js'

type Target =
  | { by: 'id'; id: string }
  | { by: 'name'; region: string; account: string; name: string; version: string }

/** Masked ids, as the documentation's samples have them, are well-formed: nothing has that id. */
const ID = /^ic-[\w*-]+$/
const ARN = /^acs:ecs:([a-z0-9-]+):([A-Za-z0-9]+):imagecomponent\/(.+)$/
const VERSION = /^(?:0|[1-9]\d*|\*)(?:\.(?:0|[1-9]\d*|\*)){2}$/
const OPTION = /^--([A-Za-z_][\w-]*)$/

const FORMS =
  'COMPONENT takes ic-… or acs:ecs:<Region>:<AliUid>:imagecomponent/<Name>/<major>.<minor>.<patch>'

/**
 * Reads the argument of `COMPONENT`: an id or a name with a version, then `--name value` pairs.
 * The version may also stand after a `:`, as one row of the service's documentation has it.
 *
 * @throws what `malformed` makes.
 */
export function readReference(
  argument: string,
  malformed: Malformed,
): Target & { parameters: Readonly<Record<string, string>> } {
  const words = splitWords(argument)
  if (!words) throw malformed(`a quote is not closed in ${quote(argument)}`)
  const [first, ...rest] = words
  if (!first) throw malformed(`COMPONENT names no component; ${FORMS}`)
  return { ...readTarget(first.text, malformed), parameters: readParameters(rest, malformed) }
}

/** The reference as the caller would write it, without its parameters. */
export function referenceText(reference: ComponentReference): string {
  if (reference.by === 'id') return reference.id
  const { region, account, name, version } = reference
  return `acs:ecs:${region}:${account}:imagecomponent/${name}/${version}`
}

function readTarget(text: string, malformed: Malformed): Target {
  if (ID.test(text)) return { by: 'id', id: text }
  const [, region, account, tail] = ARN.exec(text) ?? []
  if (region === undefined || account === undefined || tail === undefined) {
    throw malformed(`${quote(text)} names no component; ${FORMS}`)
  }
  // A name may hold ":" itself but never "/", so a slash decides, and otherwise the last colon.
  const cut = tail.includes('/') ? tail.indexOf('/') : tail.lastIndexOf(':')
  const name = tail.slice(0, Math.max(cut, 0))
  const version = tail.slice(cut + 1)
  if (name === '' || !VERSION.test(version)) {
    throw malformed(
      `${quote(tail)} is no <Name>/<major>.<minor>.<patch>; each part is a number or *`,
    )
  }
  return { by: 'name', region, account, name, version }
}

function readParameters(words: readonly Word[], malformed: Malformed): Record<string, string> {
  const values = new Map<string, string>()
  for (let index = 0; index < words.length; index += 2) {
    const name = optionName(words[index], malformed)
    const value = words[index + 1]
    if (!value || isOption(value)) throw malformed(`--${name} has no value`)
    if (values.has(name)) throw malformed(`--${name} is given twice`)
    values.set(name, value.text)
  }
  return Object.fromEntries(values)
}

function optionName(word: Word | undefined, malformed: (why: string) => EcsError): string {
  const name = word && isOption(word) ? OPTION.exec(word.text)?.[1] : undefined
  if (name === undefined) {
    throw malformed(`parameters are written --name value; found ${quote(word?.text ?? '')}`)
  }
  return name
}

function isOption(word: Word): boolean {
  return !word.quoted && word.text.startsWith('--')
}
