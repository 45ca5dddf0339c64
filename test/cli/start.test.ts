import { describe, expect, it } from 'vitest'
import { Console, plain, web } from './console.js'

const first = 'exec-69e640464ad0fd247ffc'

async function started(): Promise<Console> {
  const console = new Console()
  await console.create(web)
  expect(await console.run('start web --detach')).toEqual({ code: 0, out: `${first}\n`, err: '' })
  return console
}

describe('start', () => {
  it('works its execution to the end and tells every change on a line', async () => {
    const console = new Console()
    await console.create(web)
    const { code, out, err } = await console.run('start web')
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatchInlineSnapshot(`
      "2026-01-05T02:00:00Z exec-69e640464ad0fd247ffc PREPARING Preparing an instance to build on.
      2026-01-05T02:01:00Z exec-69e640464ad0fd247ffc BUILDING Building the image.
      2026-01-05T02:05:00Z exec-69e640464ad0fd247ffc DISTRIBUTING Copied 0 of 1 region.
      2026-01-05T02:07:00Z exec-69e640464ad0fd247ffc DISTRIBUTING Shared 0 of 2 batches of accounts.
      2026-01-05T02:07:10Z exec-69e640464ad0fd247ffc DISTRIBUTING Shared 1 of 2 batches of accounts.
      2026-01-05T02:07:10Z exec-69e640464ad0fd247ffc RELEASING Releasing the temporary resources.
      2026-01-05T02:07:30Z exec-69e640464ad0fd247ffc SUCCESS The image is in 2 regions, shared with 1 account.
      "
    `)
  })

  it('tells changes as JSON, one a line, and the execution at the end', async () => {
    const console = new Console()
    await console.create(web)
    const { out } = await console.run('start web --json')
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string })
    expect(lines[0]).toEqual({
      type: 'change',
      at: '2026-01-05T02:00:00Z',
      execution: first,
      seq: 1,
      status: 'PREPARING',
      message: 'Preparing an instance to build on.',
    })
    expect(lines.at(-1)).toMatchObject({
      type: 'execution',
      ExecutionId: first,
      Status: 'SUCCESS',
      template: 'web',
      outcome: 'done',
      endedAt: '2026-01-05T02:07:30Z',
    })
    expect(lines.filter(({ type }) => type === 'execution')).toHaveLength(1)
  })

  it('ends with 1 when the execution does not succeed', async () => {
    const console = new Console()
    const plan = console.write('plan.yaml', '- { task: buildImage, fail: The disk is full. }\n')
    await console.create(web, `--plan ${plan}`)
    const { code, out } = await console.run('start web')
    expect(code).toBe(1)
    expect(out).toMatch(/FAILED The disk is full\.\n$/)
  })

  it('tells the attempts of a task that recovers', async () => {
    const console = new Console()
    const plan = console.write('plan.yaml', '- { task: copyImage, attempt: 1, fail: Too busy. }\n')
    await console.create(web, `--plan ${plan}`)
    const { code, out } = await console.run('start web')
    expect(code).toBe(0)
    expect(out).toContain(
      `2026-01-05T02:07:00Z ${first} DISTRIBUTING copy.cn-beijing attempt 1 failed: ` +
        'InternalError, Too busy. Again at 2026-01-05T02:07:30Z.\n',
    )
    const json = await console.run('start web --json')
    expect(json.out).toMatch(
      /"type":"attempt",.*"task":"copy.cn-beijing","attempt":1,"phase":"failed".*"retryAt":"20/,
    )
  })

  it('is refused while one runs, with 3 and the name of the one', async () => {
    const console = await started()
    const { code, out, err } = await console.run('start web')
    expect([code, out]).toEqual([3, ''])
    expect(err).toBe(
      'InvalidImagePipeline.HasRunningExecution: The image pipeline ip-bp1esfapgf0ua0ek8016 has a ' +
        `running execution ${first} (PREPARING since 2026-01-05T02:00:00Z); it cannot be started ` +
        'again before that has ended.\n',
    )
    const json = await console.run('start web --json')
    expect(JSON.parse(json.err)).toMatchObject({
      error: { code: 'InvalidImagePipeline.HasRunningExecution', status: 403 },
      exitCode: 3,
    })
  })

  it('with a token gives the same execution again, also to its end', async () => {
    const console = new Console()
    await console.create(web)
    const one = await console.run('start web --detach --token nightly --json')
    expect(JSON.parse(one.out)).toEqual({ ExecutionId: first })
    const again = await console.run('start web --token nightly')
    expect([again.code, again.out.split('\n').length]).toEqual([0, 8])
    const after = await console.run('start web --token nightly')
    expect(after).toMatchObject({ code: 0, out: expect.stringMatching(/SUCCESS .*\n$/) as string })
    const other = await console.run('start web --token nightly --tag a=b')
    expect([other.code, other.err]).toEqual([3, expect.stringMatching(/^IdempotentParameterMis/)])
  })

  it('keeps tags, and refuses what is none', async () => {
    const console = new Console()
    await console.create(web)
    await console.run('start web --detach --tag team=images --tag night=')
    expect((await console.run(`show ${first}`)).out).toMatch(/Tags +team=images night=\n/)
    const { code, err } = await console.run('start web --tag team')
    expect([code, err]).toEqual([2, 'bakeline: "team" is not a tag: write --tag key=value\n'])
  })

  it.each(['start web', 'list', 'watch', 'doctor', 'image list', 'show x', 'advance --next'])(
    '"%s" makes no database',
    async (line) => {
      const { code, out, err } = await new Console().run(line)
      expect([code, out]).toEqual([2, ''])
      expect(err).toBe(
        'bakeline: there is no database ./test.db: name another with --db, or make this one with ' +
          '"bakeline template create -f FILE"\n',
      )
    },
  )
})

describe('watch', () => {
  it('goes on with whatever runs', async () => {
    const console = new Console()
    await console.create(`${plain('one')}---\n${plain('two')}`)
    await console.run('start one --detach')
    await console.run('start two --detach')
    const { code, out } = await console.run('watch')
    expect(code).toBe(0)
    expect(out.match(/ SUCCESS /g)).toHaveLength(2)
    expect(await console.run('watch')).toEqual({ code: 0, out: 'Nothing is running.\n', err: '' })
    expect(await console.run('watch --json')).toEqual({ code: 0, out: '', err: '' })
  })

  it('of one that has ended says how', async () => {
    const console = await started()
    await console.run('watch')
    expect(await console.run(`watch ${first}`)).toEqual({
      code: 0,
      out: `2026-01-05T02:07:30Z ${first} SUCCESS The image is in 2 regions, shared with 1 account.\n`,
      err: '',
    })
  })

  it('that is interrupted says how to go on, and ends with 130', async () => {
    const console = await started()
    const controller = new AbortController()
    const ran = await console.run('watch', {
      signal: controller.signal,
      onWrite: (text) => text.includes('BUILDING') && controller.abort(),
    })
    expect(ran.code).toBe(130)
    expect(ran.err).toBe(
      `Interrupted: ${first} has not ended; the clock stands still. Go on with:\n` +
        `  bakeline watch ${first}\n`,
    )
    expect((await console.run('doctor')).code).toBe(0)
    expect((await console.run('watch')).code).toBe(0)
  })

  it('only looks with --passive', async () => {
    const console = await started()
    const controller = new AbortController()
    const ran = await console.run(['watch', '--passive', '--db', console.db], {
      signal: controller.signal,
      env: { BAKELINE_DB: 'other.db' },
      onWrite: () => controller.abort(),
    })
    expect(ran.code).toBe(130)
    expect(ran.out).toMatch(/^2026-01-05T02:00:00Z exec-\w+ PREPARING .*\n$/)
    expect(ran.err).toMatch(/bakeline watch exec-\w+ --db .\/test.db\n$/)
  })

  it('of one that is not there ends with 4', async () => {
    const console = await started()
    const { code, err } = await console.run('watch exec-0')
    expect([code, err]).toEqual([
      4,
      'bakeline: no execution "exec-0" in ./test.db; "bakeline list" shows which there are\n',
    ])
  })
})
