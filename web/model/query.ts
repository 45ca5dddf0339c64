import { parseDuration } from '../lib/time.js'
import type { Row } from './row.js'

/** What a row is looked at by, beside its own fields. */
export interface Looked {
  readonly row: Row
  /** The name of what it is of. */
  readonly name: string
  /** The time of the service. */
  readonly now: number
}

type Test = (looked: Looked) => boolean

/** A search, understood: how a row is tested, and what was not understood. */
export interface Search {
  readonly test: Test
  readonly problem: string | null
}

const hint = 'Use template:, status:, id:, machine:, started:<3h, took:>10m, retries:>0, images:<9'

/**
 * Reads what somebody typed: words that must all be found, `field:value` with `*` for anything, and
 * `field:<value` or `field:>value` for what can be counted.
 */
export function parseSearch(text: string): Search {
  const tests: Test[] = []
  let problem: string | null = null
  for (const word of text.trim().split(/\s+/).filter(Boolean)) {
    const test = testOf(word)
    if (test === null) problem = `“${word}” is not understood. ${hint}`
    else tests.push(test)
  }
  return { test: (looked) => tests.every((test) => test(looked)), problem }
}

const texts: Readonly<Record<string, (looked: Looked) => string>> = {
  template: ({ name, row }) => `${name}\n${row.key ?? ''}`,
  status: ({ row }) => row.status,
  id: ({ row }) => row.id,
  machine: ({ row }) => row.machine,
}

const numbers: Readonly<Record<string, (looked: Looked) => number>> = {
  /** How long ago. */
  started: ({ row, now }) => now - row.startedAt,
  took: ({ row, now }) => (row.endedAt ?? now) - row.startedAt,
  retries: ({ row }) => row.retries,
  images: ({ row }) => row.images?.[0] ?? 0,
}

function testOf(word: string): Test | null {
  const [, field = '', value = ''] = /^(\w+):(.*)$/.exec(word) ?? []
  if (field === '')
    return ({ row, name }) => includes(`${row.id} ${name} ${row.key} ${row.status}`, word)
  const text = texts[field]
  if (text !== undefined) {
    const pattern = wild(value)
    return (looked) => pattern.test(text(looked))
  }
  const number = numbers[field]
  const [, sign = '', amount = ''] = /^([<>=]?)(.+)$/.exec(value) ?? []
  const limit = parseDuration(amount) ?? Number(amount)
  if (number === undefined || amount === '' || Number.isNaN(limit)) return null
  if (sign === '<') return (looked) => number(looked) < limit
  if (sign === '>') return (looked) => number(looked) > limit
  return (looked) => number(looked) === limit
}

function includes(text: string, word: string): boolean {
  return text.toLowerCase().includes(word.toLowerCase())
}

/** `web-*` as a pattern over whole lines; without a star it may stand anywhere. */
function wild(value: string): RegExp {
  const escaped = value.replace(/[.+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('*', '.*')
  return new RegExp(value.includes('*') ? `^${escaped}$` : escaped, 'im')
}
