import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { test } from 'vitest'
import { explore, type ExploreFileOptions } from '../explore.js'
import type { Exploration, Violation } from '../simulate/explore/explore.js'
import { loadScenario } from '../simulate/scenario/load.js'

export interface ExploredOptions extends ExploreFileOptions {
  /** Where a counterexample is written; `violations` when absent. */
  readonly folder?: string
  /** Milliseconds of wall time that the test may take; ten minutes when absent. */
  readonly timeout?: number
}

/**
 * Makes a test that explores a scenario file: everything that can happen in it, as far as its bounds
 * go. It fails when something that is to hold does not, with what happens in words, and writes the
 * shortest scenario that shows it.
 *
 * ```ts
 * explored('scenarios/nightly.yaml', { bounds: { faults: 2, cancels: 1 } })
 * ```
 *
 * @param file from where the tests are run
 */
export function explored(file: string, options: ExploredOptions = {}): void {
  const { folder = 'violations', timeout = 600_000, ...asked } = options
  test(
    `${titleOf(file)} holds whatever happens (${file})`,
    async () => {
      const found = await explore(file, asked)
      const [first] = found.violations
      if (first !== undefined) throw violated(found, first, folder)
    },
    timeout,
  )
}

/** What the scenario calls itself; the test itself tells why it cannot be read. */
function titleOf(file: string): string {
  try {
    return loadScenario(readFileSync(file, 'utf8'), file).name
  } catch {
    return 'a scenario'
  }
}

function violated({ file }: Exploration, violation: Violation, folder: string): Error {
  const { invariant, says, message, path, scenario } = violation
  mkdirSync(folder, { recursive: true })
  const name = `${basename(file).replace(/\.ya?ml$/, '')}-${invariant.replaceAll(/\W+/g, '-')}`
  const written = join(folder, `${name}.yaml`)
  writeFileSync(written, scenario)
  const lines = [
    `${file}: ${says}: ${message}`,
    ...path.map((step) => `  ${step}`),
    '',
    `repeat it with: npx bakeline replay ${relative('', written)}`,
  ]
  const error = new Error(lines.join('\n'))
  error.name = 'InvariantError'
  return error
}
