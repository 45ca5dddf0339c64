import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { wrongInput } from '../exit-codes.js'

/**
 * The file itself, or the scenarios of a folder and the folders in it, in order of their names.
 *
 * @throws CliError 2 when there is no such path, or no scenario under it
 */
export async function scenariosIn(path: string): Promise<readonly string[]> {
  const found = await stat(path).catch(() => null)
  if (found === null) throw wrongInput(`${path} does not exist: name a scenario file or a folder`)
  if (!found.isDirectory()) return [path]
  const names = await readdir(path, { recursive: true })
  const scenarios = names.filter((name) => /\.ya?ml$/.test(name)).sort()
  if (scenarios.length > 0) return scenarios.map((name) => join(path, name))
  throw wrongInput(`${path} has no scenarios: they end in .yaml`)
}
