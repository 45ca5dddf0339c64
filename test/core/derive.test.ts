import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { derive, derivedBytes } from '../../src/core/derive.js'
import { compiled } from '../helpers/programs.js'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

describe('derived bytes', () => {
  test('follow from seed, name and number alone', () => {
    expect(hex(derivedBytes('seed', 'execution', 1, 16))).toBe('9cc4c2c8408e3fe71ffbb95850e1cfa3')
    expect(hex(derivedBytes('seed', 'execution', 'a', 16))).toBe('32c113d2c2ff1e5bb7509f199dada1a8')
    const others = [
      derivedBytes('seed', 'execution', 2, 16),
      derivedBytes('seed', 'image', 1, 16),
      derivedBytes('other', 'execution', 1, 16),
      derivedBytes('seed', 'execution', '1', 16),
    ].map(hex)
    expect(new Set([...others, hex(derivedBytes('seed', 'execution', 1, 16))]).size).toBe(5)
  })

  test('are one stream, in whatever order they are asked for', () => {
    const byteAt = derive('s', 'n', 1)
    const places = [...Array(100).keys()]
    const backwards = places.toReversed().map(byteAt)
    expect(backwards.toReversed()).toEqual([...derivedBytes('s', 'n', 1, 100)])
    expect(places.map(byteAt)).toEqual([...derivedBytes('s', 'n', 1, 100)])
  })

  test('are the same in another process, time zone and language', () => {
    const code =
      'import(process.env.MODULE).then(({ derivedBytes }) => ' +
      "process.stdout.write(Buffer.from(derivedBytes('ß', 'İ', 7, 8)).toString('hex')))"
    const there = execFileSync(process.execPath, ['-e', code], {
      env: {
        ...process.env,
        MODULE: compiled('src/core/derive'),
        TZ: 'Asia/Tokyo',
        LANG: 'tr_TR.UTF-8',
        LC_ALL: 'tr_TR.UTF-8',
      },
    })
    expect(there.toString()).toBe(hex(derivedBytes('ß', 'İ', 7, 8)))
  })
})
