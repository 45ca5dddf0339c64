import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { inRepository, programOf } from './places.js'
import { missing, type Row } from './rows.js'
import { lineIds, table } from './table.js'

/** Every measuring module, in the order of the table. */
export const modules: readonly string[] = [...new Set(lineIds.map((name) => table[name].module))]

/**
 * Measures a module's lines in a process of its own, so that none finds the memory and the machine
 * code of another. A line for which the module gives nothing has a row that says so.
 */
export async function measure(module: string, flags: readonly string[]): Promise<readonly Row[]> {
  const lines = lineIds.filter((name) => table[name].module === module)
  if (!existsSync(inRepository(`bench/${module}.ts`)))
    return lines.map((name) => missing(name, `there is no bench/${module}.ts`))
  const child = spawn(process.execPath, [...programOf(module), '--json', ...flags], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  const output = await text(child.stdout)
  const [code] = (await ended) as [number | null]
  const rows = code === 0 ? (JSON.parse(output) as readonly Row[]) : []
  const why = code === 0 ? 'its module gave no figure' : `bench/${module}.ts failed`
  return lines.map((name) => rows.find((row) => row.name === name) ?? missing(name, why))
}
