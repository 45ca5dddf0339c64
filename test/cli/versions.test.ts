import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Console, web } from './console.js'

const versions = join(import.meta.dirname, '../helpers/versions')
const untested = join(versions, 'no-tests.ts')

const tested = `name: Tested
templates:
  web:
    BaseImageType: IMAGE
    BaseImage: aliyun_3_x64_20G_alibase_20240819.vhd
    TestContent: RUN true
steps:
  - start: web
  - wait: web
`

describe('diff', () => {
  it('shows where two versions part, and ends with 1', async () => {
    const console = new Console()
    const file = console.write('tested.yaml', tested)
    const { code, out, err } = await console.run(`diff ${file} ${untested}`)
    expect([code, err]).toEqual([1, ''])
    expect(out).toMatch(/^Tested {2}\(.\/tested.yaml\)\n {2}left {3}the machine of \d/)
    expect(out).toMatch(/they part at \+5m, record 3 of exec-\w+, in "wait for web to end"/)
    expect(out).toMatch(/state +\{"create":"testing"\} +≠ release/)
  })

  it('ends with 0 when there is no difference, also as JSON', async () => {
    const console = new Console()
    const file = console.write('tested.yaml', tested)
    const same = await console.run(`diff ${file} ${untested} ${untested} --json`)
    expect(same.code).toBe(0)
    expect(JSON.parse(same.out)).toMatchObject({
      same: true,
      divergence: null,
      runs: [{ machine: untested, ok: true }, { machine: untested }],
    })
  })

  it('refuses files that export no execution machine', async () => {
    const console = new Console()
    const file = console.write('tested.yaml', tested)
    const runs = ['none.ts', 'two-machines.ts', 'missing.ts'].map(async (name) => {
      const { code, err } = await console.run(['diff', file, join(versions, name)])
      return [code, err.replaceAll(`${versions}/`, '')]
    })
    expect(await Promise.all(runs)).toEqual([
      [2, expect.stringMatching(/none.ts exports no machine \(it exports door\)/)],
      [2, expect.stringMatching(/two-machines.ts exports no machine whose id is "execution"/)],
      [2, expect.stringMatching(/missing.ts cannot be loaded: .*compile it first/)],
    ])
  })
})

describe('check', () => {
  const untilTesting = web.replace('BuildContent', 'TestContent')

  it('names the executions that a version would break, and the record', async () => {
    const console = new Console()
    await console.create(untilTesting)
    await console.run('start web --detach')
    expect(await console.run(`check ${untested}`)).toEqual({
      code: 0,
      out: '1 execution would go on.\n',
      err: '',
    })
    await console.run('advance 5m')
    const { code, out } = await console.run(`check ${untested}`)
    expect(code).toBe(1)
    expect(out.replace(/exec-\w+/, 'exec')).toBe(
      '✘ exec breaks at record 3: the step on "xstate.done.actor.buildImage" leads to another ' +
        'state now\n1 execution would break, 0 would wait, 0 would go on.\n',
    )
    const json = await console.run(`check ${untested} --json`)
    expect(JSON.parse(json.out)).toMatchObject({
      ok: false,
      checked: 1,
      executions: [{ verdict: 'breaks', record: 3, outcome: null }],
    })
  })

  it('looks at ended executions only when asked', async () => {
    const console = new Console()
    await console.create(untilTesting)
    await console.run('start web')
    expect((await console.run(`check ${untested}`)).out).toBe('0 executions would go on.\n')
    expect((await console.run(`check ${untested} --all`)).code).toBe(1)
  })

  it('writes nothing', async () => {
    const console = new Console()
    await console.create(untilTesting)
    await console.run('start web --detach')
    await console.run('advance 5m')
    const before = readFileSync(console.db)
    expect((await console.run(`check ${untested}`)).code).toBe(1)
    expect(readFileSync(console.db).equals(before)).toBe(true)
  })

  it('says so when the file has executions of other machines only', async () => {
    const console = new Console()
    await console.create(web)
    await console.run('start web --detach')
    const { code, err } = await console.run(['check', join(versions, 'two-machines.ts')])
    expect(code).toBe(2)
    expect(err).toBe(
      'bakeline: ./test.db has no live execution of door@1, desk@1; it has execution@1\n',
    )
    const missing = await console.run(`check ${untested} --db ${console.path('none.db')}`)
    expect(missing.code).toBe(2)
  })
})
