import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { play } from '../../replay.js'
import { renderTree } from '../../simulate/replay/tree.js'
import type { Replayed } from '../../simulate/replay/types.js'
import type { Context } from '../context.js'
import { type ExitCode, exitCodes, wrongInput } from '../exit-codes.js'
import { packageVersion } from '../version.js'

/** `bakeline replay <path...>` */
export async function replay(
  context: Context,
  [paths]: readonly [readonly string[]],
): Promise<ExitCode> {
  const { io, options } = context
  const files = (await Promise.all(paths.map(scenariosIn))).flat()
  const db = options.typedDb
  if (db !== undefined && files.length > 1) {
    throw wrongInput(`--db keeps the database of one scenario; there are ${files.length} here`)
  }
  let met = true
  for (const [index, file] of files.entries()) {
    if (io.signal.aborted) break
    const replayed = await play(file, db === undefined ? {} : { db })
    met &&= replayed.ok
    if (options.json) context.json(jsonOf(replayed))
    else io.stdout.write(`${index > 0 ? '\n' : ''}${renderTree(replayed, packageVersion())}`)
  }
  return met ? exitCodes.success : exitCodes.otherEnd
}

/** The file itself, or the scenarios of a folder in order of their names. */
async function scenariosIn(path: string): Promise<readonly string[]> {
  const found = await stat(path).catch(() => null)
  if (found === null) throw wrongInput(`${path} does not exist: name a scenario file or a folder`)
  if (!found.isDirectory()) return [path]
  const names = (await readdir(path)).filter((name) => /\.ya?ml$/.test(name)).sort()
  if (names.length > 0) return names.map((name) => join(path, name))
  throw wrongInput(`${path} has no scenarios: they end in .yaml`)
}

/** The run for programs, the version beside what was hashed. */
function jsonOf(replayed: Replayed): object {
  return { version: packageVersion(), ...replayed, at: new Date(replayed.at).toISOString() }
}
