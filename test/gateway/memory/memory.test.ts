import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { compiled } from '../../helpers/programs.js'

/** 200,000 in CI, which says so (`.ci/run`); a minute and a half of one core. */
const requests = Number(process.env['BAKELINE_REQUESTS'] ?? 10_000)

/** What three quarters of the requests may leave behind, and all that may be held, in bytes. */
const mayGrow = 8 * 1024 * 1024
const mayHold = 64 * 1024 * 1024

it(`memory stays bounded over ${requests} requests`, { timeout: 900_000 }, async () => {
  const argv = ['--expose-gc', compiled('test/gateway/memory/requests'), String(requests)]
  const { stdout } = await promisify(execFile)(process.execPath, argv)
  const { first, last, logged } = JSON.parse(stdout) as {
    readonly first: number
    readonly last: number
    readonly logged: readonly string[]
  }
  expect(logged).toEqual([])
  expect(first).toBeGreaterThan(1024 * 1024)
  expect(last - first).toBeLessThan(mayGrow)
  expect(last).toBeLessThan(mayHold)
})
