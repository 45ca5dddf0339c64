/** One of many processes that hold a file open and start the same template at once. */
import { runCli } from '../../../src/cli/run.js'
import { openImageBuilder } from '../../../src/compose.js'
import { barrierBeforeLock } from './barrier.js'
import { told } from './told.js'

const [db = ''] = process.argv.slice(2)
const lock = barrierBeforeLock()
const builder = await openImageBuilder({ db, mustExist: true, worker: false })

/** How a command ended, and what it wrote. */
export interface Ended {
  readonly code: number
  readonly out: string
  readonly err: string
}

async function cli(argv: readonly string[]): Promise<Ended> {
  const written = { out: '', err: '' }
  const sink = (name: 'out' | 'err') => ({
    write: (text: string) => void (written[name] += text),
    isTTY: false,
    columns: 80,
    rows: 24,
  })
  const code = await runCli(argv, {
    stdout: sink('out'),
    stderr: sink('err'),
    stdin: async () => '',
    env: {},
    signal: new AbortController().signal,
  })
  return { code, ...written }
}

told({
  start: ({ template }) => cli(['start', String(template), '--db', db, '--detach']),
  /** The same, but it waits in front of the file's lock until all have come there. */
  startAtTheLock: ({ template, barrier, place }) => {
    lock.arm(String(barrier), place as number)
    return cli(['start', String(template), '--db', db, '--detach'])
  },
  close: () => builder.engine.close(),
})
