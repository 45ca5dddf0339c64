import { execFile, execFileSync } from 'node:child_process'
import { promisify } from 'node:util'
import { inRepository } from '../places.js'

const run = promisify(execFile)
const script = inRepository('bench/http/start.lua')

/** What the load generator saw. Times in milliseconds. */
export interface Load {
  readonly requests: number
  readonly seconds: number
  readonly p50: number
  readonly p99: number
  /** Answers that were not 2xx or 3xx. */
  readonly refused: number
  /** Connections that were not made, or broke. */
  readonly broken: number
}

export const connections = 32

/** Why there is no load generator, or null when there is one. */
export function lacksWrk(): string | null {
  try {
    execFileSync('wrk', ['--version'], { stdio: 'ignore' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return 'wrk is not installed (Debian: apt-get install wrk)'
    }
    // It ends in an error when it is asked for its version.
  }
  return null
}

/**
 * Sends the requests of a file over 32 connections for so many seconds; each once, and when they are
 * out it is over at once, unless they may be sent again.
 */
export async function load(
  url: string,
  requests: string,
  { seconds, again = false }: { readonly seconds: number; readonly again?: boolean },
): Promise<Load> {
  const running = run('wrk', [
    '--threads=1',
    `--connections=${connections}`,
    `--duration=${seconds}s`,
    '--timeout=10s',
    `--script=${script}`,
    url,
    '--',
    requests,
    ...(again ? ['again'] : []),
  ])
  // Its threads have ended by then; it would wait for the rest of its time, and count that too.
  running.child.stdout?.on('data', (text: string | Buffer) => {
    if (String(text).includes('OUT')) running.child.kill('SIGINT')
  })
  const { stdout } = await running
  const [, result] = /^RESULT (.*)$/m.exec(stdout) ?? []
  if (result === undefined) throw new Error(`wrk gave no result:\n${stdout}`)
  const { microseconds, p50, p99, ...counts } = JSON.parse(result) as {
    readonly requests: number
    readonly microseconds: number
    readonly p50: number
    readonly p99: number
    readonly refused: number
    readonly broken: number
  }
  return { ...counts, seconds: microseconds / 1e6, p50: p50 / 1_000, p99: p99 / 1_000 }
}
