import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openImageBuilder } from '../../src/compose.js'
import { play } from '../../src/replay.js'
import { renderTree } from '../../src/simulate/replay/tree.js'
import { loadScenario } from '../../src/simulate/scenario/load.js'
import { compiled } from '../helpers/programs.js'

const root = resolve(import.meta.dirname, '../..')
const names = namesIn(join(root, 'scenarios'), '.yaml')

const files = names.map((name) => join('scenarios', `${name}.yaml`))
const goldenFolder = join(import.meta.dirname, 'golden')
const textOf = (name: string): string => {
  return readFileSync(join(root, 'scenarios', `${name}.yaml`), 'utf8')
}

/** Files of an ending in a folder and the folders in it: `traps/nightly-collides`. */
function namesIn(folder: string, ending: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -ending.length).replaceAll('\\', '/'))
    .sort()
}

/** The tree that is expected. `UPDATE_GOLDEN=1 npx vitest run test/scenarios` writes them anew. */
function golden(name: string, tree: string): string {
  const file = join(goldenFolder, `${name}.txt`)
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, tree)
  }
  return readFileSync(file, 'utf8')
}

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bakeline-scenarios-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the scenario', () => {
  it.each(names)('%s goes as it expects, and its tree is the golden one', async (name) => {
    const db = join(folder, `${name.replaceAll('/', '-')}.db`)
    const replayed = await play(join(root, 'scenarios', `${name}.yaml`), { db })
    const failures = replayed.beats.flatMap((beat) => beat.failures)
    expect(failures).toEqual([])
    expect(replayed.ok).toBe(true)
    const tree = renderTree(replayed, 'x.y.z')
    expect(tree).toBe(golden(name, tree))
    const { engine } = await openImageBuilder({ db, mustExist: true, worker: false })
    expect(await engine.verify()).toEqual([])
    await engine.close()
  })

  it.each(names)('%s says what it is about, and tells editors its schema', (name) => {
    const text = textOf(name)
    const schema = name.includes('/') ? '../schema.json' : './schema.json'
    expect(text.startsWith(`# yaml-language-server: $schema=${schema}\n`)).toBe(true)
    const { about, steps } = loadScenario(text, name)
    expect(about?.length).toBeGreaterThan(120)
    expect(steps.some(({ kind }) => kind.startsWith('expect'))).toBe(true)
  })

  it('of the whole life is a tree of at most forty lines', () => {
    const lines = readFileSync(join(goldenFolder, 'lifecycle.txt'), 'utf8').trimEnd().split('\n')
    expect(lines.length).toBeLessThanOrEqual(40)
  })

  it('has a name of its own', () => {
    const titles = names.map((name) => loadScenario(textOf(name), name).name)
    expect(new Set(titles).size).toBe(names.length)
    expect(names.length).toBeGreaterThanOrEqual(40)
  })

  it('is there for every golden tree', () => {
    expect(namesIn(goldenFolder, '.txt')).toEqual(names)
  })
})

describe('a replay in another process', () => {
  const run = async (env: Readonly<Record<string, string>>): Promise<string> => {
    const child = compiled('test/scenarios/child-replay')
    const { LC_ALL: _, LANG: __, TZ: ___, ...rest } = process.env
    const { stdout } = await promisify(execFile)(process.execPath, [child, ...files], {
      cwd: root,
      env: { ...rest, ...env },
      maxBuffer: 2 ** 26,
    })
    return stdout
  }

  it('prints the same bytes, whatever its time zone and its language', async () => {
    const [shanghai, newYork] = await Promise.all([
      run({ TZ: 'Asia/Shanghai', LANG: 'zh_CN.UTF-8' }),
      run({ TZ: 'America/New_York', LC_ALL: 'C' }),
    ])
    expect(shanghai).toBe(newYork)
    for (const name of names) {
      expect(shanghai).toContain(readFileSync(join(goldenFolder, `${name}.txt`), 'utf8'))
    }
  })
})
