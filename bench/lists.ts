import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openImageBuilder } from '../src/compose.js'
import type { ImageBuilder } from '../src/imagebuilder/image-builder.js'
import { alone, type MeasureRows, sized } from './module.js'
import { percentile } from './rounds.js'
import { row } from './rows.js'
import { fillFile } from './scale/fill.js'

const pageSize = 25
/** How many executions each template has. */
const each = 1_000

/** Lists, pages and descriptions in a file of a million executions, one call after the other. */
export const measureRows: MeasureRows = async (effort) => {
  const ended = sized(effort, { smoke: 2_000, quick: 50_000, full: 1_000_000 })
  const calls = sized(effort, { smoke: 50, quick: 500, full: 2_000 })
  const folder = await mkdtemp(join(tmpdir(), 'bakeline-bench-lists-'))
  const db = join(folder, 'million.db')
  try {
    effort.say(`lists: a file of ${ended} executions`)
    await fillFile(db, { ended, live: 10, each })
    const builder = await openImageBuilder({ db, mustExist: true, worker: false })
    try {
      const kinds = await kindsOf(builder)
      const times = { list: [], page: [], describe: [] } as Record<keyof typeof kinds, number[]>
      for (let round = -1; round < effort.rounds; round += 1) {
        const one = await measureRound(kinds, calls)
        if (round < 0) continue
        for (const name of ['list', 'page', 'describe'] as const) times[name].push(one[name])
      }
      const note = `${ended} executions, ${pageSize} a page; half of the calls by template`
      return [
        row('scale/list-p99', { durability: 'WAL NORMAL', ours: times.list, note }),
        row('scale/next-page-p99', { durability: 'WAL NORMAL', ours: times.page, note }),
        row('scale/describe-p99', { durability: 'WAL NORMAL', ours: times.describe }),
      ]
    } finally {
      await builder.engine.close()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

type Call = () => Promise<number>
type Kinds = Readonly<Record<'list' | 'page' | 'describe', Call>>

/** Each call goes somewhere else in the file, and gives how much it found. */
async function kindsOf(builder: ImageBuilder): Promise<Kinds> {
  const { engine } = builder
  const last = await engine.read((reader) => reader.counter('execution'))
  const anywhere = (): number => 1 + Math.floor(random() * last)
  const random = xorshift(1)
  const some = await engine.read((reader) =>
    Array.from({ length: 1_000 }, () => reader.execution(anywhere())),
  )
  const known = some.flatMap((each) =>
    each?.singletonKey ? [{ n: each.n, id: each.id, key: each.singletonKey }] : [],
  )
  const one = () => known[Math.floor(random() * known.length)] as (typeof known)[number]
  return {
    list: async () => {
      const byTemplate = random() < 0.5 ? { singletonKey: one().key } : {}
      return (await engine.list({ ...byTemplate, limit: pageSize })).length
    },
    page: async () => {
      const { n, key } = one()
      const byTemplate = random() < 0.5 ? { singletonKey: key } : {}
      const page = await engine.list({ ...byTemplate, after: n + 1, limit: pageSize })
      return page.length
    },
    describe: async () => ((await builder.execution(one().id)) === undefined ? 0 : 1),
  }
}

/** Milliseconds of the slowest of a hundred, by kind; the kinds take turns. */
async function measureRound(
  kinds: Kinds,
  calls: number,
): Promise<Readonly<Record<keyof Kinds, number>>> {
  const times: Record<keyof Kinds, number[]> = { list: [], page: [], describe: [] }
  for (let call = 0; call < calls; call += 1) {
    for (const name of ['list', 'page', 'describe'] as const) {
      const started = performance.now()
      const found = await kinds[name]()
      times[name].push(performance.now() - started)
      if (found < 1) throw new Error(`a call to ${name} found nothing`)
    }
  }
  return {
    list: percentile(times.list, 99),
    page: percentile(times.page, 99),
    describe: percentile(times.describe, 99),
  }
}

/** The same places in every run. */
function xorshift(seed: number): () => number {
  let state = seed
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 4_294_967_296
  }
}

await alone(import.meta.url, measureRows)
