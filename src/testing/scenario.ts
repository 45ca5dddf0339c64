import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { describe, test } from 'vitest'
import { ExpectationError, replay, type ReplayOptions } from '../replay.js'
import { ScenarioError } from '../simulate/scenario/error.js'
import { loadScenario } from '../simulate/scenario/load.js'

export interface ScenarioTestOptions extends ReplayOptions {
  /** Milliseconds of wall time that the test may take; vitest's own limit when absent. */
  readonly timeout?: number
}

/**
 * Makes a test of a scenario file, or of each in a folder: it fails when something is not as the
 * scenario expects, or the file is none. The failure points at the line of the scenario, and ends
 * with the command that repeats it.
 *
 * ```ts
 * scenario('scenarios/nightly.yaml')
 * ```
 *
 * @param path of a file or a folder, from where the tests are run
 */
export function scenario(path: string, options: ScenarioTestOptions = {}): void {
  if (!isFolder(path)) return scenarioTest(path, options)
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' })
  const files = names.filter((name) => /\.ya?ml$/.test(name)).sort()
  describe(path, () => {
    for (const name of files) scenarioTest(join(path, name), options)
    // A folder that was moved away must not pass in silence.
    if (files.length === 0) {
      test('has scenarios', () => {
        throw new Error(`there is no scenario in ${path}: they end in .yaml`)
      })
    }
  })
}

function scenarioTest(file: string, { timeout, ...options }: ScenarioTestOptions): void {
  const run = async (): Promise<void> => {
    try {
      await replay(file, options)
    } catch (error) {
      throw pointed(error, file)
    }
  }
  if (timeout === undefined) test(titleOf(file), run)
  else test(titleOf(file), run, timeout)
}

/** What the scenario calls itself; the test itself tells why it cannot be read. */
function titleOf(file: string): string {
  try {
    return `${loadScenario(readFileSync(file, 'utf8'), file).name} (${file})`
  } catch {
    return file
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}

/**
 * The failure with the place in the scenario where others have the place in the code. A new error:
 * vitest would print the whole run, which hangs on the one that was thrown.
 */
function pointed(error: unknown, file: string): unknown {
  const place = placeOf(error)
  if (place === null || !(error instanceof Error)) return error
  const { line, column } = place
  const again = `repeat it with: npx bakeline replay ${relative('', file)}`
  const told = new Error(`${error.message}\n\n${again}`)
  told.name = error.name
  told.stack = `${told.name}: ${told.message}\n    at ${resolve(file)}:${line}:${column}`
  return told
}

function placeOf(error: unknown): { readonly line: number; readonly column: number } | null {
  if (error instanceof ScenarioError) return error
  if (!(error instanceof ExpectationError)) return null
  return error.replayed.beats.find(({ failures }) => failures.length > 0) ?? null
}
