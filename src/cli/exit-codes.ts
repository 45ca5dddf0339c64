import { CommanderError } from 'commander'
import { BakelineError, type ErrorCode } from '../core/errors.js'
import { EcsError } from '../imagebuilder/errors.js'
import { ScenarioError } from '../simulate/scenario/error.js'

/** How a command ends: the same for every command. */
export const exitCodes = {
  /** SUCCESS, or simply done. */
  success: 0,
  /** Any other end of an execution, an expectation that is not met, something wrong in the file. */
  otherEnd: 1,
  /** Wrong input: an option, a file, a value. Nothing was written. */
  wrongInput: 2,
  /** Refused in the present state: one is running, it cannot be cancelled, it is in use. */
  refused: 3,
  /** A template, execution, image or component, or what a template names, is not there. */
  notFound: 4,
  /** Ctrl-C or SIGTERM. */
  interrupted: 130,
} as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** What stands in the help of the command line. */
export const exitCodeHelp: readonly (readonly [ExitCode, string])[] = [
  [exitCodes.success, 'SUCCESS, or done'],
  [exitCodes.otherEnd, 'any other end of an execution; an expectation not met; a fault found'],
  [exitCodes.wrongInput, 'wrong input: an option, a value, a file; nothing was written'],
  [exitCodes.refused, 'refused in the present state: running, not cancellable, in use, stuck'],
  [exitCodes.notFound, 'not found: the template, execution, image or component, or what it names'],
  [exitCodes.interrupted, 'interrupted (Ctrl-C, SIGTERM); the file is sound'],
]

/** What the command line itself refuses; `code` says what for, to programs. */
export class CliError extends Error {
  override readonly name = 'CliError'
  readonly exitCode: ExitCode
  readonly code: string
  readonly details: Readonly<Record<string, string>>

  constructor(
    exitCode: ExitCode,
    code: string,
    message: string,
    details: Readonly<Record<string, string>> = {},
  ) {
    super(message)
    this.exitCode = exitCode
    this.code = code
    this.details = details
  }
}

/** Wrong input that only the command line can see. */
export function wrongInput(message: string, details?: Readonly<Record<string, string>>): CliError {
  return new CliError(exitCodes.wrongInput, 'INVALID_INPUT', message, details)
}

const engineCodes: Readonly<Record<Exclude<ErrorCode, 'STORE'>, ExitCode>> = {
  ALREADY_RUNNING: exitCodes.refused,
  IDEMPOTENCY_MISMATCH: exitCodes.refused,
  INVALID_INPUT: exitCodes.wrongInput,
  NOT_DURABLE: exitCodes.wrongInput,
  NOT_FOUND: exitCodes.notFound,
  NOT_LIVE: exitCodes.refused,
  EVENT_REFUSED: exitCodes.refused,
  STEP_FAILED: exitCodes.otherEnd,
  STUCK: exitCodes.refused,
  NOT_STUCK: exitCodes.refused,
  UNKNOWN_MACHINE: exitCodes.refused,
  OVERLOADED: exitCodes.refused,
  CLOSED: exitCodes.otherEnd,
  CLOCK: exitCodes.refused,
  CORRUPT: exitCodes.wrongInput,
  TIMEOUT: exitCodes.otherEnd,
}

/** A file that is the wrong one is wrong input; a lock passes by; the rest is trouble outside. */
const storeReasons: Readonly<Record<string, ExitCode>> = {
  missing: exitCodes.wrongInput,
  foreign: exitCodes.wrongInput,
  newer: exitCodes.wrongInput,
  older: exitCodes.wrongInput,
  readonly: exitCodes.wrongInput,
  open: exitCodes.wrongInput,
  busy: exitCodes.refused,
}

/** Codes of the service that speak of the present state; the others follow from their status. */
const refusedByState = new Set([
  'IdempotentParameterMismatch',
  'InvalidComponentVersion.Exist',
  'InvalidImageComponent.InUse',
  'InvalidImageName.Duplicated',
  'InvalidImagePipeline.HasRunningExecution',
  'InvalidStatus.CancelFailed',
  'InvalidStatus.ImagePipelineExecution',
])

function ecsCode({ status, code }: EcsError): ExitCode {
  if (refusedByState.has(code) || code.startsWith('QuotaExceed.')) return exitCodes.refused
  // The service reports some missing or unsupported input with 404; that is still wrong input.
  const input = code.startsWith('MissingParameter.') || code.startsWith('NotSupportedCommand.')
  return status === 404 && !input ? exitCodes.notFound : exitCodes.wrongInput
}

/** The exit code of an error, or undefined for one that is a bug of ours. */
export function exitCodeOf(error: unknown): ExitCode | undefined {
  if (error instanceof CliError) return error.exitCode
  if (error instanceof EcsError) return ecsCode(error)
  if (error instanceof ScenarioError) return exitCodes.wrongInput
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? exitCodes.success : exitCodes.wrongInput
  }
  if (!(error instanceof BakelineError)) return undefined
  if (error.code !== 'STORE') return engineCodes[error.code]
  return storeReasons[error.details['reason'] ?? ''] ?? exitCodes.otherEnd
}
