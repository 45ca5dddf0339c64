import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { ScenarioError } from '../../src/simulate/scenario/error.js'
import { loadScenario } from '../../src/simulate/scenario/load.js'

const folder = new URL('./mistakes/', import.meta.url)
const files = readdirSync(folder).filter((name) => !name.endsWith('.txt'))

function mistakesOf(text: string, file = 'x.yaml'): ScenarioError {
  try {
    loadScenario(text, file)
  } catch (error) {
    if (error instanceof ScenarioError) return error
    throw error
  }
  throw new Error('the scenario has no mistake')
}

describe('the message for a mistake', () => {
  it.each(files)('is the golden one for %s', async (file) => {
    const { message } = mistakesOf(readFileSync(new URL(file, folder), 'utf8'), file)
    const golden = new URL(file.replace(/\.\w+$/, '.txt'), folder)
    await expect(`${message}\n`).toMatchFileSnapshot(fileURLToPath(golden))
  })

  it('has its place in fields', () => {
    const error = mistakesOf('name: One\nsteps:\n  - strat: web\n', 'scenarios/x.yaml')
    expect(error).toMatchObject({ code: 'INVALID_INPUT', file: 'scenarios/x.yaml' })
    expect(error).toMatchObject({ line: 3, column: 5, name: 'ScenarioError' })
    expect(error.mistakes[0]?.message).toBe('"strat" is not a step; did you mean "start"?')
    expect(error.message).toMatch(/^scenarios\/x\.yaml:3:5: "strat" is not a step;/)
  })

  it('points below the place when the line has tabs', () => {
    const { message } = mistakesOf('{\n\t"name": "One",\n\t"stepz": []\n}')
    expect(message).toContain('  \t"stepz": []\n  \t^')
  })

  it('says where YAML itself breaks off', () => {
    const message = 'not valid YAML: Nested mappings are not allowed in compact mappings'
    const error = mistakesOf('name: One\nabout: this: that\nsteps: []\n')
    expect(error.mistakes).toEqual([{ line: 2, column: 8, message }])
    expect(mistakesOf('name: One\nsteps: [crash\n').message).toContain('must be')
  })

  it('shows a part of a long line', () => {
    const about = 'a long text '.repeat(20)
    const { message } = mistakesOf(JSON.stringify({ name: 'One', about, seeds: 3, steps: [] }))
    expect(message).toBe(
      [
        'x.yaml:1:266: "seeds" is not a field of a scenario; did you mean "seed"?',
        '  …a long text a long text a long text a long text ","seeds":3,"steps":[]}',
        `  ${' '.repeat(51)}^`,
      ].join('\n'),
    )
  })

  it('stays on its lines when a key has line ends', () => {
    const error = mistakesOf('name: One\nsteps: []\n"a\\nb": 1\nstepz: 1\n')
    expect(error.mistakes.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^"a b" is not a field of a scenario; known: /),
      '"stepz" is not a field of a scenario; did you mean "steps"?',
    ])
  })

  it('finds the place of what an alias stands for', () => {
    const error = mistakesOf(
      'name: One\nsteps:\n  - plan: &p [{ task: copy, fail: x }]\n  - plan: *p\n',
    )
    expect(error.mistakes.map(({ line }) => line)).toEqual([3, 3])
  })

  it('is the same when lines end as on Windows', () => {
    const text = 'name: One\nsteps:\n  - strat: web\n'
    expect(mistakesOf(text.replaceAll('\n', '\r\n')).message).toBe(mistakesOf(text).message)
  })
})

describe('a file that could exhaust the reader', () => {
  const web = 'name: One\ntemplates: { web: {} }\nsteps:\n'

  it('is refused when it is longer than a megabyte', () => {
    expect(mistakesOf('x'.repeat(1_000_001)).message).toContain('at most 1000000')
  })

  it('is refused when it nests too deep', () => {
    expect(mistakesOf(`name: ${'['.repeat(10_000)}`).message).toContain('deeper than 64 levels')
  })

  it('is refused when it has too many aliases, or they stand for too much', () => {
    const many = `name: &n One\nabout: [${'*n, '.repeat(101)}]\nsteps: []\n`
    expect(mistakesOf(many).message).toContain('more than 100 aliases')
    const rows = Array.from({ length: 8 }, (_, n) => `a${n + 1}: &a${n + 1} [${nine(`*a${n}`)}]`)
    const bomb = `a0: &a0 [${nine('x')}]\n${rows.join('\n')}\n`
    expect(mistakesOf(bomb).message).toContain('stand for more than 100 nodes')
  })

  it('is refused when it has more than ten thousand steps', () => {
    expect(loadScenario(web + '  - crash\n'.repeat(10_000), 'x').steps).toHaveLength(10_000)
    expect(mistakesOf(web + '  - crash\n'.repeat(10_001)).message).toContain('at most 10000')
  })

  it('is refused with ten mistakes, however many it has', () => {
    const wrong = Array.from({ length: 5_000 }, (_, n) => `  - wait: w${n}\n`).join('')
    const error = mistakesOf(web + wrong)
    expect(error.mistakes).toHaveLength(10)
    expect(error.message).toMatch(/There are more mistakes after these\.$/)
    const listed = `  - { expect: web, visited: [${'X, '.repeat(10_000)}] }\n`
    expect(mistakesOf(web + listed).mistakes).toHaveLength(10)
  })

  it('is refused when a key would reach a prototype', () => {
    expect(mistakesOf('__proto__: {}\nname: One\nsteps: []\n').message).toContain('cannot be a key')
    const inherited = mistakesOf('name: One\nconstructor: {}\nsteps: [{ toString: x }]\n')
    expect(inherited.mistakes).toHaveLength(2)
  })
})

function nine(word: string): string {
  return Array.from({ length: 9 }, () => word).join(', ')
}
