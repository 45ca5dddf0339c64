import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Console, plain, web } from './console.js'

/** Creates a template with these options, in a file that is not there yet. */
async function make(line: string, env: Record<string, string> = {}, yaml = plain('web')) {
  const console = new Console()
  const ran = await console.run(`template create -f - ${line}`, { stdin: yaml, env })
  return { console, ran }
}

describe('what is fixed when a file is made', () => {
  it('is the clock: one that disagrees later is refused', async () => {
    const { console } = await make('--clock virtual')
    expect((await console.run('list --clock virtual')).code).toBe(0)
    const { code, err } = await console.run('list --clock scale=60')
    expect(code).toBe(2)
    expect(err).toBe(
      'bakeline: this file runs on the clock virtual, not scale=60: its clock was fixed when it was ' +
        'made; leave the option out, or make a new file with it\n',
    )
  })

  it('is a scale of 60 when nobody says otherwise', async () => {
    const { console } = await make('')
    expect((await console.run('doctor')).out).toMatch(/clock +scale=60; it is/)
  })

  it.each([
    ['--clock virtul', /"virtul" is not a clock: use system, virtual/],
    ['--clock virtual@noon', /is not a clock/],
    ['--seed one', /"one" is not a seed: give a whole number/],
    ['--durability most', /"most" is not a durability: normal survives/],
    ['--world nowhere.yaml', /nowhere.yaml cannot be read: there is no such file/],
    ['--plan .', /\. cannot be read: it is a folder/],
  ])('%s is wrong input, and nothing is written', async (line, message) => {
    const { console, ran } = await make(line)
    expect([ran.code, ran.out]).toEqual([2, ''])
    expect(ran.err).toMatch(message)
    expect(existsSync(console.db)).toBe(false)
  })

  it('may come from the environment, over which an option goes', async () => {
    const env = { BAKELINE_CLOCK: 'virtual@2030-01-01T00:00:00Z', BAKELINE_SEED: '1' }
    const { console, ran } = await make('', env)
    expect(ran.out).toMatch(/^ip-bp1esfapgf0ua0ek8016/)
    expect((await console.run('doctor')).out).toMatch(/it is 2030-01-01T00:00:00Z/)
    const other = await make('--clock system', env)
    expect((await other.console.run('doctor')).out).toMatch(/clock +system/)
    const there = await make('', { BAKELINE_REGION: 'cn-beijing' })
    expect(there.ran.out).toMatch(/^ip-2ze/)
  })

  it('is the seed: the same one gives the same ids', async () => {
    const ids = await Promise.all(
      ['1', '1', '2'].map(async (seed) => (await make(`--seed ${seed}`)).ran.out),
    )
    expect(ids[0]).toBe(ids[1])
    expect(ids[0]).not.toBe(ids[2])
  })

  it('is the durability only of a process', async () => {
    const { console } = await make('--durability full')
    expect((await console.run('list --durability normal')).code).toBe(0)
  })
})

describe('a world', () => {
  it('changes what there is', async () => {
    const console = new Console()
    const world = console.write('world.yaml', 'remove: { regions: [cn-beijing] }\n')
    const file = console.write('web.yaml', web)
    const { code, err } = await console.run(`template create -f ${file} --world ${world}`)
    expect([code, err]).toEqual([4, expect.stringMatching(/InvalidRegionId.NotFound/)])
  })

  it('with a mistake is refused with its place', async () => {
    const console = new Console()
    const world = console.write('world.yaml', 'regions:\n  - { RegionId: cn-hangzhou, Statu: x }\n')
    const { code, err } = await console.run(`template create -f - --world ${world}`, {
      stdin: plain('web'),
    })
    expect(code).toBe(2)
    expect(err).toMatch(/^\.\/world.yaml:2:\d+: .*Statu/)
    expect(err).toMatch(/\n {2} {2}- \{ RegionId: cn-hangzhou, Statu: x \}\n +\^\n$/)
  })
})

describe('a plan', () => {
  it('is a list of rules, or stands under "plan"', async () => {
    const console = new Console()
    const plan = console.write('plan.yaml', 'plan: [{ task: buildImage, duration: 10s }]\n')
    await console.create(plain('web'), `--plan ${plan}`)
    expect((await console.run('start web')).out).toMatch(/02:01:10Z exec-\w+ RELEASING/)
    const other = console.write('other.yaml', '- { task: buildImage, duration: 20s }\n')
    const { code, err } = await console.run(`list --plan ${other}`)
    expect([code, err]).toEqual([2, expect.stringMatching(/was made with another plan/)])
  })

  it('with mistakes is refused with their places and the nearest words', async () => {
    const console = new Console()
    const plan = console.write('plan.yaml', '- { task: copyImag, duration: 3x }\n')
    const { code, err } = await console.run(`template create -f - --plan ${plan}`, {
      stdin: plain('web'),
    })
    expect(code).toBe(2)
    expect(err).toMatch(/^\.\/plan.yaml:1:11: "copyImag" is not a task; did you mean "copyImage"\?/)
    expect(err).toMatch(/plan.yaml:1:31: "3x" is not a duration/)
  })
})
