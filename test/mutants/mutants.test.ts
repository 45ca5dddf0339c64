import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, expect, it } from 'vitest'
import { replayScenario } from '../../src/compose.js'
import type { Violation } from '../../src/simulate/explore/explore.js'
import { loadScenario } from '../../src/simulate/scenario/load.js'
import { compile } from '../helpers/compile.js'

const run = promisify(execFile)
const root = resolve(import.meta.dirname, '../..')
const patches = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.patch'))
  .map((name) => name.replace(/\.patch$/, ''))

/** Whether every mutant is also type-checked and replays all that ships. */
const thorough = process.env['BAKELINE_MUTANTS'] === 'all'

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** The project with one mistake in it. */
async function mutant(patch: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'bakeline-mutant-'))
  folders.push(folder)
  for (const name of ['machines', 'src', 'db', 'scenarios', 'test/mutants/child.ts']) {
    cpSync(join(root, name), join(folder, name), { recursive: true })
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  await run('git', ['apply', join(import.meta.dirname, `${patch}.patch`)], { cwd: folder })
  compile(folder, folder, { checked: thorough })
  return folder
}

interface Told {
  /** Scenarios that ship and see the mistake. */
  readonly red: readonly string[]
  readonly violations: readonly Violation[]
  /** What the found scenario fails with where the mistake is. */
  readonly failures: readonly string[]
}

async function told(folder: string): Promise<Told> {
  const { stdout } = await run(
    process.execPath,
    ['test/mutants/child.js', 'scenarios/explore/every-outcome.yaml', thorough ? 'all' : ''],
    { cwd: folder, maxBuffer: 2 ** 26 },
  )
  return JSON.parse(stdout) as Told
}

describe('the mutants', () => {
  it('are ten, at least two of each kind', () => {
    expect(patches.length).toBeGreaterThanOrEqual(10)
    for (const kind of ['guard', 'effect', 'timer', 'cancel', 'share']) {
      expect(patches.filter((name) => name.startsWith(`${kind}-`)).length, kind).toBeGreaterThan(1)
    }
  })

  it.each(patches)('%s is found, and shown by a scenario of at most ten steps', async (patch) => {
    const folder = await mutant(patch)
    const { red, violations, failures } = await told(folder)
    expect(red, 'scenarios that ship and see it').toEqual([])
    const [first] = violations
    expect(first).toBeDefined()
    expect(first?.steps).toBeLessThanOrEqual(10)
    // The scenario fails as long as the mistake is there, and no longer.
    expect(failures).not.toEqual([])
    expect(failures.join('\n')).toContain(first?.message)
    const sound = await replayScenario(loadScenario(first?.scenario ?? '', 'x.yaml'), ':memory:')
    expect(sound.beats.flatMap((beat) => beat.failures)).toEqual([])
  })

  it('are described by the patches alone: each changes a machine or the source, little of it', () => {
    for (const patch of patches) {
      const text = readFileSync(join(import.meta.dirname, `${patch}.patch`), 'utf8')
      expect(text).toMatch(/^diff --git a\/(machines|src)\//m)
      expect(text.split('\n').filter((line) => /^[+-](?![+-])/.test(line)).length).toBeLessThan(20)
    }
  })
})
