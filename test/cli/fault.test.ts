import { describe, expect, it, onTestFinished } from 'vitest'
import { createEmulator } from '../../src/emulator/create.js'
import { Console, type Ran } from './console.js'

interface Desk {
  readonly url: string
  /** Runs `fault …` against the emulator. */
  readonly fault: (line: string | readonly string[]) => Promise<Ran>
  /** Sends a call of the service; null where the connection was cut. */
  readonly call: (
    action: string,
  ) => Promise<{ readonly status: number; readonly code: string } | null>
}

/** An emulator that runs, and a console beside it that knows of it by the environment. */
async function running(): Promise<Desk> {
  const emulator = await createEmulator({ clock: 'virtual', seed: 1, log: () => undefined })
  onTestFinished(() => emulator.close())
  const { url } = emulator
  const console = new Console()
  return {
    url,
    fault: (line) =>
      console.run(typeof line === 'string' ? `fault ${line}` : ['fault', ...line], {
        // The region of templates is none of a fault's.
        env: { BAKELINE_URL: url, BAKELINE_REGION: 'cn-shanghai' },
      }),
    async call(action) {
      const query = `Action=${action}&Version=2014-05-26&AccessKeyId=x&RegionId=cn-hangzhou`
      const answered = await fetch(`${url}/?${query}`).catch(() => null)
      if (answered === null) return null
      const { Code = '' } = (await answered.json()) as { readonly Code?: string }
      return { status: answered.status, code: Code }
    },
  }
}

describe('fault', () => {
  it('is set on a server that runs, listed with how often it hit, and cleared', async () => {
    const { fault, call } = await running()
    expect((await fault('list')).out).toBe('No faults; "fault set" adds one.\n')
    const set = await fault('set --operation DescribeImages --first 2 --answer Throttling.User')
    expect(set).toEqual({
      code: 0,
      out: 'fault-1  DescribeImages: answers 400 Throttling.User, the first 2 times\n',
      err: '',
    })
    expect(await call('DescribeImages')).toEqual({ status: 400, code: 'Throttling.User' })
    await call('DescribeImages')
    expect((await call('DescribeImages'))?.status).toBe(200)
    const does = 'answers 400 Throttling.User, the first 2 times'
    expect((await fault('list')).out.split('\n')).toEqual([
      `FAULT    ABOUT           ${'DOES'.padEnd(does.length)}  HIT`,
      `fault-1  DescribeImages  ${does}  2 of 3`,
      '',
    ])
    expect((await fault('clear')).out).toBe('No faults are left.\n')
    expect((await fault('list --json')).out).toBe('{"faults":[]}\n')
  })

  it('cuts a connection', async () => {
    const { fault, call } = await running()
    await fault('set --nth 1 --drop request')
    expect(await call('DescribeImages')).toBeNull()
    expect((await call('DescribeImages'))?.status).toBe(200)
  })

  it('has every field of the control API', async () => {
    const { fault, url } = await running()
    const message = 'Request was denied due to user flow control.'
    const answer = ['--answer', 'Throttling.User', '--status', '429', '--message', message]
    await fault([
      ...'set --operation CopyImage --region cn-beijing --account 1284387915995949'.split(' '),
      ...'--every 3 --probability 0.5 --latency 2s'.split(' '),
      ...answer,
    ])
    await fault('set --task copyImage --template web --attempt 2 --nth 4 --crash after')
    const { out } = await fault('list --json')
    const { faults } = JSON.parse(out) as { faults: readonly { rule: object }[] }
    expect(faults.map(({ rule }) => rule)).toEqual([
      {
        operation: 'CopyImage',
        region: 'cn-beijing',
        account: '1284387915995949',
        every: 3,
        probability: 0.5,
        latency: '2s',
        answer: { status: 429, code: 'Throttling.User', message },
      },
      { task: 'copyImage', template: 'web', attempt: 2, nth: 4, crash: 'after' },
    ])
    expect(await (await fetch(`${url}/_bakeline/faults`)).json()).toEqual({ faults })
    const told = await fault('list')
    expect(told.out).toContain('CopyImage in cn-beijing of 1284387915995949')
    expect(told.out).toContain('copyImage of web, attempt 2')
    expect(told.out).toContain('crashes after it is kept, time 4 alone')
  })

  it('is cleared by its id, and is not found once it is gone', async () => {
    const { fault } = await running()
    await fault('set --latency 10ms')
    await fault('set --latency 20ms')
    expect(await fault('clear fault-1')).toEqual({ code: 0, out: 'Cleared fault-1.\n', err: '' })
    expect((await fault('list')).out).toContain('fault-2  any call  waits 20ms')
    const again = await fault('clear fault-1')
    expect([again.code, again.err]).toEqual([4, 'bakeline: there is no fault "fault-1"\n'])
  })

  it.each([
    ['--task bakeImage --crash after', /--task: must be "prepareInstance" or .* or "createImage"/],
    ['--task copyImage', /give crash. How attempts end is said in the plan/],
    ['--drop everything', /--drop: must be "request" or "answer"/],
    ['--operation CopyImage', /it does nothing: give answer, drop, crash or latency/],
    ['--nth 1 --first 2 --latency 1s', /give one of nth, first and every/],
    ['--nth soon --latency 1s', /--nth: "soon" is not a number/],
    ['--status 500 --latency 1s', /give --answer with its code/],
    ['--answer Throttling --status 200', /--status: must be at least 400/],
    ['--latency 2h', /bakeline: --latency: 10 minutes at most/],
    ['--latency soon', /bakeline: --latency: "soon" is not a duration: write 500ms/],
    ['--latency 500d', /bakeline: --latency: "500d" is not a duration/],
  ])('set %s is refused with what is allowed', async (line, message) => {
    const { fault } = await running()
    const { code, out, err } = await fault(`set ${line}`)
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(message)
    expect(err).not.toContain('body')
  })

  it('says where no emulator answers, and how to come to one', async () => {
    const console = new Console()
    const away = await console.run('fault list --server http://127.0.0.1:1/')
    expect([away.code, away.err]).toEqual([
      2,
      'bakeline: no emulator answers at http://127.0.0.1:1: "bakeline serve" starts one, --server names it\n',
    ])
    const wrong = await console.run('fault list --server nowhere')
    expect([wrong.code, wrong.err]).toEqual([
      2,
      'bakeline: "nowhere" is no address: give one such as http://127.0.0.1:4526\n',
    ])
  })

  it('is refused in JSON where that is asked for', async () => {
    const { fault } = await running()
    const { err } = await fault('set --drop all --json')
    expect(JSON.parse(err)).toMatchObject({ error: { code: 'INVALID_INPUT' }, exitCode: 2 })
  })
})
