import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CommanderError } from 'commander'
import { describe, expect, it } from 'vitest'
import { CliError, exitCodeOf, exitCodes } from '../../src/cli/exit-codes.js'
import { BakelineError, type ErrorCode } from '../../src/core/errors.js'
import { EcsError } from '../../src/imagebuilder/errors.js'
import { ScenarioError } from '../../src/simulate/scenario/error.js'
import type { StoreReason } from '../../src/store/refusal.js'

const engine: Record<Exclude<ErrorCode, 'STORE'>, number> = {
  ALREADY_RUNNING: 3,
  IDEMPOTENCY_MISMATCH: 3,
  INVALID_INPUT: 2,
  NOT_DURABLE: 2,
  NOT_FOUND: 4,
  NOT_LIVE: 3,
  EVENT_REFUSED: 3,
  STEP_FAILED: 1,
  STUCK: 3,
  NOT_STUCK: 3,
  UNKNOWN_MACHINE: 3,
  OVERLOADED: 3,
  CLOSED: 1,
  CLOCK: 3,
  CORRUPT: 2,
  TIMEOUT: 1,
}

const store: Record<StoreReason, number> = {
  missing: 2,
  foreign: 2,
  newer: 2,
  older: 2,
  readonly: 2,
  open: 2,
  busy: 3,
  full: 1,
  io: 1,
  constraint: 1,
  other: 1,
}

/** Codes of the service that are neither wrong input nor, with 404, something not found. */
const byState = [
  'IdempotentParameterMismatch',
  'InvalidComponentVersion.Exist',
  'InvalidImageComponent.InUse',
  'InvalidImageName.Duplicated',
  'InvalidImagePipeline.HasRunningExecution',
  'InvalidStatus.CancelFailed',
  'InvalidStatus.ImagePipelineExecution',
]

/** Every refusal that stands in the code: `new EcsError(404, 'Some.Code'`. */
function refusals(): readonly (readonly [status: number, code: string])[] {
  const folder = new URL('../../src/imagebuilder/', import.meta.url).pathname
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return files
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .flatMap((text) => Array.from(text.matchAll(/new EcsError\(\s*(\d{3}),\s*'([\w.]+)'/g)))
    .map(([, status, code]) => [Number(status), code ?? ''] as const)
}

describe('exit codes', () => {
  it.each(Object.entries(engine))('%s of the engine ends with %i', (code, exit) => {
    expect(exitCodeOf(new BakelineError(code as ErrorCode, ''))).toBe(exit)
  })

  it.each(Object.entries(store))('a store that fails for "%s" ends with %i', (reason, exit) => {
    expect(exitCodeOf(new BakelineError('STORE', '', { reason }))).toBe(exit)
  })

  it('a store that gives no reason ends with 1', () => {
    expect(exitCodeOf(new BakelineError('STORE', ''))).toBe(1)
  })

  it('every refusal of the service is by state, not found, or wrong input', () => {
    const found = refusals()
    expect(found.length).toBeGreaterThan(15)
    for (const [status, code] of found) {
      const state = byState.includes(code) || code.startsWith('QuotaExceed.')
      const expected = state ? 3 : status === 404 ? 4 : 2
      expect([code, exitCodeOf(new EcsError(status, code, ''))]).toEqual([code, expected])
    }
  })

  it('every refusal by state is one that the service knows', () => {
    const known = new Set(refusals().map(([, code]) => code))
    for (const code of byState) expect(known, code).toContain(code)
  })

  it.each([
    [404, 'MissingParameter.Content'],
    [404, 'NotSupportedCommand.FROM'],
    [400, 'MissingParameter'],
    [400, 'InvalidParameter.TestContent'],
  ])('%i %s is wrong input', (status, code) => {
    expect(exitCodeOf(new EcsError(status, code, ''))).toBe(exitCodes.wrongInput)
  })

  it('a scenario that cannot be read is wrong input', () => {
    expect(exitCodeOf(new ScenarioError('a.yaml', '', []))).toBe(2)
  })

  it('help ends with 0, and whatever else the parser refuses with 2', () => {
    expect(exitCodeOf(new CommanderError(0, 'commander.helpDisplayed', ''))).toBe(0)
    expect(exitCodeOf(new CommanderError(1, 'commander.unknownCommand', ''))).toBe(2)
  })

  it('an error of the command line says its own', () => {
    expect(exitCodeOf(new CliError(4, 'NOT_FOUND', ''))).toBe(4)
  })

  it('anything else is a bug and has none', () => {
    expect(exitCodeOf(new TypeError('x is not a function'))).toBeUndefined()
    expect(exitCodeOf('text')).toBeUndefined()
  })
})
