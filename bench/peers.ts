import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { alone, type Effort, type MeasureRows, sized } from './module.js'
import { clusterPrograms, startCluster } from './peers/cluster.js'
import { installPeers, lackOfPeers, peerName, peersNode, runPeer } from './peers/programs.js'
import { inTurn, type Measure } from './rounds.js'
import { type Durability, missing, type Row, row } from './rows.js'
import type { LineId } from './table.js'
import { runTwelve } from './twelve/run.js'

type Level = 'normal' | 'full'

/** Somebody who does twelve durable steps a workflow. */
interface Contestant {
  readonly key: string
  readonly name: string
  /** Steps a second at so many at once. */
  readonly run: (concurrency: number, workflows: number) => Promise<number>
  /** So many workflows take some seconds. */
  readonly workflows: number
  /** Its best number at once as a long run found it, for where there is no time to find it. */
  readonly usual: number
}

interface Peer {
  readonly name: string
  readonly program: string
  readonly workflows: number
  readonly usual: number
  /** What its own level is called, and the weaker one. */
  readonly levels: Readonly<Record<Level, Durability>>
  readonly real: LineId
  readonly weaker: LineId
  readonly simulated: LineId
}

const peers: readonly Peer[] = [
  {
    name: 'openworkflow',
    program: 'openworkflow',
    workflows: 300,
    usual: 20,
    levels: { full: 'WAL FULL', normal: 'WAL NORMAL' },
    real: 'real/openworkflow',
    weaker: 'real/openworkflow-normal',
    simulated: 'simulated/openworkflow',
  },
  {
    name: '@dbos-inc/dbos-sdk',
    program: 'dbos',
    workflows: 200,
    usual: 50,
    levels: { full: 'PostgreSQL', normal: 'PostgreSQL async' },
    real: 'real/dbos',
    weaker: 'real/dbos-async',
    simulated: 'simulated/dbos',
  },
  {
    name: 'pg-boss',
    program: 'pg-boss',
    workflows: 2_000,
    usual: 100,
    levels: { full: 'PostgreSQL', normal: 'PostgreSQL async' },
    real: 'real/pg-boss',
    weaker: 'real/pg-boss-async',
    simulated: 'simulated/pg-boss',
  },
]

const concurrencies = [1, 20, 50, 100]

/**
 * The same twelve steps by durable engines: asynchronous functions that do nothing, each claimed,
 * leased and written, each engine at its best of four numbers of workflows at once.
 */
export const measureRows: MeasureRows = async (effort) => {
  if (effort.install) installPeers()
  const lack = lackOfPeers()
  if (lack !== null) return allMissing(peers, lack)
  const bin = clusterPrograms()
  const present = peers.filter(({ program }) => bin !== null || program === 'openworkflow')
  const absent = peers.filter((peer) => !present.includes(peer))
  const folder = await mkdtemp(join(tmpdir(), 'bakeline-bench-peers-'))
  const cluster = bin === null ? null : await startCluster(bin)
  let files = 0
  const placeFor = async ({ program }: Peer): Promise<string> => {
    files += 1
    if (program === 'openworkflow') return join(folder, `${files}.db`)
    if (cluster === null) throw new Error(`${program} needs PostgreSQL`)
    return cluster.database(`${program.replace('-', '')}${files}`)
  }
  try {
    const contestants = [
      ...oursOf(effort),
      ...present.flatMap((peer) => asIt(peer, effort, placeFor)),
    ]
    const measured = await measureBest(contestants, effort)
    const note = `peers on Node ${peersNode()}${cluster ? `, ${cluster.version}` : ''}; ours on ${process.version}`
    const rows = present.flatMap((peer) => rowsOf(peer, measured, note))
    return [...rows, ...allMissing(absent, 'PostgreSQL is not installed (Debian: postgresql)')]
  } finally {
    await cluster?.end()
    await rm(folder, { recursive: true, force: true })
  }
}

function allMissing(which: readonly Peer[], why: string): Row[] {
  return which.flatMap(({ real, weaker, simulated }) =>
    [real, weaker, simulated].map((name) => missing(name, why)),
  )
}

function oursOf(effort: Effort): Contestant[] {
  return (['real', 'simulated'] as const).flatMap((tasks) =>
    (['full', 'normal'] as const).map((durability) => ({
      key: `ours/${tasks}/${durability}`,
      name: `ours, ${tasks} tasks`,
      run: (concurrency: number, workflows: number) =>
        runTwelve({ durability, tasks, concurrency, workflows }),
      workflows: sized(effort, { smoke: 5, quick: 500, full: 4_000 }),
      usual: 100,
    })),
  )
}

function asIt(peer: Peer, effort: Effort, placeFor: (peer: Peer) => Promise<string>): Contestant[] {
  return (['full', 'normal'] as const).map((durability) => ({
    key: `${peer.program}/${durability}`,
    name: peerName(peer.name),
    run: async (concurrency: number, workflows: number) =>
      runPeer({ ...peer, place: await placeFor(peer), concurrency, workflows, durability }),
    usual: peer.usual,
    workflows: Math.ceil(peer.workflows / sized(effort, { smoke: 50, quick: 10, full: 1 })),
  }))
}

interface Best {
  readonly name: string
  readonly concurrency: number
  readonly rounds: readonly number[]
}

/** Finds each one's best number at once, then measures all at theirs, in turn. */
async function measureBest(
  contestants: readonly Contestant[],
  effort: Effort,
): Promise<ReadonlyMap<string, Best>> {
  const best = new Map<string, number>()
  const measures: Record<string, Measure> = {}
  for (const { key, run, workflows, usual } of contestants) {
    const concurrency =
      effort.size === 'full' ? await bestConcurrency(run, Math.ceil(workflows / 4)) : usual
    best.set(key, concurrency)
    effort.say(`peers: ${key} runs ${concurrency} at once`)
    measures[key] = () => run(concurrency, workflows)
  }
  const measured = await inTurn(measures, effort.rounds)
  return new Map(
    contestants.map(({ key, name }) => [
      key,
      { name, concurrency: best.get(key) ?? 1, rounds: measured[key] ?? [] },
    ]),
  )
}

async function bestConcurrency(run: Contestant['run'], workflows: number): Promise<number> {
  let best = { concurrency: 1, rate: 0 }
  for (const concurrency of concurrencies) {
    const rate = await run(concurrency, concurrency === 1 ? Math.ceil(workflows / 10) : workflows)
    if (rate > best.rate) best = { concurrency, rate }
  }
  return best.concurrency
}

function rowsOf(peer: Peer, measured: ReadonlyMap<string, Best>, note: string): Row[] {
  const rowOf = (name: LineId, tasks: 'real' | 'simulated', level: Level): Row => {
    const ours = measured.get(`ours/${tasks}/${level}`) as Best
    const theirs = measured.get(`${peer.program}/${level}`) as Best
    return row(name, {
      durability: level === 'full' ? 'WAL FULL' : 'WAL NORMAL',
      ours: ours.rounds,
      against: { name: theirs.name, durability: peer.levels[level], rounds: theirs.rounds },
      note: `ours ${ours.concurrency} at once, theirs ${theirs.concurrency}; ${note}`,
    })
  }
  return [
    rowOf(peer.real, 'real', 'full'),
    rowOf(peer.weaker, 'real', 'normal'),
    rowOf(peer.simulated, 'simulated', 'full'),
  ]
}

await alone(import.meta.url, measureRows)
