import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { alone, type MeasureRows, sized } from './module.js'
import { inRepository } from './places.js'
import { inTurn } from './rounds.js'
import { missing, type Row, row } from './rows.js'
import type { LineId } from './table.js'

const program = inRepository('dist/src/cli/main.js')

const env = { ...process.env, NO_COLOR: '1' }
Reflect.deleteProperty(env, 'BAKELINE_DB')

/** Milliseconds from the start of a process to its end, or to its first output with `untilOutput`. */
async function lasts(args: readonly string[], untilOutput: boolean): Promise<number> {
  const started = performance.now()
  const child = spawn(process.execPath, args, {
    cwd: inRepository(''),
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const exit = once(child, 'exit')
  if (untilOutput) {
    await once(child.stdout, 'data')
    const ms = performance.now() - started
    child.kill()
    await exit
    return ms
  }
  child.stdout.resume()
  const [code] = (await exit) as [number | null]
  if (code !== 0) throw new Error(`node ${args.join(' ')} ended with ${String(code)}`)
  return performance.now() - started
}

const lines: readonly (readonly [LineId, readonly string[], boolean])[] = [
  ['startup/version', [program, '--version'], false],
  ['startup/replay', [program, 'replay', 'scenarios/lifecycle.yaml'], false],
  ['startup/serve', [program, 'serve', '--port', '0', '--db', ':memory:'], true],
]

export const measureRows: MeasureRows = async (effort) => {
  const rounds = sized(effort, { smoke: 1, quick: 7, full: 20 })
  const rows: Row[] = []
  for (const [name, args, untilOutput] of lines) {
    if (!existsSync(program)) {
      rows.push(missing(name, 'dist/ is not built: npm run build'))
      continue
    }
    effort.say(`startup: ${name}`)
    const { ours, bare } = await inTurn(
      { ours: () => lasts(args, untilOutput), bare: () => lasts(['-e', '0'], false) },
      rounds,
      1,
    )
    rows.push(row(name, { ours, against: { name: 'node -e 0', rounds: bare } }))
  }
  return rows
}

await alone(import.meta.url, measureRows)
