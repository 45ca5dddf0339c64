import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { commandCases, commandReport } from '../../src/pollers/command.js'
import { Console } from './console.js'

const mine = join(import.meta.dirname, '../helpers/pollers/mine.ts')

describe('pollers', () => {
  it('plays one of your own, says where it is wrong, and ends with 1', async () => {
    const console = new Console()
    const { code, out } = await console.run(['pollers', '--poller', mine])
    expect(code).toBe(1)
    expect(out).toMatch(/^WAY OF WAITING +RIGHT +LIES +HANGS +DOUBLE-STARTS\nhasty +6 of 42 +36\n/)
    expect(out).toMatch(
      /✘ lies {2}TEST_FAILED, 3 cases; testImage fails, in seconds: says "success" at \+0s in PREPARING, it is TEST_FAILED at \+5s\n/,
    )
  })

  it('writes what went wrong as scenarios that replay', async () => {
    const console = new Console()
    const folder = console.path('wrong')
    const json = await console.run(['pollers', '--poller', mine, '--scenarios', folder, '--json'])
    expect(JSON.parse(json.out)).toMatchObject({ name: 'hasty', meetings: { length: 42 } })
    expect(readdirSync(folder)).toHaveLength(36)
    const one = join(folder, 'hasty-the-copy-to-cn-beijing-fails-in-minutes.yaml')
    expect((await console.run(`replay ${one}`)).code).toBe(0)
  })

  it('says what is wrong with a name or a file', async () => {
    const console = new Console()
    const empty = console.write('empty.mjs', 'export const x = { name: "x" }\n')
    const runs = [['teraform apply'], ['--poller', empty], ['--poller', 'none.mjs']].map(
      async (words) => {
        const { code, err } = await console.run(['pollers', ...words])
        return [code, err]
      },
    )
    expect(await Promise.all(runs)).toEqual([
      [2, 'bakeline: there is no poller "teraform apply": did you mean "terraform apply"?\n'],
      [2, expect.stringMatching(/empty.mjs exports no poller: export \{ name/)],
      [2, expect.stringMatching(/none.mjs cannot be loaded: /)],
    ])
  })
})

describe('a command that waits', () => {
  const cases = commandCases().filter(({ name }) =>
    /goes well|testImage fails|PREPARING/.test(name),
  )

  /** Starts, and waits for SUCCESS or FAILED. */
  const script = `
    const { BAKELINE_URL, BAKELINE_IMAGE_PIPELINE_ID: ImagePipelineId } = process.env
    const call = async (query) => {
      const all = { Version: '2014-05-26', AccessKeyId: 'x', RegionId: 'cn-hangzhou', ...query }
      return (await fetch(BAKELINE_URL + '/?Format=JSON&' + new URLSearchParams(all))).json()
    }
    const { ExecutionId } = await call({ Action: 'StartImagePipelineExecution', ImagePipelineId })
    for (;;) {
      const told = await call({ Action: 'DescribeImagePipelineExecutions', ExecutionId })
      const [{ Status }] = told.ImagePipelineExecution.ImagePipelineExecutionSet
      if (Status === 'SUCCESS') process.exit(0)
      if (Status === 'FAILED') process.exit(1)
    }`

  it('is compared with what became of the execution, and stopped when it waits for ever', async () => {
    const console = new Console()
    const file = console.write('wait.mjs', script)
    const { meetings } = await commandReport({
      command: `${process.execPath} ${file}`,
      scale: 2_000,
      patienceMs: 5_000,
      cases,
    })
    expect(meetings.map(({ case: name, claim, end, flaws }) => [name, claim, end, flaws])).toEqual([
      ['all goes well, in minutes', 'success', 'SUCCESS', []],
      ['testImage fails, in minutes', null, 'TEST_FAILED', ['hangs']],
      ['cancelled by somebody else while PREPARING, in minutes', null, 'CANCELLED', ['hangs']],
    ])
  })

  it('that starts nothing is told so', async () => {
    await expect(commandReport({ command: 'true', cases: cases.slice(0, 1) })).rejects.toThrow(
      '"true" starts nothing',
    )
  })
})
