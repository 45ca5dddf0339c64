import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Console } from './console.js'

const plain = `name: A plain life
templates:
  web:
    BaseImageType: IMAGE
    BaseImage: aliyun_3_x64_20G_alibase_20240819.vhd
steps:
  - start: web
  - wait: web
  - expect: web
    status: SUCCESS
`

describe('replay', () => {
  it('prints a tree and ends with 0', async () => {
    const console = new Console()
    const file = console.write('plain.yaml', plain)
    const { code, out, err } = await console.run(`replay ${file}`)
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(
      /^A plain life {2}\(seed 1, from 2026-01-05T02:00:00Z\)\n├─ create template web/,
    )
    expect(out).toMatch(/✔ all as expected: 1 execution, \d records\n/)
    expect(existsSync(console.db)).toBe(false)
  })

  it('ends with 1 when an expectation is not met', async () => {
    const console = new Console()
    const file = console.write('plain.yaml', plain.replace('SUCCESS', 'FAILED'))
    const { code, out } = await console.run(`replay ${file}`)
    expect(code).toBe(1)
    expect(out).toMatch(/✘ status is SUCCESS, not FAILED/)
  })

  it('takes folders and several files, as trees or as JSON', async () => {
    const console = new Console()
    console.write('b.yaml', plain.replace('A plain', 'Another'))
    console.write('a.yaml', plain)
    const { out } = await console.run(`replay ${console.folder}`)
    expect(out.match(/^(A plain|Another) life/gm)).toEqual(['A plain life', 'Another life'])
    const json = await console.run(`replay ${console.folder} --json`)
    const runs = json.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object)
    expect(runs).toMatchObject([
      { name: 'A plain life', ok: true, at: '2026-01-05T02:00:00.000Z' },
      { name: 'Another life', ok: true },
    ])
  })

  it('keeps the database with --db, for the other commands', async () => {
    const console = new Console()
    const file = console.write('plain.yaml', plain)
    expect((await console.run(`replay ${file} --db ${console.db}`)).code).toBe(0)
    expect((await console.run('list')).out).toMatch(/web +cn-hangzhou +SUCCESS/)
    const again = await console.run(`replay ${file} --db ${console.db}`)
    expect(again.code).toBe(2)
    const two = await console.run(`replay ${file} ${file} --db ${console.db}`)
    expect([two.code, two.err]).toEqual([
      2,
      'bakeline: --db keeps the database of one scenario; there are 2 here\n',
    ])
  })

  it.each([
    ['a typo', plain.replace('wait:', 'wiat:'), /plain.yaml:8:5: .*"wiat".*"wait"/],
    ['no YAML', 'name: [', /plain.yaml:\d+:\d+: not valid YAML/],
  ])('of a file with %s is wrong input', async (_, text, message) => {
    const console = new Console()
    const file = console.write('plain.yaml', text)
    const { code, out, err } = await console.run(`replay ${file}`)
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(message)
    const json = await console.run(`replay ${file} --json`)
    expect(JSON.parse(json.err)).toMatchObject({ error: { code: 'INVALID_INPUT' }, exitCode: 2 })
  })

  it('of what is not there is wrong input', async () => {
    const console = new Console()
    expect((await console.run('replay nowhere.yaml')).err).toMatch(/nowhere.yaml does not exist/)
    const { code, err } = await console.run(`replay ${console.folder}`)
    expect([code, err]).toEqual([2, 'bakeline: . has no scenarios: they end in .yaml\n'])
  })

  it('stops between two scenarios when it is interrupted', async () => {
    const console = new Console()
    console.write('a.yaml', plain)
    console.write('b.yaml', plain)
    const controller = new AbortController()
    const { code, out } = await console.run(`replay ${console.folder}`, {
      signal: controller.signal,
      onWrite: () => controller.abort(),
    })
    expect(code).toBe(130)
    expect(out.match(/A plain life/g)).toHaveLength(1)
  })
})
