import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Console, plain } from './console.js'
import { compiled } from '../helpers/programs.js'

const root = new URL('../../', import.meta.url).pathname

interface Running {
  readonly child: ChildProcess
  /** Resolves when standard output has this text. */
  readonly said: (text: string) => Promise<void>
  readonly ended: Promise<{ code: number | null; out: string; err: string }>
}

/** Starts the program itself as a process of its own. */
function start(console: Console, line: string, uid?: number): Running {
  const argv = [compiled('src/cli/main'), ...line.split(' ')]
  const child = spawn(process.execPath, argv, {
    cwd: root,
    env: { ...process.env, BAKELINE_DB: console.db, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid === undefined ? {} : { uid }),
  })
  let [out, err] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, out, err }))
  return {
    child,
    ended,
    said: async (text) => {
      while (!out.includes(text)) await Promise.race([once(child.stdout, 'data'), ended])
    },
  }
}

describe('the program as a process', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    '%s in the middle of a build leaves the file sound, says how to go on and ends with 130',
    async (signal) => {
      const console = new Console('scale=1')
      await console.create(plain('web'))
      const run = start(console, 'start web')
      await run.said('PREPARING')
      run.child.kill(signal)
      const { code, out, err } = await run.ended
      expect(code).toBe(130)
      const [id] = /exec-\w+/.exec(out) ?? []
      expect(err).toBe(
        `Interrupted: ${id} has not ended; the clock of the file runs on. Go on with:\n` +
          `  bakeline watch ${id}\n`,
      )
      const doctor = await console.run('doctor')
      expect([doctor.code, doctor.out]).toEqual([0, expect.stringMatching(/running +1 execution/)])
    },
  )

  it('a reader that goes away is no crash', async () => {
    const console = new Console('scale=1')
    await console.create(plain('web'))
    const run = start(console, 'start web')
    await run.said('PREPARING')
    run.child.stdout?.destroy()
    const other = await console.run('list --json')
    const { executions } = JSON.parse(other.out) as { executions: { ExecutionId: string }[] }
    // The next line is the one that nobody reads.
    await console.run(`cancel ${executions[0]?.ExecutionId}`)
    const { code, err } = await run.ended
    expect(code).toBe(130)
    expect(err).not.toMatch(/EPIPE|\n +at /)
    expect((await console.run('doctor')).code).toBe(0)
  })

  it('works a build to its end in scaled time', async () => {
    const console = new Console('scale=6000')
    await console.create(plain('web'))
    const { code, out, err } = await start(console, 'start web').ended
    expect([code, err]).toEqual([0, ''])
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => line.split(' ')[2]),
    ).toEqual(['PREPARING', 'BUILDING', 'RELEASING', 'SUCCESS'])
  })

  it('works on when the one that started it was killed', async () => {
    const console = new Console('scale=60')
    await console.create(plain('web'))
    const run = start(console, 'start web')
    await run.said('PREPARING')
    run.child.kill('SIGKILL')
    const [id] = /exec-\w+/.exec((await run.ended).out) ?? []
    const { code, out } = await start(console, `watch ${id}`).ended
    expect([code, out]).toEqual([0, expect.stringMatching(/SUCCESS /)])
    expect((await console.run('doctor')).code).toBe(0)
  })

  it('writes help, errors and their codes like the function', async () => {
    const console = new Console()
    const [help, wrong] = await Promise.all([
      start(console, '--version').ended,
      start(console, 'list').ended,
    ])
    expect([help.code, help.out]).toEqual([0, expect.stringMatching(/^\d+\.\d+\.\d+\n$/)])
    expect([wrong.code, wrong.out]).toEqual([2, ''])
    expect(existsSync(console.db)).toBe(false)
  })

  it('refuses a file that is read-only, in words', async () => {
    const console = new Console()
    await console.create(plain('web'))
    chmodSync(console.folder, 0o755)
    chmodSync(console.db, 0o444)
    // Root may write anything: ask as somebody else then.
    const uid = process.getuid?.() === 0 ? 65_534 : undefined
    const { code, out, err } = await start(console, 'list', uid).ended
    chmodSync(console.db, 0o644)
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(/^bakeline: .*test.db is read-only; allow writing/)
  })
})
