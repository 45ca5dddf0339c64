import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { exitCodeHelp } from '../../src/cli/exit-codes.js'
import { createProgram } from '../../src/cli/program/program.js'
import { Console } from './console.js'

/** Every module that a file loads as it is loaded, itself included; packages by name. */
function loadedBy(file: URL, seen = new Set<string>()): Set<string> {
  if (seen.has(file.href)) return seen
  seen.add(file.href)
  const text = readFileSync(file, 'utf8')
  const imports = /^(?:import|export) (?!type )(?:[^'"]*? from )?'([^']+)'/gms
  for (const [, target = ''] of text.matchAll(imports)) {
    if (!target.startsWith('.')) seen.add(target)
    else {
      const source = new URL(target.replace(/\.js$/, '.ts'), file)
      if (existsSync(source)) loadedBy(source, seen)
    }
  }
  return seen
}

const main = new URL('../../src/cli/main.ts', import.meta.url)
const heavy = ['better-sqlite3', 'xstate', 'yaml', 'zod', 'nanoid', 'tinyqueue']

describe('help', () => {
  it('loads no package before it knows the command', () => {
    const packages = [...loadedBy(main)].filter((each) => !/^(file|node):/.test(each))
    expect(packages).toEqual([])
  })

  it('would see a heavy import', () => {
    const start = new URL('../../src/cli/commands/start.ts', import.meta.url)
    expect([...loadedBy(start)]).toEqual(expect.arrayContaining(heavy.slice(0, 3)))
  })

  it('names every command with its arguments, every exit code and every variable', async () => {
    const { code, out, err } = await new Console().run('--help')
    expect([code, err]).toEqual([0, ''])
    const program = createProgram(async () => undefined)
    const names = program.commands.flatMap((each) =>
      each.commands.length === 0
        ? [each.name()]
        : each.commands.map((inner) => `${each.name()} ${inner.name()}`),
    )
    expect(names.length).toBeGreaterThan(25)
    for (const name of names) expect(out).toMatch(new RegExp(`^  ${name}( |$)`, 'm'))
    for (const [exit, meaning] of exitCodeHelp) expect(out).toContain(`${exit}  ${meaning}`)
    expect(out).toContain('BAKELINE_DB')
    expect(out).toContain('bakeline replay scenarios/lifecycle.yaml')
  })

  it('fits into 80 columns but for the examples', async () => {
    const { out } = await new Console().run('--help')
    const [before = ''] = out.split('Examples:')
    for (const line of before.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
  })

  it('has an example for every command', async () => {
    for (const name of ['start', 'watch', 'list', 'show', 'history', 'cancel', 'retry', 'replay']) {
      const { code, out } = await new Console().run(`${name} --help`)
      expect(code).toBe(0)
      expect(out).toMatch(new RegExp(`Examples:\n  bakeline ${name}`))
    }
  })

  it('prints the version of the package', async () => {
    const { version } = JSON.parse(
      readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
    ) as { version: string }
    expect(await new Console().run('--version')).toEqual({ code: 0, out: `${version}\n`, err: '' })
  })

  it.each([
    ['', /^A local, durable/],
    ['strat web', /unknown command 'strat'\n\(Did you mean start\?\)/],
    ['start', /missing required argument 'template'/],
    ['start web --tokn x', /unknown option '--tokn'\n\(Did you mean --token\?\)/],
    ['list extra', /too many arguments/],
    ['template create', /required option '-f, --file <file>' not specified/],
    ['template mke', /unknown command 'mke'/],
  ])('"%s" is wrong input', async (line, message) => {
    const { code, out, err } = await new Console().run(line)
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(message)
  })

  it('tells wrong input as JSON when that is asked for', async () => {
    const { code, out, err } = await new Console().run('strat web --json')
    expect([code, out]).toEqual([2, ''])
    expect(JSON.parse(err)).toEqual({
      error: { code: 'INVALID_INPUT', message: "unknown command 'strat'\n(Did you mean start?)" },
      exitCode: 2,
    })
  })
})

describe('a bug of ours', () => {
  it('ends with 1, a stack trace and the wish to report it', async () => {
    const broken = { stdin: () => Promise.reject<string>(new TypeError('x is no function')) }
    const { code, out, err } = await new Console().run('template create -f -', broken)
    expect([code, out]).toEqual([1, ''])
    expect(err).toMatch(/^TypeError: x is no function\n +at /)
    expect(err).toMatch(/This is a bug in bakeline \d.* please report it with the lines above\.\n$/)
    const json = await new Console().run('template create -f - --json', broken)
    expect(JSON.parse(json.err)).toEqual({
      error: { code: 'BUG', message: 'x is no function' },
      exitCode: 1,
    })
  })
})
