import { writeFile } from 'node:fs/promises'
import { record as recordFrom } from '../../record/record.js'
import type { Context } from '../context.js'
import { type ExitCode, exitCodes, wrongInput } from '../exit-codes.js'

interface Options {
  readonly from?: string
  readonly out?: string
}

/** `bakeline record [execution...]` */
export async function record(
  context: Context,
  [executions]: readonly [readonly string[]],
  { from = context.options.db, out }: Options,
): Promise<ExitCode> {
  const recording = await recordFrom(from, { executions })
  const { scenario, same, difference, records, notes } = recording
  if (out !== undefined) await write(out, scenario)
  if (context.options.json) context.json({ ...recording, file: out ?? null })
  else if (out === undefined) context.io.stdout.write(scenario)
  const where = out === undefined ? 'the scenario' : out
  for (const note of notes) context.note(note)
  if (same) context.note(`✔ ${where} replays to the same ${count(records, 'record')}`)
  else context.note(`✘ ${where} replays to something else:\n${difference}`)
  return same ? exitCodes.success : exitCodes.otherEnd
}

async function write(file: string, scenario: string): Promise<void> {
  try {
    await writeFile(file, scenario, { flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    throw wrongInput(`${file} exists already: name another with --out`, { path: file })
  }
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`
}
