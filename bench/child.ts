import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** A process of ours that told in its first line where it is to be reached. */
export interface Serving {
  readonly url: string
  /** Asks it to end, and waits until it has. */
  end(): Promise<void>
}

/**
 * Starts a program of `bench/` and waits for its first line.
 *
 * @param script relative to `bench/`
 * @param flags for node itself, such as `--cpu-prof`
 */
export async function serving(
  script: string,
  args: readonly string[],
  flags: readonly string[] = [],
): Promise<Serving> {
  const path = fileURLToPath(new URL(script, import.meta.url))
  const child = spawn(process.execPath, [...flags, '--import', 'tsx', path, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  const url = await firstLine(child, script)
  return {
    url,
    async end() {
      child.kill('SIGTERM')
      await ended
    },
  }
}

async function firstLine(child: ChildProcess, script: string): Promise<string> {
  const { stdout } = child
  if (stdout === null) throw new Error(`${script} has no output`)
  for await (const line of createInterface({ input: stdout })) return line
  throw new Error(`${script} ended before it said where it is`)
}
