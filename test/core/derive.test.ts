import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { derive } from '../../src/core/derive.js'
import { compiled } from '../helpers/programs.js'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

describe('derived bytes', () => {
  test('follow from seed, name and number alone', () => {
    expect(hex(derive('seed', 'execution', 1)(16))).toBe('9cc4c2c8408e3fe71ffbb95850e1cfa3')
    expect(hex(derive('seed', 'execution', 'a')(16))).toBe('32c113d2c2ff1e5bb7509f199dada1a8')
    const others = [
      derive('seed', 'execution', 2),
      derive('seed', 'image', 1),
      derive('other', 'execution', 1),
      derive('seed', 'execution', '1'),
    ].map((next) => hex(next(16)))
    expect(new Set([...others, hex(derive('seed', 'execution', 1)(16))]).size).toBe(5)
  })

  test('are one stream, however it is cut', () => {
    const whole = derive('s', 'n', 1)
    const parts = derive('s', 'n', 1)
    const cut = [...parts(3), ...parts(40), ...parts(0), ...parts(57)]
    expect(cut).toEqual([...whole(100)])
  })

  test('are the same in another process, time zone and language', () => {
    const code =
      'import(process.env.MODULE).then(({ derive }) => ' +
      "process.stdout.write(Buffer.from(derive('ß', 'İ', 7)(8)).toString('hex')))"
    const there = execFileSync(process.execPath, ['-e', code], {
      env: {
        ...process.env,
        MODULE: compiled('src/core/derive'),
        TZ: 'Asia/Tokyo',
        LANG: 'tr_TR.UTF-8',
        LC_ALL: 'tr_TR.UTF-8',
      },
    })
    expect(there.toString()).toBe(hex(derive('ß', 'İ', 7)(8)))
  })
})
