import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createEngine } from '../../src/compose.js'
import { sqlite } from '../../src/store/sqlite/sqlite.js'
import { steps, twelveSteps } from './machine.js'

export interface TwelveOptions {
  readonly durability: 'normal' | 'full'
  /** `real`: asynchronous functions, claimed and leased; `simulated`: timers that are due at once. */
  readonly tasks: 'real' | 'simulated'
  /** Real tasks that run at once. */
  readonly concurrency: number
  readonly workflows: number
}

/** So many workflows run before the clock starts. */
const warmUp = 200

/** Runs so many workflows of twelve steps on a fresh file; returns steps a second. */
export async function runTwelve(options: TwelveOptions): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'bakeline-bench-twelve-'))
  try {
    return await runIn(join(folder, 'twelve.db'), options)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function runIn(db: string, options: TwelveOptions): Promise<number> {
  const { durability, tasks, concurrency, workflows } = options
  let left = 0
  let done = (): void => {}
  const machine = twelveSteps(() => {
    left -= 1
    if (left === 0) done()
  })
  const engine = await createEngine({
    store: sqlite(db, { durability }),
    machines: [machine],
    maxTasks: concurrency,
    tasks: { work: async ({ input }) => input.n },
    simulate: () => (tasks === 'real' ? null : { duration: 0, outcome: { output: 1 } }),
  })
  const run = async (count: number): Promise<void> => {
    const all = new Promise<void>((resolve) => {
      left = count
      done = resolve
    })
    await Promise.all(Array.from({ length: count }, () => engine.start(machine)))
    await all
  }
  try {
    await run(Math.min(warmUp, workflows))
    const started = performance.now()
    await run(workflows)
    const seconds = (performance.now() - started) / 1000
    await checkDone(engine, workflows + Math.min(warmUp, workflows))
    return (workflows * steps) / seconds
  } finally {
    await engine.close()
  }
}

/** What was not done, and written, does not count. */
async function checkDone(
  engine: Awaited<ReturnType<typeof createEngine>>,
  workflows: number,
): Promise<void> {
  const [live, all, newest] = await engine.read((reader) => [
    reader.executionCount({ live: true }),
    reader.executionCount({}),
    reader.executions({ limit: 1 })[0],
  ])
  if (live === 0 && all === workflows && (newest?.seq ?? 0) > steps) return
  throw new Error(`${live} of ${all} workflows have not ended, of ${workflows} that were started`)
}
