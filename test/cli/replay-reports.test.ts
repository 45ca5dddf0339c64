import { existsSync, mkdirSync, readFileSync } from 'node:fs'
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
const broken = plain
  .replace('A plain life', 'A "broken" <life>')
  .replace('status: SUCCESS', 'status: FAILED')
const read = (console: Console, name: string): string =>
  readFileSync(console.path(name), 'utf8').replaceAll(console.folder, '.')

describe('replay --junit', () => {
  it('writes a test suite a scenario and a test case a step, with virtual times', async () => {
    const console = new Console()
    console.write('a.yaml', `${plain}  - expect: web\n    error: none\n`)
    console.write('b.yaml', broken)
    const report = console.path('report.xml')
    const { code } = await console.run(`replay ${console.folder} --junit ${report}`)
    expect(code).toBe(1)
    expect(read(console, 'report.xml')).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite name="A plain life" file="./a.yaml" tests="5" failures="0" errors="0" time="320.000" timestamp="2026-01-05T02:00:00">
    <testcase name="create template web" classname="A plain life" file="./a.yaml" line="3" time="0.000"/>
    <testcase name="start web" classname="A plain life" file="./a.yaml" line="7" time="0.000"/>
    <testcase name="wait for web to end" classname="A plain life" file="./a.yaml" line="8" time="320.000"/>
    <testcase name="expect web" classname="A plain life" file="./a.yaml" line="9" time="0.000"/>
    <testcase name="expect web (2)" classname="A plain life" file="./a.yaml" line="11" time="0.000"/>
  </testsuite>
  <testsuite name="A &quot;broken&quot; &lt;life>" file="./b.yaml" tests="4" failures="1" errors="0" time="320.000" timestamp="2026-01-05T02:00:00">
    <testcase name="create template web" classname="A &quot;broken&quot; &lt;life>" file="./b.yaml" line="3" time="0.000"/>
    <testcase name="start web" classname="A &quot;broken&quot; &lt;life>" file="./b.yaml" line="7" time="0.000"/>
    <testcase name="wait for web to end" classname="A &quot;broken&quot; &lt;life>" file="./b.yaml" line="8" time="320.000"/>
    <testcase name="expect web" classname="A &quot;broken&quot; &lt;life>" file="./b.yaml" line="9" time="0.000">
      <failure type="ExpectationError" message="status is SUCCESS, not FAILED">./b.yaml:9:5: status is SUCCESS, not FAILED</failure>
    </testcase>
  </testsuite>
</testsuites>
`)
  })

  it('has an error for a file that is no scenario, after the runs before it', async () => {
    const console = new Console()
    console.write('a.yaml', plain)
    console.write('b.yaml', plain.replace('wait:', 'wiat:'))
    const report = console.path('report.xml')
    const { code, err } = await console.run(`replay ${console.folder} --junit ${report}`)
    expect([code, err]).toEqual([2, expect.stringMatching(/^\.\/b\.yaml:8:5: "wiat"/)])
    expect(read(console, 'report.xml')).toMatch(
      /<testsuite name="\.\/b\.yaml" .* failures="0" errors="1">\n.*line="8">\n +<error type="ScenarioError" message="\.\/b\.yaml:8:5: &quot;wiat&quot;/,
    )
  })
})

describe('replay on a runner of GitHub', () => {
  const onGitHub = { env: { GITHUB_ACTIONS: 'true' } }

  it('tells what is wrong at its place, on standard error', async () => {
    const console = new Console()
    const file = console.write(
      'b.yaml',
      broken.replace('life', 'life: 100%, or so').replace('name: ', 'name: |\n  '),
    )
    const { err, out } = await console.run(`replay ${file}`, onGitHub)
    expect(err).toBe(
      '::error file=./b.yaml,line=10,col=5,title=A "broken" <life%3A 100%25%2C or so>%0A%3A expect web' +
        '::status is SUCCESS, not FAILED\n',
    )
    expect(out).not.toContain('::error')
    expect((await console.run(`replay ${file} --no-annotations`, onGitHub)).err).toBe('')
    expect((await console.run(`replay ${file}`)).err).toBe('')
    expect((await console.run(`replay ${file} --annotations --json`)).err).toMatch(/^::error file=/)
  })

  it('tells every mistake of a file that is no scenario', async () => {
    const console = new Console()
    const file = console.write(
      'a.yaml',
      plain.replace('wait:', 'wiat:').replace('expect:', 'expct:'),
    )
    const { err } = await console.run(`replay ${file}`, onGitHub)
    expect(err).toMatch(/^::error file=.*,line=8,col=5,title=Not a scenario::"wiat" is not a step/)
    expect(err).toMatch(
      /\n::error file=.*,line=9,col=5,title=Not a scenario::"expct" is not a step/,
    )
  })
})

describe('replay --golden', () => {
  it('keeps the tree beside the scenario, and tells the first line that differs later', async () => {
    const console = new Console()
    const file = console.write('plain.yaml', plain)
    const missing = await console.run(`replay ${file} --golden`)
    expect(missing.code).toBe(1)
    expect(missing.out).toContain(
      '\n✘ there is no ./plain.golden.txt yet: --golden --update writes it\n',
    )
    expect(existsSync(console.path('plain.golden.txt'))).toBe(false)

    const written = await console.run(`replay ${file} --golden --update`)
    expect([written.code, written.out]).toEqual([
      0,
      expect.stringMatching(/\n {2}wrote \.\/plain\.golden\.txt\n$/),
    ])
    expect(read(console, 'plain.golden.txt')).toMatch(/\n {2}trace [0-9a-f]{16}\n$/)
    expect((await console.run(`replay ${file} --golden`)).code).toBe(0)
    expect((await console.run(`replay ${file} --golden --update`)).out).not.toContain('wrote')

    console.write(
      'plain.yaml',
      plain.replace('steps:', 'plan: [{ task: buildImage, duration: 5m }]\nsteps:'),
    )
    const report = console.path('report.xml')
    const other = await console.run(`replay ${file} --golden --junit ${report} --annotations`)
    expect(other.code).toBe(1)
    expect(other.out).toContain(
      '✘ ./plain.golden.txt differs in line 7\n' +
        '    it was  │  ├─ +5m       web  RELEASING\n' +
        '    it is   │  ├─ +6m       web  RELEASING\n',
    )
    expect(other.err).toMatch(/^::error file=.*,line=1,col=1,title=A plain life%3A golden::/)
    expect(read(console, 'report.xml')).toMatch(
      /tests="5" failures="1"[^]*<testcase name="golden" [^]*<failure type="ExpectationError" message="\.\/plain\.golden\.txt differs in line 7">/,
    )
    const json = await console.run(`replay ${file} --golden --json`)
    expect(JSON.parse(json.out)).toMatchObject({ ok: true, golden: { verdict: 'other' } })
  })

  it('is what --update is for', async () => {
    const console = new Console()
    const file = console.write('plain.yaml', plain)
    expect(await console.run(`replay ${file} --update`)).toEqual({
      code: 2,
      out: '',
      err: 'bakeline: --update writes golden files: give --golden with it\n',
    })
  })
})

it('replay of a folder goes into the folders in it', async () => {
  const console = new Console()
  console.write('b.yaml', plain)
  mkdirSync(console.path('a'))
  console.write('a/c.yaml', plain.replace('A plain life', 'Another life'))
  const { out } = await console.run(`replay ${console.folder}`)
  expect(out.match(/^(A plain|Another) life/gm)).toEqual(['Another life', 'A plain life'])
})
