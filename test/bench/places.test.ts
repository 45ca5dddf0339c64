import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { inRepository, programOf } from '../../bench/places.js'

const sources = readdirSync('bench', { recursive: true, encoding: 'utf8' })
  .filter((path) => /^(?!peers|places).*\.ts$/.test(path))
  .map((path) => join('bench', path))

describe('what is compiled into dist/bench finds what it starts', () => {
  test.each(sources)('%s names no file beside itself but by bench/places.ts', (path) => {
    // A program is .js there, and what is not TypeScript is not there at all.
    expect(readFileSync(path, 'utf8')).not.toMatch(/new URL\([^)]*import\.meta/)
  })

  test('as a program of its own, or as a file of the repository', () => {
    expect(existsSync(programOf('fleet/million').at(-1) as string)).toBe(true)
    expect(existsSync(inRepository('bench/peers/simpy/pipeline.py'))).toBe(true)
  })
})
