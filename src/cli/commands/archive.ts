import { archive as archiveFile } from '../../archive.js'
import { durationMs } from '../../core/duration.js'
import type { Outcome } from '../../core/effects.js'
import { BakelineError } from '../../core/errors.js'
import type { Context } from '../context.js'
import { type ExitCode, exitCodes, wrongInput } from '../exit-codes.js'
import { findTemplate } from '../find.js'
import { count } from '../follow/picture.js'
import { withFile } from '../open.js'

interface ArchiveCommandOptions {
  readonly to: string
  readonly olderThan?: string
  readonly outcome?: readonly string[]
  readonly template?: string
}

const outcomes: readonly Outcome[] = ['done', 'failed', 'cancelled']

/** `bakeline archive` */
export async function archive(
  context: Context,
  _: readonly [],
  options: ArchiveCommandOptions,
): Promise<ExitCode> {
  const { options: global, io } = context
  const wanted = (options.outcome ?? []).map(outcomeOf)
  const olderThan = ageOf(options.olderThan)
  const key = await templateKey(context, options.template)
  const moved = await archiveFile({
    db: global.db,
    to: options.to,
    olderThan,
    ...(wanted.length === 0 ? {} : { outcomes: wanted }),
    ...(key === undefined ? {} : { singletonKey: key }),
    signal: io.signal,
  })
  if (global.json) context.json({ ...moved, to: options.to })
  else {
    const { executions, records, bytesBefore, bytesAfter } = moved
    const what = `${count(executions, 'execution')} with ${count(records, 'record')}`
    context.say(`Moved ${what} to ${options.to}.`)
    context.say(`${global.db} had ${kilobytes(bytesBefore)} and has ${kilobytes(bytesAfter)}.`)
  }
  return exitCodes.success
}

/** Does what is due in the file, too, and says so when there is none. */
function templateKey(context: Context, template: string | undefined): Promise<string | undefined> {
  return withFile(context, {}, async (builder) =>
    template === undefined
      ? undefined
      : (await findTemplate(builder, template, context)).ImagePipelineId,
  )
}

function outcomeOf(word: string): Outcome {
  const outcome = outcomes.find((each) => each === word)
  if (outcome) return outcome
  throw wrongInput(`"${word}" is no way to end: it is one of ${outcomes.join(', ')}`)
}

function ageOf(text = '0'): number {
  try {
    return text === '0' ? 0 : durationMs(text)
  } catch (error) {
    if (error instanceof BakelineError) throw wrongInput(`--older-than: ${error.message}`)
    throw error
  }
}

function kilobytes(bytes: number): string {
  return `${Math.ceil(bytes / 1024).toLocaleString('en')} kB`
}
