import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { programOf } from './places.js'

/** A process of ours that told in its first line where it is to be reached. */
export interface Serving {
  readonly url: string
  /** Microseconds that the processor spent on it so far; on Linux alone. */
  cpuUs(): number
  signal(name: NodeJS.Signals): void
  /** Asks it to end, waits until it has, and gives its last line. */
  end(): Promise<string>
}

/**
 * Starts a program of `bench/` and waits for its first line.
 *
 * @param program relative to `bench/`, without the end of its name
 */
export async function serving(program: string, args: readonly string[]): Promise<Serving> {
  const child = spawn(process.execPath, [...programOf(program), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'close')
  const lines = createInterface({ input: child.stdout })
  let last = ''
  lines.on('line', (line) => {
    last = line
  })
  const [url] = (await Promise.race([once(lines, 'line'), ended])) as [unknown]
  if (typeof url !== 'string') throw new Error(`${program} ended before it said where it is`)
  return {
    url,
    cpuUs: () => processorTime(child.pid as number),
    signal: (name) => void child.kill(name),
    async end() {
      child.kill('SIGTERM')
      await ended
      return last
    },
  }
}

/** A tick of `/proc` is a hundredth of a second. */
const tickUs = 10_000

function processorTime(pid: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // Behind the name, which may have blanks in it, user and system time are the 12th and 13th.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * tickUs
}
