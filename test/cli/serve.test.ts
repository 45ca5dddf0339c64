import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Console, type Ran, type RunOptions } from './console.js'

const inMemory = { BAKELINE_DB: '' }

interface Ready {
  readonly url: string
  readonly account: string
  readonly protocol: string
  readonly baseImage: string
  readonly clock: string
  readonly db: string | null
}

/** Serves until the body has ended, as somebody would who presses Ctrl-C then. */
async function serving(
  console: Console,
  line: string,
  body: (ready: Ready) => Promise<void>,
  options: RunOptions = {},
): Promise<Ran> {
  const controller = new AbortController()
  let done: Promise<void> = Promise.resolve()
  const ran = await console.run(`serve --port 0 --json ${line}`, {
    env: inMemory,
    ...options,
    signal: controller.signal,
    onWrite: (text) => {
      done = body(JSON.parse(text) as Ready).finally(() => controller.abort())
    },
  })
  await done
  return ran
}

async function get(url: string): Promise<Readonly<Record<string, unknown>>> {
  return (await (await fetch(url)).json()) as Readonly<Record<string, unknown>>
}

describe('serve', () => {
  it('says where it is, who calls, and with which image a template works', async () => {
    const console = new Console()
    const { code, err } = await serving(console, '', async (ready) => {
      expect(ready).toMatchObject({
        type: 'ready',
        protocol: 'HTTP',
        account: '1234567890123456',
        clock: 'scale=60',
        db: null,
      })
      const query = `Version=2014-05-26&AccessKeyId=x&RegionId=cn-hangzhou&BaseImageType=IMAGE`
      const made = await get(
        `${ready.url}/?Action=CreateImagePipeline&${query}&BaseImage=${ready.baseImage}`,
      )
      expect(made['ImagePipelineId']).toMatch(/^ip-/)
    })
    expect([code, err]).toEqual([130, ''])
    expect(existsSync(console.db)).toBe(false)
  })

  it('says the same to people, and that what is in memory goes with it', async () => {
    const controller = new AbortController()
    const { out } = await new Console().run('serve --port 0', {
      env: inMemory,
      signal: controller.signal,
      onWrite: (text) => void (text.startsWith('Control') && controller.abort()),
    })
    expect(out).toMatch(
      /^Ready at http:\/\/127\.0\.0\.1:\d+ \(protocol: HTTP\), account 1234567890123456, base image aliyun_/,
    )
    expect(out).toContain('State:  in memory, gone when this ends; --db FILE keeps it\n')
  })

  it('keeps its state in the file that is named, with the clock that it has', async () => {
    const console = new Console()
    const line = `--db ${console.db} --clock virtual`
    await serving(console, line, async ({ clock, db }) => {
      expect([clock, db]).toEqual(['virtual', console.db])
    })
    const { code, out } = await console.run('doctor')
    expect([code, out]).toEqual([0, expect.stringContaining('All is well.')])
    const other = await console.run(`serve --port 0 --db ${console.db} --clock system`)
    expect([other.code, other.err]).toEqual([
      2,
      expect.stringContaining('runs on the clock virtual'),
    ])
  })

  it.each([
    ['--port x', '"x" is not a port'],
    ['--port 65536', '"65536" is not a port'],
    ['--host 0.0.0.0', 'name accessKeys in the world'],
    ['--host 203.0.113.1 --port 0', 'name accessKeys in the world'],
    ['--init nowhere', 'nowhere cannot be read'],
  ])('refuses %s', async (line, message) => {
    const { code, err } = await new Console().run(`serve ${line}`, { env: inMemory })
    expect([code, err]).toEqual([2, expect.stringContaining(message)])
  })
})

describe('a folder to begin with', () => {
  const folder = (console: Console): string => {
    console.write(
      '10-world.yaml',
      'world:\n  remove: { images: [ubuntu_22_04_x64_20G_alibase_20240819.vhd] }\n',
    )
    console.write(
      '20-web.yaml',
      'components:\n  harden: { Content: RUN yum update -y }\n' +
        'templates:\n  web:\n    BaseImageType: IMAGE\n' +
        '    BaseImage: aliyun_3_x64_20G_alibase_20240819.vhd\n',
    )
    console.write(
      '30-more.json',
      '{"templates":{"api":{"BaseImageType":"IMAGE","BaseImage":"aliyun_3_x64_20G_alibase_20240819.vhd","RegionId":"cn-beijing"}}}',
    )
    return console.folder
  }

  it('is there from the beginning, and once, however often it is served', async () => {
    const console = new Console()
    const line = `--init ${folder(console)} --db ${console.db}`
    const names = async ({ url }: Ready): Promise<void> => {
      const { templates } = await get(`${url}/_bakeline/templates`)
      expect(templates).toMatchObject([{ Name: 'web' }, { Name: 'api', Region: 'cn-beijing' }])
    }
    await serving(console, line, names)
    await serving(console, line, async (ready) => {
      await names(ready)
      await fetch(`${ready.url}/_bakeline/reset`, { method: 'POST' })
      await names(ready)
    })
  })

  it.each([
    ['templates: [a]', ':1:1: "templates" must be a mapping'],
    ['template: {}', ':1:1: "template" is unknown: this must be a mapping with world,'],
    ['- a', ':1:1: this must be a mapping with world, components, templates'],
    ['world:\n  image: []', ':2:'],
    ['templates:\n  web: { BaseImageType: IMAG }', ':2:'],
    ['templates:\n  web: 5', ':2:3: "web" must be a mapping of parameters'],
  ])('is refused with its place: %s', async (text, message) => {
    const console = new Console()
    console.write('a.yaml', text)
    const ran = await console.run(`serve --port 0 --init ${console.folder}`, { env: inMemory })
    expect([ran.code, ran.err]).toEqual([2, expect.stringContaining(`a.yaml${message}`)])
  })
})

describe('exec', () => {
  it('runs a command against an emulator of its own, and ends as it does', async () => {
    const console = new Console()
    const program = console.write(
      'client.mjs',
      `import { writeFileSync } from 'node:fs'
      const { BAKELINE_URL, ECS_ENDPOINT, ALICLOUD_REGION, OTHER } = process.env
      const health = await (await fetch(BAKELINE_URL + '/_bakeline/health')).json()
      writeFileSync(process.argv[2], JSON.stringify({ health, ECS_ENDPOINT, ALICLOUD_REGION, OTHER }))
      process.exit(7)`,
    )
    const told = console.path('told.json')
    const env = { ...inMemory, OTHER: 'mine', PATH: process.env['PATH'] ?? '' }
    const line = ['exec', '--', process.execPath, program, told]
    const { code, err } = await console.run(line, { env })
    expect([code, err]).toEqual([7, ''])
    expect(JSON.parse(readFileSync(told, 'utf8'))).toMatchObject({
      health: { status: 'ready', clock: 'scale=60' },
      ECS_ENDPOINT: expect.stringMatching(/^127\.0\.0\.1:\d+$/) as string,
      ALICLOUD_REGION: 'cn-hangzhou',
      OTHER: 'mine',
    })
  })

  it('says that there is no such program', async () => {
    const { code, err } = await new Console().run('exec -- no-such-program', { env: inMemory })
    expect([code, err]).toEqual([
      4,
      'bakeline: no-such-program cannot be run: there is no such program\n',
    ])
  })

  it('passes on by which signal a command was ended', async () => {
    const line = ['exec', '--', process.execPath, '-e', 'process.kill(process.pid, "SIGKILL")']
    expect((await new Console().run(line, { env: inMemory })).code).toBe(137)
  })
})

describe('env', () => {
  it('is for a shell to evaluate, and says who reads what', async () => {
    const { code, out } = await new Console().run('env --port 80 --region cn-beijing')
    expect(code).toBe(0)
    expect(out).toContain('export ALIBABA_CLOUD_ENDPOINT_ECS=127.0.0.1:80\n')
    expect(out).toContain('# Packer; Terraform\nexport ALICLOUD_REGION=cn-beijing\n')
    for (const line of out.trimEnd().split('\n'))
      expect(line).toMatch(/^(# .+|export [A-Z_]+=\S+)$/)
  })

  it('is one object for programs, with the key of the world', async () => {
    const console = new Console()
    const world = console.write(
      'world.yaml',
      'accessKeys: [{ AccessKeyId: LTAI5tKeyOfThisTest0001, AccessKeySecret: "se\'cret cret cret cret", account: "1234567890123456" }]',
    )
    const { out } = await console.run(`env --json --world ${world}`)
    expect(JSON.parse(out)).toMatchObject({
      ALIBABA_CLOUD_ACCESS_KEY_ID: 'LTAI5tKeyOfThisTest0001',
      BAKELINE_URL: 'http://127.0.0.1:4526',
    })
    const shell = await console.run(`env --world ${world}`)
    expect(shell.out).toContain(String.raw`ALICLOUD_SECRET_KEY='se'\''cret cret cret cret'`)
  })
})
