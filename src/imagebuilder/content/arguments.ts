import type { EcsError } from '../errors.js'
import type { CommandBody, Pair, StartWord } from './model.js'
import { quote } from './problem.js'
import { splitWords, unescapeQuoted } from './words.js'

/** Makes the error that says why an argument is malformed; the caller knows code and line. */
export type Malformed = (why: string) => EcsError

type Reader = (argument: string, malformed: Malformed) => CommandBody

/** The commands that take an argument of their own form, and how each reads it. */
export const READERS = {
  RUN: (argument) => ({ word: 'RUN', command: argument }),
  ENV: (argument, malformed) => ({ word: 'ENV', pairs: readEnv(argument, malformed) }),
  LABEL: (argument, malformed) => ({
    word: 'LABEL',
    pairs: readPairs(argument, LABEL_PAIR, () =>
      malformed(`LABEL takes key="value" pairs, not ${quote(argument)}`),
    ),
  }),
  WORKDIR: (argument, malformed) => ({
    word: 'WORKDIR',
    path: oneWord(argument, () =>
      malformed(`WORKDIR takes one path (quote a path with blanks), not ${quote(argument)}`),
    ),
  }),
  USER: readUser,
  COPY: readCopy,
  CMD: (argument, malformed) => readStart('CMD', argument, malformed),
  ENTRYPOINT: (argument, malformed) => readStart('ENTRYPOINT', argument, malformed),
} as const satisfies Record<string, Reader>

/** How each is written, for messages. */
export const FORMS: Readonly<Record<keyof typeof READERS, string>> = {
  RUN: 'RUN command',
  ENV: 'ENV key value, or ENV key="value"',
  LABEL: 'LABEL key="value"',
  WORKDIR: 'WORKDIR /path',
  USER: 'USER name',
  COPY: 'COPY source destination',
  CMD: 'CMD ["program","argument"], or CMD command',
  ENTRYPOINT: 'ENTRYPOINT ["program","argument"], or ENTRYPOINT command',
}

const ENV_NAME = /^[A-Za-z_]\w*$/
const ENV_PAIR = /([A-Za-z_]\w*)="((?:[^"\\]|\\.)*)"(?:[ \t]+|$)/y
const LABEL_PAIR = /(\w[\w./-]*)="((?:[^"\\]|\\.)*)"(?:[ \t]+|$)/y
const USER_NAME = /^\w[\w.-]*\$?$/
const WEB_ADDRESS = /^(?:https?|ftp):\/\/[^/]/
const ANY_ADDRESS = /^[A-Za-z][A-Za-z0-9+.-]*:\/\//

/** `ENV key value`, where the value is the rest as it stands, or `ENV k1="v1" k2="v2"`. */
function readEnv(argument: string, malformed: Malformed): Pair[] {
  const [name = ''] = argument.split(/[ \t]/, 1)
  if (name.includes('=')) {
    return readPairs(argument, ENV_PAIR, () =>
      malformed(
        `ENV takes key="value" pairs with the value in double quotes, not ${quote(argument)}`,
      ),
    )
  }
  const value = argument.slice(name.length).trim()
  if (!ENV_NAME.test(name)) {
    throw malformed(`${quote(name)} is no name for ENV: letters, digits and _, no digit first`)
  }
  if (value === '') throw malformed(`ENV ${name} has no value: write ENV key value or key="value"`)
  return [{ name, value }]
}

function readPairs(argument: string, pair: RegExp, malformed: () => EcsError): Pair[] {
  const pairs: Pair[] = []
  let position = 0
  while (position < argument.length) {
    pair.lastIndex = position
    const match = pair.exec(argument)
    if (!match) throw malformed()
    pairs.push({ name: match[1] ?? '', value: unescapeQuoted(match[2] ?? '') })
    position = pair.lastIndex
  }
  return pairs
}

function oneWord(argument: string, malformed: () => EcsError): string {
  const [word, ...more] = splitWords(argument) ?? []
  if (!word || word.text === '' || more.length > 0) throw malformed()
  return word.text
}

function readUser(argument: string, malformed: Malformed): CommandBody {
  if (!USER_NAME.test(argument)) {
    throw malformed(
      `USER takes one user name of letters, digits, "_", "." and "-", not ${quote(argument)}`,
    )
  }
  return { word: 'USER', user: argument }
}

/** A source and a destination; the service fetches a URL with wget and takes no query string. */
function readCopy(argument: string, malformed: Malformed): CommandBody {
  const [source, destination, ...more] = splitWords(argument) ?? []
  if (!source?.text || !destination?.text || more.length > 0) {
    throw malformed(`COPY takes a source and a destination, not ${quote(argument)}`)
  }
  if (!source.quoted && source.text.startsWith('--')) {
    throw malformed(`COPY takes no options, found ${quote(source.text)}`)
  }
  if (ANY_ADDRESS.test(source.text)) {
    if (!WEB_ADDRESS.test(source.text)) {
      throw malformed(`COPY fetches http, https and ftp addresses only, not ${quote(source.text)}`)
    }
    if (source.text.includes('?')) {
      throw malformed(`COPY takes an address without a query string, not ${quote(source.text)}`)
    }
  }
  return { word: 'COPY', source: source.text, destination: destination.text }
}

/**
 * `["exe","p1"]` or a plain command. What begins with `[` is the first form and must be a JSON list
 * of texts; Docker would silently run it in a shell instead, which is never what was meant.
 */
function readStart(word: StartWord, argument: string, malformed: Malformed): CommandBody {
  if (!argument.startsWith('[')) return { word, form: 'shell', command: argument }
  const argv = textList(argument)
  if (!argv) {
    throw malformed(
      `${word} takes ["program","argument"] as JSON or a plain command, not ${quote(argument)}`,
    )
  }
  return { word, form: 'exec', argv }
}

function textList(json: string): string[] | undefined {
  let list: unknown
  try {
    list = JSON.parse(json)
  } catch {
    return undefined
  }
  if (!Array.isArray(list) || list.length === 0) return undefined
  return list.every((entry) => typeof entry === 'string') ? list : undefined
}
