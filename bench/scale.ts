import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openImageBuilder } from '../src/compose.js'
import type { ImageBuilder } from '../src/imagebuilder/image-builder.js'
import { EcsError } from '../src/imagebuilder/errors.js'
import { simulated } from './durable/runs.js'
import { region } from './http/world.js'
import { alone, type Effort, type MeasureRows, sized } from './module.js'
import { inTurn, median } from './rounds.js'
import { type Row, row } from './rows.js'
import { fillFile } from './scale/fill.js'

/** Starts at a million executions and at a thousand, what opening costs, what an execution takes. */
export const measureRows: MeasureRows = async (effort) => {
  const folder = await mkdtemp(join(tmpdir(), 'bakeline-bench-scale-'))
  try {
    return [
      ...(await startRows(effort, folder)),
      await openRow(effort, folder),
      await sizeRow(effort, folder),
    ]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Templates in each file: each start is of another one. */
const templates = 1_000

async function startRows(effort: Effort, folder: string): Promise<readonly Row[]> {
  const many = sized(effort, { smoke: 2_000, quick: 100_000, full: 1_000_000 })
  const starts = sized(effort, { smoke: 5, quick: 50, full: 100 })
  const files = { few: join(folder, 'few.db'), many: join(folder, 'many.db') }
  effort.say(`scale: files of ${templates} and ${many} executions`)
  await fillFile(files.few, { ended: templates, live: 0, each: 1 })
  await fillFile(files.many, { ended: many, live: 0, each: Math.ceil(many / templates) })
  const [few, big] = await Promise.all([Starter.open(files.few), Starter.open(files.many)])
  const measured = await inTurn(
    { many: () => big.accepted(starts), few: () => few.accepted(starts) },
    effort.rounds,
    1,
  )
  const refused = await inTurn(
    { refused: () => big.refused(starts), accepted: () => big.accepted(starts) },
    Math.min(effort.rounds, 3),
  )
  await Promise.all([few.close(), big.close()])
  const durability = 'WAL NORMAL'
  return [
    row('scale/start', {
      durability,
      ours: measured.many,
      against: { name: `${templates} executions`, rounds: measured.few },
      note: `${many} executions; medians of ${starts} starts, one after the other`,
    }),
    row('scale/refused', {
      durability,
      ours: refused.refused,
      against: { name: 'accepted starts', rounds: refused.accepted },
    }),
  ]
}

/** Starts executions of one template after the other; time stands still, so each lives on. */
class Starter {
  readonly #builder: ImageBuilder
  readonly #ids: readonly string[]
  #next = 0

  constructor(builder: ImageBuilder, ids: readonly string[]) {
    this.#builder = builder
    this.#ids = ids
  }

  static async open(db: string): Promise<Starter> {
    const builder = await openImageBuilder({ db, mustExist: true, worker: false })
    const rows = await builder.engine.read((reader) =>
      reader.catalogFind({ kind: 'template', limit: templates }),
    )
    return new Starter(
      builder,
      rows.map(({ key }) => key),
    )
  }

  /** Microseconds of the middle one. */
  accepted(count: number): Promise<number> {
    return this.#median(count, async () => this.#start(this.#ids[this.#next++] as string))
  }

  /** Starts of a template that runs already. */
  refused(count: number): Promise<number> {
    const busy = this.#ids[0] as string
    return this.#median(count, async () => {
      try {
        await this.#start(busy)
      } catch (error) {
        if (error instanceof EcsError && /HasRunningExecution/.test(error.code)) return
        throw error
      }
      throw new Error('a second start was accepted')
    })
  }

  close(): Promise<void> {
    return this.#builder.engine.close()
  }

  async #start(ImagePipelineId: string): Promise<void> {
    await this.#builder.startExecution({ RegionId: region, ImagePipelineId })
  }

  async #median(count: number, call: () => Promise<void>): Promise<number> {
    const times: number[] = []
    for (let n = 0; n < count; n++) {
      const started = performance.now()
      await call()
      times.push((performance.now() - started) * 1_000)
    }
    return median(times)
  }
}

/** Opening a file in which many live, and doing what is due in it, which is nothing yet. */
async function openRow(effort: Effort, folder: string): Promise<Row> {
  const live = sized(effort, { smoke: 1_000, quick: 20_000, full: 100_000 })
  const db = join(folder, 'live.db')
  effort.say(`scale: a file with ${live} live executions`)
  await fillFile(db, { ended: 1, live, each: 1 })
  const times: number[] = []
  for (let round = 0; round < effort.rounds; round++) {
    const started = performance.now()
    const builder = await openImageBuilder({ db, mustExist: true, worker: false })
    await builder.engine.settle()
    times.push((performance.now() - started) / 1_000)
    await builder.engine.close()
  }
  return row('scale/open', {
    durability: 'WAL NORMAL',
    ours: times,
    note: `${live} live executions`,
  })
}

/** An execution of the twelve steps that the peers do, and its first: thirteen records. */
async function sizeRow(effort: Effort, folder: string): Promise<Row> {
  const executions = sized(effort, { smoke: 200, quick: 2_000, full: 20_000 })
  const db = join(folder, 'size.db')
  await simulated.fill(db, executions)
  const { run, close } = await simulated.open(db, 'normal')
  await run()
  await close()
  const bytes = (await stat(db)).size / executions
  return row('scale/file', {
    durability: 'WAL NORMAL',
    ours: [bytes],
    note: `thirteen records each, of ${executions} executions`,
  })
}

await alone(import.meta.url, measureRows)
