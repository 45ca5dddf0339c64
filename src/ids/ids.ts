import { customAlphabet } from 'nanoid'
import { derive } from '../core/derive.js'
import type { Ids } from '../core/ports.js'

/** How ids of one kind look: a prefix and letters. */
export interface IdFormat {
  readonly prefix: string
  readonly alphabet: string
  /** Letters after the prefix. */
  readonly size: number
}

/** Formats by kind. */
export type IdFormats = (kind: string) => IdFormat

export const lowerAlphanumeric = '0123456789abcdefghijklmnopqrstuvwxyz'

const standard: IdFormat = { prefix: '', alphabet: lowerAlphanumeric, size: 24 }

/** Ids that are known beforehand, by kind and number: see {@link givenKey}. */
export type GivenIds = Readonly<Record<string, string>>

/** The key of the n-th id of a kind among given ids. */
export function givenKey(kind: string, n: number): string {
  return `${kind} ${n}`
}

/**
 * Names for new rows: the given one, where there is one for its kind and number; else drawn from
 * crypto's bytes, or derived from the seed, the kind and the row's number where there is a seed.
 */
export function ids(
  seed: string | null,
  formats: IdFormats = () => standard,
  given: GivenIds = {},
): Ids {
  const someAreGiven = Object.keys(given).length > 0
  return {
    next(kind, n) {
      const known = someAreGiven ? given[givenKey(kind, n)] : undefined
      if (known !== undefined) return known
      const format = formats(kind)
      return seed === null ? randomId(format) : derivedId(format, { seed, name: kind, n })
    },
  }
}

/** One for each alphabet, which are few. */
const generators = new Map<string, (size: number) => string>()

function randomId({ prefix, alphabet, size }: IdFormat): string {
  const known = generators.get(alphabet)
  const generate = known ?? generatorOf(alphabet)
  if (known === undefined) generators.set(alphabet, generate)
  return prefix + generate(size)
}

/** So many letters of an id count up; at least as many are drawn. */
const countedLetters = 8

/**
 * The first letters count up, from where chance has it, and the others are drawn: ids that are made
 * one after the other stand side by side in every index, so that a commit of many writes a few pages
 * of it, and not one for each.
 */
function generatorOf(alphabet: string): (size: number) => string {
  const draw = customAlphabet(alphabet)
  let at = Math.floor(Math.random() * alphabet.length ** countedLetters)
  return (size) =>
    size < 2 * countedLetters ? draw(size) : counted(alphabet, at++) + draw(size - countedLetters)
}

/** A number in the digits of an alphabet, without those that no longer fit. */
function counted(alphabet: string, n: number): string {
  let text = ''
  let rest = n
  for (let left = countedLetters; left > 0; left -= 1) {
    text = alphabet.charAt(rest % alphabet.length) + text
    rest = Math.floor(rest / alphabet.length)
  }
  return text
}

/** An id that follows from a seed, a name and a number alone. */
export function derivedId(
  { prefix, alphabet, size }: IdFormat,
  from: { readonly seed: string; readonly name: string; readonly n: number | string },
): string {
  return prefix + drawn(alphabet, size, derive(from.seed, from.name, from.n))
}

/** Most ids are shorter. */
const letters = Buffer.alloc(64)

/**
 * As nanoid's `customRandom` draws: it takes some bytes at a time, the last first, without those that
 * would make some letters likelier. An id that grows letter by letter leaves a string for each, and
 * bytes in an array of their own cost as much as their hash; neither is made here.
 */
function drawn(alphabet: string, size: number, byteAt: (at: number) => number): string {
  const into = size <= letters.length ? letters : Buffer.alloc(size)
  const end = 256 - (256 % alphabet.length)
  const step = end === 256 ? size : Math.ceil((1.6 * 256 * size) / end)
  let count = 0
  for (let from = 0; count < size; from += step) {
    for (let at = from + step - 1; at >= from && count < size; at -= 1) {
      const byte = byteAt(at)
      if (byte < end) into[count++] = alphabet.charCodeAt(byte % alphabet.length)
    }
  }
  return into.toString('latin1', 0, size)
}
