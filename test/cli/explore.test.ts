import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Console } from './console.js'

const text = `name: Plain
templates:
  web:
    BaseImageType: IMAGE
    BaseImage: aliyun_3_x64_20G_alibase_20240819.vhd
steps:
  - start: web
`
const bounds = '--faults 1 --starts 1 --threads 1'

describe('explore', () => {
  it('says how much there is and that all of it holds, and ends with 0', async () => {
    const console = new Console()
    const file = console.write('plain.yaml', text)
    const { code, out, err } = await console.run(`explore ${file} ${bounds}`)
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(/\d+ states, \d+ steps between them, the longest path \d+\n/)
    expect(out).toMatch(/✔ everything that is to hold held in every state\n$/)
  })

  it('writes what breaks a rule as a scenario that replays, and ends with 1', async () => {
    const console = new Console()
    const file = console.write('plain.yaml', text)
    const found = console.path('found.yaml')
    const coverage = console.path('coverage.json')
    const { code, out } = await console.run([
      ...`explore ${file} ${bounds} --out ${found} --coverage ${coverage} --always`.split(' '),
      'status != "FAILED"',
    ])
    expect(code).toBe(1)
    expect(out).toContain('It is always so: status != "FAILED"')
    expect(readFileSync(found, 'utf8')).toContain('- task: ')
    expect((await console.run(`replay ${found}`)).code).toBe(0)
    expect(JSON.parse(readFileSync(coverage, 'utf8'))).toHaveProperty('states')
  })

  it('writes it all as one page that needs nothing else', async () => {
    const console = new Console()
    const file = console.write('plain.yaml', text)
    const page = console.path('explored.html')
    const { code, err } = await console.run(`explore ${file} ${bounds} --html ${page}`)
    expect([code, err]).toEqual([0, 'bakeline: wrote ./explored.html\n'])
    const html = readFileSync(page, 'utf8')
    expect(html).toContain('<title>Plain</title>')
    expect(html).toContain('"crashPoints":')
    expect(html).not.toMatch(/(src|href)="http/)
  })

  it.each([
    ['--faults many', '--faults is "many": give a whole number from 0 on'],
    ['--threads 0', '--threads is "0": give a whole number from 1 on'],
    ['--always status=1', '"status=1" is no rule: '],
  ])('%s is wrong input', async (options, message) => {
    const console = new Console()
    const file = console.write('plain.yaml', text)
    const { code, err } = await console.run(`explore ${file} ${options}`)
    expect([code, err]).toEqual([2, expect.stringContaining(message) as string])
  })
})
