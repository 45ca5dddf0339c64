import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import type { Script } from 'node:vm'
import { expect, it } from 'vitest'
import { Console } from './console.js'

const root = resolve(import.meta.dirname, '../..')
const folder = join(root, 'dist/src/cli')

/** What the command line prints that `npm run build` made. */
async function built(...args: readonly string[]): Promise<string> {
  const env = { ...process.env, NO_COLOR: '1' }
  const argv = [join(folder, 'main.js'), ...args]
  return (await promisify(execFile)(process.execPath, argv, { cwd: root, env })).stdout
}

it('prints what its source prints, when built', async () => {
  const { out } = await new Console().run('replay scenarios/lifecycle.yaml')
  expect(await built('replay', 'scenarios/lifecycle.yaml')).toBe(out)
})

it('loads machines that import their own xstate, when built', async () => {
  const console = new Console()
  await console.create(await readFile(join(root, 'examples/web.yaml'), 'utf8'))
  const machine = join(root, 'dist/machines/execution.js')
  expect(await built('check', machine, '--db', console.db)).toContain('0 executions')
})

it('runs without what V8 has compiled, and with what another V8 has', async () => {
  const run = pathToFileURL(join(folder, 'run.js')).href
  const { evaluate } = (await import(run)) as {
    evaluate: (compiled?: Buffer) => { script: Script; exports: { runCli: unknown } }
  }
  const compiled = await readFile(join(folder, 'bundle.cjs.compiled'))
  expect(evaluate(compiled).script.cachedDataRejected).toBe(false)
  compiled.fill(0, 0, 64)
  for (const stale of [undefined, compiled]) {
    expect(evaluate(stale).exports.runCli).toBeTypeOf('function')
  }
})
