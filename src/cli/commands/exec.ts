import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { constants } from 'node:os'
import type { Context } from '../context.js'
import { CliError, type ExitCode, exitCodes } from '../exit-codes.js'
import { type ServingOptions, startEmulator, variablesOf } from '../serving.js'

/** `bakeline exec -- COMMAND…`: an emulator for one command, whose exit code is passed on. */
export async function exec(
  context: Context,
  [command]: readonly [readonly string[]],
  options: ServingOptions,
): Promise<ExitCode> {
  const emulator = await startEmulator(context, options, 0)
  try {
    const variables = await variablesOf(emulator, context)
    const env = Object.fromEntries(variables.map(({ name, value }) => [name, value]))
    // Whatever the command ends with; the codes of our own mean nothing here.
    return (await run(command, { ...context.io.env, ...env }, context.io.signal)) as ExitCode
  } finally {
    await emulator.close()
  }
}

async function run(
  [program = '', ...args]: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
): Promise<number> {
  const child = spawn(program, args, { env, stdio: 'inherit' })
  // Ctrl-C reaches the command by itself; what only this process was sent is passed on.
  const stop = (): void => void child.kill('SIGTERM')
  signal.addEventListener('abort', stop)
  try {
    const [code, killedBy] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null]
    return code ?? 128 + (killedBy === null ? 0 : constants.signals[killedBy])
  } catch (error) {
    throw notRun(program, error as NodeJS.ErrnoException)
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

function notRun(program: string, { code, message }: NodeJS.ErrnoException): CliError {
  const reason = code === 'ENOENT' ? 'there is no such program' : message
  const text = `${program} cannot be run: ${reason}`
  return new CliError(exitCodes.notFound, 'NOT_FOUND', text, { program })
}
