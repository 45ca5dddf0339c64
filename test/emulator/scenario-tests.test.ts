import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { assertScenarios } from '../../src/testing/arbitraries/index.js'
import { explored, scenario } from '../../src/testing/index.js'

const root = resolve(import.meta.dirname, '../..')
const plain = readFileSync(join(root, 'scenarios/basics/plain.yaml'), 'utf8')

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bakeline-testing-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

scenario('scenarios/basics/plain.yaml')
scenario('scenarios/cancel', { timeout: 60_000 })
explored('scenarios/basics/plain.yaml', {
  bounds: { faults: 1, cancels: 1, starts: 1 },
  threads: 1,
})

describe('a scenario that fails as a test', () => {
  it('is shown at its line, with the command that repeats it', async () => {
    const broken = plain.replace('    status: SUCCESS\n', '    status: FAILED\n')
    writeFileSync(join(folder, 'broken.yaml'), broken)
    writeFileSync(join(folder, 'plain.yaml'), plain)
    writeFileSync(join(folder, 'typo.yaml'), plain.replace('wait: web', 'wiat: web'))
    writeFileSync(
      join(folder, 'scenarios.test.ts'),
      `import { explored, scenario } from '${join(root, 'src/testing/index.ts')}'\n` +
        "scenario('broken.yaml')\nscenario('typo.yaml')\nscenario('nothing.yaml')\n" +
        "const check = () => [{ execution: null, message: 'it is so' }]\n" +
        "const invariants = [{ name: 'never-so', says: 'it is never so', check }]\n" +
        "explored('plain.yaml', { invariants })\n",
    )
    const vitest = join(root, 'node_modules/vitest/vitest.mjs')
    const args = [vitest, 'run', '--root', folder, '--no-color', '--reporter', 'verbose']
    const failed = await promisify(execFile)(process.execPath, args, {
      cwd: folder,
      env: { ...process.env, NO_COLOR: '1', GITHUB_ACTIONS: '' },
    }).catch((error: { stdout: string; stderr: string }) => `${error.stdout}${error.stderr}`)
    expect(failed).toContain('The plain life of an image (broken.yaml)')
    expect(failed).toContain('expect web: status is SUCCESS, not FAILED')
    expect(failed).toContain('repeat it with: npx bakeline replay broken.yaml')
    const line = broken.split('\n').findIndex((each) => each.includes('expect: web')) + 1
    expect(failed).toMatch(new RegExp(`❯ \\S*broken\\.yaml:${line}:5`))
    expect(failed).not.toContain('xstate.init')
    expect(failed).toMatch(/❯ \S*typo\.yaml:\d+:5/)
    expect(failed).toMatch(/nothing\.yaml/)
    expect(failed).toContain('The plain life of an image holds whatever happens (plain.yaml)')
    expect(failed).toContain('plain.yaml: it is never so: it is so')
    expect(failed).toContain('npx bakeline replay violations/plain-never-so.yaml')
    const shown = readFileSync(join(folder, 'violations/plain-never-so.yaml'), 'utf8')
    expect(shown).toContain('BaseImageType: IMAGE')
    expect(failed).toMatch(/Tests +4 failed/)
  })
})

describe('assertScenarios', () => {
  it('finds nothing where the property holds', async () => {
    const seen: number[] = []
    await assertScenarios(
      async ({ replayed, imageBuilder }) => {
        seen.push(replayed.executions)
        expect(replayed.ok).toBe(true)
        expect(await imageBuilder.engine.verify()).toEqual([])
        expect(await imageBuilder.engine.list({ live: true })).toEqual([])
      },
      { runs: 10, seed: 1 },
    )
    expect(seen).toHaveLength(10)
    expect(Math.max(...seen)).toBeGreaterThan(1)
  })

  it('shrinks a counterexample to the smallest scenario, and writes it', async () => {
    const file = join(folder, 'counterexample.yaml')
    const failing = assertScenarios(
      async ({ imageBuilder }) => {
        const runs = await imageBuilder.engine.list()
        if (runs.some(({ status }) => status === 'PARTITION_SUCCESS')) {
          throw new Error('not everybody has the image')
        }
      },
      { runs: 200, seed: 3, file, crashes: false },
    )
    await expect(failing).rejects.toThrow(
      /^not everybody has the image \(after \d+ runs and \d+ shrinks\)\n\nname: [^]*written to .*counterexample\.yaml; replay it with: npx bakeline replay [^]*try it again with: \{ seed: 3, path: '[\d:]+' \}$/,
    )
    const text = readFileSync(file, 'utf8')
    expect(text).toMatch(
      /^# Found by fast-check \(seed: 3, path: '[\d:]+'\)\.\n# not everybody has/,
    )
    expect(text.match(/- start:/g)).toHaveLength(1)
    expect(text.match(/BaseImage:/g)).toHaveLength(1)
    expect(text.match(/- task:|- \{ task:/g)).toHaveLength(1)
    expect(text.split('\n').length).toBeLessThan(30)
  })

  it('tries the same again by seed and path', async () => {
    const file = join(folder, 'again.yaml')
    const property = ({ replayed }: { replayed: { executions: number } }) => replayed.executions < 2
    const first = await assertScenarios(property, { seed: 5, file }).catch((e: Error) => e.message)
    const [, seed, path] = /seed: (\d+), path: '([\d:]+)'/.exec(String(first)) ?? []
    expect(first).toMatch(/^the property does not hold/)
    const found = readFileSync(file, 'utf8')
    const again = assertScenarios(property, { seed: Number(seed), path: path as string, file })
    await expect(again).rejects.toThrow(/after 1 runs and 0 shrinks/)
    const body = (text: string): string => text.slice(text.indexOf('\nname:'))
    expect(body(readFileSync(file, 'utf8'))).toBe(body(found))
  })
})
