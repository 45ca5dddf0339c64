import { describe, expect, it } from 'vitest'
import { Console, plain, web } from './console.js'

const first = 'exec-69e640464ad0fd247ffc'

async function started(): Promise<Console> {
  const console = new Console()
  await console.create(web)
  expect(await console.run('start web --detach')).toEqual({ code: 0, out: `${first}\n`, err: '' })
  return console
}

describe('list', () => {
  it('has the newest first, and pages by the last of the page before', async () => {
    const console = new Console()
    await console.create(plain('web'))
    for (let n = 0; n < 5; n += 1) await console.run('start web')
    const all = JSON.parse((await console.run('list --all --json')).out) as {
      executions: { ExecutionId: string; CreationTime: string }[]
    }
    const ids = all.executions.map(({ ExecutionId }) => ExecutionId)
    const times = all.executions.map(({ CreationTime }) => CreationTime)
    expect(ids).toHaveLength(5)
    expect(times).toEqual([...times].sort().reverse())
    const page = await console.run('list --limit 2')
    expect(
      page.out
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => line.split(' ')[0]),
    ).toEqual(ids.slice(0, 2))
    expect(page.err).toBe(`There are more: --after ${ids[1]}, or --all.\n`)
    const rest = await console.run(`list --limit 2 --after ${ids[1]} --json`)
    expect(JSON.parse(rest.out)).toMatchObject({
      executions: ids.slice(2, 4).map((ExecutionId) => ({ ExecutionId })),
      next: ids[3],
    })
    const last = await console.run(`list --after ${ids[3]} --json`)
    expect(JSON.parse(last.out)).toMatchObject({
      executions: [{ ExecutionId: ids[4] }],
      next: null,
    })
  })

  it('chooses by status, by template and by region', async () => {
    const console = new Console()
    await console.create(`${plain('one')}---\n${plain('two')}RegionId: cn-beijing\n`)
    await console.run('start one')
    await console.run('start two --region cn-beijing --detach')
    const names = async (line: string): Promise<string[]> => {
      const { out } = await console.run(`list --json ${line}`)
      const { executions } = JSON.parse(out) as { executions: { template: string }[] }
      return executions.map(({ template }) => template)
    }
    expect(await names('')).toEqual(['two', 'one'])
    expect(await names('--status live')).toEqual(['two'])
    expect(await names('--status ended')).toEqual(['one'])
    expect(await names('--status stuck')).toEqual([])
    expect(await names('--status success preparing')).toEqual(['two', 'one'])
    expect(await names('--template one')).toEqual(['one'])
    expect(await names('--region cn-beijing')).toEqual(['two'])
    expect((await console.run('list --status building')).out).toBe('No executions.\n')
  })

  it('is a table', async () => {
    const console = await started()
    expect((await console.run('list')).out).toMatchInlineSnapshot(`
      "EXECUTION                  TEMPLATE  REGION       STATUS     STARTED               LASTED
      exec-69e640464ad0fd247ffc  web       cn-hangzhou  PREPARING  2026-01-05T02:00:00Z  0s
      "
    `)
  })

  it.each([
    ['list --status buildin', '"buildin" is not a status: did you mean BUILDING?'],
    ['list --limit none', '"none" is not a limit: give a whole number from 1'],
    ['list --limit 0', '"0" is not a limit: give a whole number from 1'],
  ])('"%s" is wrong input', async (line, message) => {
    expect(await new Console().run(line)).toEqual({
      code: 2,
      out: '',
      err: `bakeline: ${message}\n`,
    })
  })
})

describe('show', () => {
  it('has all that is known while it runs', async () => {
    const console = await started()
    await console.run('advance 6m')
    expect((await console.run(`show ${first}`)).out).toMatchInlineSnapshot(`
      "web  exec-69e640464ad0fd247ffc  DISTRIBUTING  6m  Copied 0 of 1 region.
      ├─ ✔ prepare      1m
      ├─ ✔ build        4m
      ├─ ✔ cn-hangzhou  m-bp19hslk1s1q4b2qyrwn
      ├─ ▸ cn-beijing   ━━━━━━━━━━╌╌╌╌╌╌╌╌╌╌ 50%  copying, 1m left
      └─ · release

      Template    web (ip-bp1esfapgf0ua0ek8016) in cn-hangzhou
      Base image  aliyun_3_x64_20G_alibase_20240819.vhd
      Instance    ecs.g6.large
      Started     2026-01-05T02:00:00Z
      Changed     2026-01-05T02:05:00Z
      Machine     execution@1, record 3

      PENDING          STATE    DUE                           ATTEMPT
      copy.cn-beijing  running  2026-01-05T02:07:00Z (in 1m)  1

      REGION       IMAGE                   STATUS     NAME                           SHARED WITH
      cn-hangzhou  m-bp19hslk1s1q4b2qyrwn  Available  web_exec-69e640464ad0fd247ffc
      cn-beijing   m-2zeyztsewy4op12i0hjy  Creating   web_exec-69e640464ad0fd247ffc
      "
    `)
  })

  it('has the same as JSON', async () => {
    const console = await started()
    await console.run('advance 6m')
    expect(JSON.parse((await console.run(`show ${first} --json`)).out)).toMatchObject({
      Status: 'DISTRIBUTING',
      tasks: [{ id: 'copy.cn-beijing', state: 'running', due: '2026-01-05T02:07:00Z', attempt: 1 }],
      images: [{ Status: 'Available' }, { Status: 'Creating' }],
      problems: [],
    })
  })
})

describe('history', () => {
  it('tells what happened', async () => {
    const console = await started()
    await console.run('watch')
    expect((await console.run(`history ${first}`)).out).toMatchInlineSnapshot(`
      "SEQ  TIME                  AFTER   WHAT HAPPENED
      1    2026-01-05T02:00:00Z  +0s     PREPARING
      2    2026-01-05T02:01:00Z  +1m     BUILDING
      3    2026-01-05T02:05:00Z  +5m     DISTRIBUTING, copying to 1 region
      4    2026-01-05T02:07:00Z  +7m     copied to cn-beijing; DISTRIBUTING, sharing with 1 account
      5    2026-01-05T02:07:10Z  +7m10s  shared in cn-hangzhou
      6    2026-01-05T02:07:10Z  +7m10s  shared in cn-beijing; RELEASING
      7    2026-01-05T02:07:30Z  +7m30s  SUCCESS
      "
    `)
  })

  it('has the records as they are stored, one a line', async () => {
    const console = await started()
    const { out } = await console.run(`history ${first} --json`)
    expect(JSON.parse(out)).toMatchObject({
      n: 1,
      seq: 1,
      kind: 'step',
      event: { type: 'xstate.init' },
    })
  })
})

describe('cancel', () => {
  it('stops an execution while the service allows it', async () => {
    const console = await started()
    expect(await console.run(`cancel ${first}`)).toEqual({
      code: 0,
      out: `${first} is CANCELLING: Cancelling, and releasing the temporary resources.\n`,
      err: '',
    })
    expect((await console.run('watch')).code).toBe(1)
    const { code, err } = await console.run(`cancel ${first}`)
    expect([code, err]).toEqual([3, expect.stringMatching(/^InvalidStatus.CancelFailed: /)])
  })

  it('is refused later, and goes through with --force', async () => {
    const console = await started()
    await console.run('advance 6m')
    const { code, err } = await console.run(`cancel ${first}`)
    expect([code, err]).toEqual([
      3,
      expect.stringMatching(/^InvalidStatus.ImagePipelineExecution: /),
    ])
    const forced = await console.run(`cancel ${first} --force --json`)
    expect(JSON.parse(forced.out)).toMatchObject({ ExecutionId: first, Status: 'CANCELLED' })
    expect((await console.run(`history ${first}`)).out).toMatch(/CANCELLED\n$/)
    expect((await console.run('doctor')).code).toBe(0)
  })
})

describe('advance', () => {
  it('moves a virtual clock, and tells what happened on the way', async () => {
    const console = await started()
    expect(await console.run('advance 90s')).toEqual({
      code: 0,
      out:
        `2026-01-05T02:01:00Z ${first} BUILDING Building the image.\n` +
        'It is 2026-01-05T02:01:30Z now, 1m30s later.\n',
      err: '',
    })
    const { out } = await console.run('advance --next --json')
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as object),
    ).toMatchObject([
      { type: 'change', status: 'DISTRIBUTING' },
      { type: 'clock', now: '2026-01-05T02:05:00Z', advancedMs: 210_000, held: null },
    ])
  })

  it('stays where nothing is due', async () => {
    const console = await started()
    await console.run('watch')
    const { code, out } = await console.run('advance --next')
    expect([code, out]).toEqual([0, 'Nothing is due; the clock stays.\n'])
  })

  it.each([
    ['advance', 2, /say how far/],
    ['advance 10m --next', 2, /say how far/],
    ['advance ten', 2, /"ten" is not a duration: write 500ms/],
  ])('"%s" is wrong input', async (line, exit, message) => {
    const console = await started()
    const { code, err } = await console.run(line)
    expect([code, err]).toEqual([exit, expect.stringMatching(message)])
  })

  it('is refused where time moves by itself', async () => {
    const console = new Console('system')
    await console.create(plain('web'))
    const { code, err } = await console.run('advance 10m')
    expect([code, err]).toEqual([
      3,
      expect.stringMatching(/the clock is system: it moves by itself/),
    ])
  })
})

describe('image', () => {
  it('list and show have what executions made', async () => {
    const console = await started()
    await console.run('watch')
    const { out } = await console.run('image list --json')
    const { images } = JSON.parse(out) as { images: { ImageId: string; Region: string }[] }
    expect(images.map(({ Region }) => Region)).toEqual(['cn-beijing', 'cn-hangzhou'])
    expect((await console.run('image list --region cn-beijing')).out).toMatch(
      / cn-beijing +Available/,
    )
    const shown = await console.run(`image show ${images[0]?.ImageId}`)
    expect(shown.out).toMatch(/Status +Available\n/)
    expect(shown.out).toMatch(/Shared with +1284387915995949\n/)
    expect((await console.run('image show m-none')).code).toBe(4)
  })

  it('list --base has what a template can start from', async () => {
    const console = new Console()
    await console.create(plain('web'))
    expect((await console.run('image list')).out).toMatch(/^No images/)
    const { out } = await console.run('image list --base')
    expect(out).toMatch(/^IMAGE +FAMILY/)
    expect(out).toContain('aliyun_3_x64_20G_alibase_20240819.vhd')
    const base = 'aliyun_3_x64_20G_alibase_20240819.vhd'
    expect((await console.run(`image show ${base}`)).out).toMatch(/OSType +linux/)
  })
})
