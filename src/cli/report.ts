import { CommanderError } from 'commander'
import { BakelineError } from '../core/errors.js'
import { EcsError } from '../imagebuilder/errors.js'
import { ScenarioError } from '../simulate/scenario/error.js'
import { CliError, exitCodeOf, exitCodes } from './exit-codes.js'
import type { Io } from './io.js'
import { packageVersion } from './version.js'

/** Says on standard error what went wrong: a sentence, or a stack only for a bug of ours. */
export function report(
  error: unknown,
  { io, json }: { readonly io: Io; readonly json: boolean },
): void {
  const exitCode = exitCodeOf(error)
  if (json) {
    const told = { error: described(error), exitCode: exitCode ?? exitCodes.otherEnd }
    io.stderr.write(`${JSON.stringify(told)}\n`)
  } else io.stderr.write(`${exitCode === undefined ? bug(error) : sentence(error)}\n`)
}

function sentence(error: unknown): string {
  if (error instanceof EcsError) {
    const place = error.details['Place']
    return `${place === undefined ? '' : `${place}: `}${error.code}: ${error.message}`
  }
  if (error instanceof ScenarioError) return error.message
  return `bakeline: ${error instanceof Error ? error.message : String(error)}`
}

function bug(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return (
    `${stack}\n\nThis is a bug in bakeline ${packageVersion()} (node ${process.version}): ` +
    'please report it with the lines above.'
  )
}

/** The error for programs. */
function described(error: unknown): object {
  if (error instanceof EcsError) {
    const { code, status, message, details } = error
    return { code, status, message, details }
  }
  if (error instanceof ScenarioError) {
    const { code, message, file, mistakes } = error
    return { code, message, file, mistakes }
  }
  if (error instanceof BakelineError || error instanceof CliError) {
    const { code, message, details } = error
    return { code, message, details }
  }
  if (error instanceof CommanderError) {
    return { code: 'INVALID_INPUT', message: error.message.replace(/^error: /, '') }
  }
  return { code: 'BUG', message: error instanceof Error ? error.message : String(error) }
}
