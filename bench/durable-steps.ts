import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openConnection } from '../src/store/sqlite/open.js'
import { images, type Load, real, simulated, single } from './durable/runs.js'
import { Recorder, replayTape, type Tape } from './durable/tape.js'
import { alone, type MeasureRows, sized } from './module.js'
import { inTurn } from './rounds.js'
import { type Row, row } from './rows.js'
import type { LineId } from './table.js'

type Durability = 'normal' | 'full'

/** A filled file, the tape of one run on it, and copies of the file for the rounds. */
class Bout {
  readonly #folder: string
  readonly #load: Load
  readonly #durability: Durability
  #copies = 0
  #tape: Tape | null = null
  #steps = 0

  constructor(folder: string, load: Load, durability: Durability) {
    this.#folder = folder
    this.#load = load
    this.#durability = durability
  }

  /** Fills the file and records a run. */
  async prepare(executions: number): Promise<void> {
    await this.#load.fill(join(this.#folder, 'filled.db'), executions)
    const recorder = new Recorder()
    recorder.install()
    const { run, close } = await this.#load.open(this.#copy(), this.#durability)
    recorder.start()
    this.#steps = await run()
    this.#tape = recorder.stop()
    await close()
  }

  /** Steps a second of the engine. */
  readonly ours = async (): Promise<number> => {
    const { run, close } = await this.#load.open(this.#copy(), this.#durability)
    const started = performance.now()
    const steps = await run()
    const ms = performance.now() - started
    await close()
    if (steps !== this.#steps) throw new Error(`${steps} steps, the tape has ${this.#steps}`)
    return (steps / ms) * 1_000
  }

  /** The same rows written by the same statements, and nothing else. */
  readonly raw = (): number => {
    const { db } = openConnection(this.#copy(), { durability: this.#durability })
    const ms = replayTape(db, this.#tape as Tape)
    db.close()
    return (this.#steps / ms) * 1_000
  }

  #copy(): string {
    const path = join(this.#folder, `${this.#copies++}.db`)
    copyFileSync(join(this.#folder, 'filled.db'), path)
    return path
  }
}

const bouts: readonly (readonly [LineId, Load, Durability])[] = [
  ['durable/full-group', simulated, 'full'],
  ['durable/normal-single', single, 'normal'],
  ['durable/full-real', real, 'full'],
  ['durable/full-images', images, 'full'],
]

export const measureRows: MeasureRows = async (effort) => {
  const executions = sized(effort, { smoke: 5, quick: 300, full: 1_000 })
  const rows: Row[] = []
  for (const [name, load, durability] of bouts) {
    effort.say(`durable-steps: ${name}`)
    const folder = mkdtempSync(join(tmpdir(), 'bakeline-durable-'))
    try {
      const bout = new Bout(folder, load, durability)
      await bout.prepare(executions)
      const { ours, raw } = await inTurn({ ours: bout.ours, raw: bout.raw }, effort.rounds, 1)
      rows.push(
        row(name, {
          durability: durability === 'full' ? 'WAL FULL' : 'WAL NORMAL',
          ours,
          against: { name: 'raw better-sqlite3', rounds: raw },
        }),
      )
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
  return rows
}

await alone(import.meta.url, measureRows)
