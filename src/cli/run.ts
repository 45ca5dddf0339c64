import { type Command, CommanderError } from 'commander'
import type { Context } from './context.js'
import { type ExitCode, exitCodeOf, exitCodes } from './exit-codes.js'
import type { Io, Sink } from './io.js'
import { globalOptions, type TypedOptions } from './options.js'
import type { Run } from './program/declare.js'
import { createProgram } from './program/program.js'
import { coloured, plain } from './render/paint.js'
import { report } from './report.js'

/**
 * Runs one command line.
 *
 * @param argv what follows the program's name
 * @returns the exit code. Never throws: whatever goes wrong is told on `io.stderr`.
 */
export async function runCli(argv: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = exitCodes.success
  const json = argv.includes('--json')
  const program = createProgram(async (run, args, command) => {
    const context = contextOf(command, io)
    code = await perform(run, context, { args, command })
  })
  connect(program, json ? { ...io, stderr: nowhere } : io)
  try {
    await program.parseAsync(argv, { from: 'user' })
  } catch (error) {
    code = exitCodeOf(error) ?? exitCodes.otherEnd
    // Commander has already said what it has to say, but for programs.
    const told = error instanceof CommanderError && (!json || error.exitCode === 0)
    if (!told) report(error, { io, json })
  }
  return io.signal.aborted ? exitCodes.interrupted : code
}

async function perform(
  run: Run,
  context: Context,
  { args, command }: { readonly args: readonly unknown[]; readonly command: Command },
): Promise<ExitCode> {
  // The declaration beside the command says which arguments and options it has.
  return run(context, args as never, command.opts() as never)
}

function contextOf(command: Command, io: Io): Context {
  const options = globalOptions(command.optsWithGlobals<TypedOptions>(), io)
  return {
    io,
    options,
    paint: options.color ? coloured : plain,
    say: (line) => io.stdout.write(`${line}\n`),
    note: (line) => io.stderr.write(`${line}\n`),
    json: (value) => io.stdout.write(`${JSON.stringify(value)}\n`),
  }
}

const nowhere: Sink = { write: () => undefined, isTTY: false, columns: 80, rows: 24 }

/** Commander writes where we say, and leaves the exit to us; its commands inherit neither. */
function connect(command: Command, io: Io): void {
  command.exitOverride().configureOutput({
    writeOut: (text) => io.stdout.write(text),
    writeErr: (text) => io.stderr.write(text),
    getOutHelpWidth: () => Math.min(io.stdout.columns, 100),
    getErrHelpWidth: () => Math.min(io.stderr.columns, 100),
    getOutHasColors: () => false,
    getErrHasColors: () => false,
  })
  command.showHelpAfterError(`(bakeline ${pathOf(command)}--help says more)`)
  for (const child of command.commands) connect(child, io)
}

function pathOf(command: Command): string {
  return command.parent === null ? '' : `${pathOf(command.parent)}${command.name()} `
}
