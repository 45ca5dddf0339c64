import { readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../..')

/** Imports that are there when the program runs: not of types, nor those that wait to be called. */
const imports = /^(?:import|export)\s+(?!type\b)(?:[^'"]*?\sfrom\s+)?'([^']+)'/gm
const typesOnly = /^import\s*\{(?:\s*type\s[^,}]+,?)+\s*\}/

/** Files and packages that are loaded with a file, before anything in it has run. */
function loadedWith(entry: string): { files: ReadonlySet<string>; packages: ReadonlySet<string> } {
  const files = new Set<string>()
  const packages = new Set<string>()
  const todo = [entry]
  for (let file = todo.pop(); file !== undefined; file = todo.pop()) {
    if (files.has(file)) continue
    files.add(file)
    const text = readFileSync(join(root, file), 'utf8')
    for (const [statement, specifier = ''] of text.matchAll(imports)) {
      if (typesOnly.test(statement)) continue
      if (specifier.startsWith('.')) {
        todo.push(relative(root, join(root, dirname(file), specifier)).replace(/\.js$/, '.ts'))
      } else if (!specifier.startsWith('node:')) packages.add(specifier)
    }
  }
  return { files, packages }
}

const rooms = (entry: string): ReadonlySet<string> =>
  new Set([...loadedWith(entry).files].map((file) => file.split('/')[1] ?? ''))

const heavy = ['better-sqlite3', 'hono', 'xmlbuilder', 'xstate', 'yaml', 'zod']

describe('what a command line loads', () => {
  it('is two files for --version', () => {
    const { files, packages } = loadedWith('src/cli/main.ts')
    expect([...files].sort()).toEqual(['src/cli/main.ts', 'src/version.ts'])
    expect([...packages]).toEqual([])
  })

  it('is no more than the declarations for --help', () => {
    const { packages } = loadedWith('src/cli/run.ts')
    expect([...packages]).toEqual(['commander'])
    expect([...rooms('src/cli/run.ts')].sort()).not.toContain('engine')
    expect([...loadedWith('src/cli/run.ts').files].join()).not.toMatch(/commands\//)
  })

  it.each(['start', 'watch', 'list', 'show', 'history', 'cancel', 'retry', 'archive', 'fault'])(
    'is neither the server nor what plays scenarios for %s',
    (command) => {
      const entry = `src/cli/commands/${command}.ts`
      expect([...rooms(entry)]).not.toContain('server')
      expect([...rooms(entry)]).not.toContain('emulator')
      const { files, packages } = loadedWith(entry)
      expect(
        [...files].filter((file) =>
          /simulate\/(replay\/player|scenario\/(load|schema))/.test(file),
        ),
      ).toEqual([])
      expect([...packages].filter((name) => /hono|xmlbuilder/.test(name))).toEqual([])
    },
  )

  it('is no server for replay', () => {
    expect([...rooms('src/cli/commands/replay.ts')]).not.toContain('server')
    expect([...loadedWith('src/cli/commands/replay.ts').packages].join()).not.toMatch(/hono/)
  })

  it('is nothing of scenarios for serve', () => {
    const { files } = loadedWith('src/cli/commands/serve.ts')
    expect([...files].filter((file) => file.includes('simulate/replay/player'))).toEqual([])
  })

  it('would be found', () => {
    const { packages } = loadedWith('src/cli/commands/serve.ts')
    expect(heavy.filter((name) => packages.has(name))).toContain('hono')
  })
})
