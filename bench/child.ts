import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** A process of ours that told in its first line where it is to be reached. */
export interface Serving {
  readonly url: string
  signal(name: NodeJS.Signals): void
  /** Asks it to end, waits until it has, and gives its last line. */
  end(): Promise<string>
}

/**
 * Starts a program of `bench/` and waits for its first line.
 *
 * @param script relative to `bench/`
 */
export async function serving(script: string, args: readonly string[]): Promise<Serving> {
  const path = fileURLToPath(new URL(script, import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', path, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'close')
  const lines = createInterface({ input: child.stdout })
  let last = ''
  lines.on('line', (line) => {
    last = line
  })
  const [url] = (await Promise.race([once(lines, 'line'), ended])) as [unknown]
  if (typeof url !== 'string') throw new Error(`${script} ended before it said where it is`)
  return {
    url,
    signal: (name) => void child.kill(name),
    async end() {
      child.kill('SIGTERM')
      await ended
      return last
    },
  }
}
