import type { Command } from 'commander'
import type { Context } from '../context.js'
import type { ExitCode } from '../exit-codes.js'

/** A command: `args` as declared, `options` its own. The declaration says what they are. */
export type Run = (context: Context, args: never, options: never) => Promise<ExitCode>

/** What is declared of a command; its code is loaded when it runs. */
export interface Declaration {
  /** Its name and arguments: `show <execution>`. */
  readonly usage: string
  readonly summary: string
  /** More about it, in its own help. */
  readonly about?: string
  /** Options that must be given. */
  readonly required?: readonly (readonly [flags: string, description: string])[]
  readonly options?: readonly (readonly [flags: string, description: string])[]
  /** Command lines with what they do. */
  readonly examples: readonly (readonly [line: string, does: string])[]
  readonly load: () => Promise<Run>
}

/** Runs a command that was loaded; `run.ts` gives the context. */
export type Perform = (run: Run, args: readonly unknown[], command: Command) => Promise<void>

/** Declares a command on its parent. */
export function declare(parent: Command, declaration: Declaration, perform: Perform): void {
  const { usage, summary, about, required = [], options = [], examples, load } = declaration
  const command = parent.command(usage).summary(summary)
  command.description([sentenceOf(summary), ...(about === undefined ? [] : [about])].join('\n\n'))
  for (const [flags, description] of required) command.requiredOption(flags, description)
  for (const [flags, description] of options) command.option(flags, description)
  command.addHelpText('after', exampleText(examples))
  command.action(async () => perform(await load(), command.processedArgs, command))
}

/** A summary as it opens the help of its command. */
export function sentenceOf(summary: string): string {
  return `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`
}

/** Examples under their heading, what they do in a column of its own. */
function exampleText(examples: Declaration['examples']): string {
  const width = Math.max(...examples.map(([line]) => line.length))
  const lines = examples.map(([line, does]) => `  ${`bakeline ${line}`.padEnd(width + 11)}${does}`)
  return ['', 'Examples:', ...lines].join('\n')
}
