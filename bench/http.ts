import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Serving, serving } from './child.js'
import { startRequest, writeRequests } from './http/requests.js'
import { executionsIn, prepareFile } from './http/world.js'
import { connections, lacksWrk, load } from './http/wrk.js'
import { alone, type Effort, type MeasureRows, sized } from './module.js'
import type { Shares } from './profile.js'
import { median } from './rounds.js'
import { missing, type Row, row } from './rows.js'

type Level = 'normal' | 'full'

/** The most starts that a second can bring: so many templates are made. */
const startsPerSecond = 20_000
/** So many bring the server's code to its speed. */
const warmUpStarts = 5_000

interface Round {
  readonly bare: Limit
  readonly starts: Readonly<Record<Level, Starts>>
}

interface Limit {
  /** Answered, a second. */
  readonly rate: number
  /** Microseconds that the processor spent in the server on each. */
  readonly cpuUs: number
}

interface Starts extends Limit {
  /** Milliseconds. */
  readonly p99: number
}

interface Outcome {
  readonly rounds: readonly Round[]
  readonly profile: Shares | null
}

/** What is sent to every server, and for how long. */
interface Work {
  readonly folder: string
  /** The file that every server gets a copy of. */
  readonly templates: string
  /** What is sent first, and does not count. */
  readonly warmUp: string
  readonly requests: string
  readonly seconds: number
}

/**
 * Accepted starts over HTTP, each of a template of its own and signed beforehand, against a server
 * that answers the same requests with a constant.
 */
export const measureRows: MeasureRows = async (effort) => {
  const lack = lacksWrk()
  if (lack !== null) {
    const names = ['http/normal', 'http/normal-p99', 'http/full', 'http/full-p99'] as const
    return names.map((name) => missing(name, lack))
  }
  const folder = await mkdtemp(join(tmpdir(), 'bakeline-bench-http-'))
  try {
    return rowsOf(await measureRounds(await prepare(folder, effort), effort))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function prepare(folder: string, effort: Effort): Promise<Work> {
  const seconds = sized(effort, { smoke: 1, quick: 1, full: 4 })
  const count = sized(effort, { smoke: 200, quick: startsPerSecond, full: startsPerSecond * 4 })
  const templates = join(folder, 'templates.db')
  const [warmUp, requests] = [join(folder, 'warm-up.txt'), join(folder, 'requests.txt')]
  effort.say(`http: ${count} templates, and a signed start for each`)
  const ids = await prepareFile(templates, count)
  const first = Math.min(count / 4, warmUpStarts)
  await writeRequests(warmUp, ids.slice(0, first))
  await writeRequests(requests, ids.slice(first))
  return { folder, templates, warmUp, requests, seconds }
}

async function measureRounds(work: Work, effort: Effort): Promise<Outcome> {
  const bare = await serving('http/bare', [])
  const limit = async (seconds: number): Promise<Limit> => {
    const before = bare.cpuUs()
    const seen = await load(bare.url, work.requests, { seconds, again: true })
    return { rate: seen.requests / seen.seconds, cpuUs: (bare.cpuUs() - before) / seen.requests }
  }
  try {
    await limit(1)
    const rounds: Round[] = []
    for (let round = 0; round < effort.rounds; round += 1) {
      const one = await limit(work.seconds)
      const starts = { normal: noStarts, full: noStarts }
      const levels: readonly Level[] = round % 2 === 0 ? ['normal', 'full'] : ['full', 'normal']
      for (const level of levels) starts[level] = await acceptedStarts(work, level)
      rounds.push({ bare: one, starts })
      effort.say(`http: round ${round + 1} ${JSON.stringify(rounds.at(-1))}`)
    }
    const profile = effort.size === 'full' ? await profiledStarts(work) : null
    return { rounds, profile }
  } finally {
    await bare.end()
  }
}

const noStarts: Starts = { rate: 0, cpuUs: 0, p99: 0 }

/** One round against a server on a fresh file. */
async function acceptedStarts(work: Work, level: Level): Promise<Starts> {
  return onServer(work, level, async (server, db) => {
    const before = await executionsIn(db)
    const cpuBefore = server.cpuUs()
    const seen = await load(server.url, work.requests, work)
    const cpuUs = (server.cpuUs() - cpuBefore) / seen.requests
    const accepted = (await executionsIn(db)) - before
    // What was under way when the time was over, before and now, was accepted but not seen.
    const isSound = accepted >= seen.requests && accepted <= seen.requests + 2 * connections
    if (seen.refused > 0 || seen.broken > 0 || !isSound) {
      throw new Error(`${accepted} starts, but the load generator saw ${JSON.stringify(seen)}`)
    }
    return { rate: seen.requests / seen.seconds, cpuUs, p99: seen.p99 }
  })
}

/** Where the server's time goes. */
async function profiledStarts(work: Work): Promise<Shares> {
  let last = ''
  await onServer(work, 'normal', async (server) => {
    server.signal('SIGUSR2')
    await load(server.url, work.requests, work)
    last = await server.end()
  })
  return JSON.parse(last) as Shares
}

/** A server on a file of its own that has its speed. */
async function onServer<T>(
  { folder, templates, warmUp, seconds }: Work,
  level: Level,
  use: (server: Serving, db: string) => Promise<T>,
): Promise<T> {
  const db = join(folder, 'server.db')
  await copyFile(templates, db)
  const server = await serving('http/server', [db, level])
  try {
    await refusesForged(server.url)
    await load(server.url, warmUp, { seconds: 8 * seconds })
    return await use(server, db)
  } finally {
    await server.end()
    for (const end of ['', '-wal', '-shm']) await rm(`${db}${end}`, { force: true })
  }
}

/** Were signatures not looked at, the figures would be of something else. */
async function refusesForged(url: string): Promise<void> {
  const { method, target, headers } = startRequest('ip-2zeforged00000000000')
  const forged = { ...headers, 'x-acs-signature-nonce': 'another' }
  const answer = await fetch(new URL(target, url), { method, headers: forged })
  const { Code } = (await answer.json()) as { readonly Code?: string }
  if (Code !== 'SignatureDoesNotMatch') throw new Error(`a forged request got ${Code}`)
}

function rowsOf({ rounds, profile }: Outcome): readonly Row[] {
  const bare = rounds.map((round) => round.bare.rate)
  const of = (level: Level, field: keyof Starts) => rounds.map((r) => r.starts[level][field])
  const against = {
    name: 'bare node:http, same requests',
    durability: 'none',
    rounds: bare,
  } as const
  const cpu = (values: readonly number[]): string => `${Math.round(median(values))} µs`
  const bareCpu = cpu(rounds.map((round) => round.bare.cpuUs))
  const note = (level: Level): string =>
    `processor time a start ${cpu(of(level, 'cpuUs'))} against ${bareCpu}, both servers at their ` +
    `speed (${warmUpStarts} starts, a second of constants); wrk shares the two cores`
  return [
    row('http/normal', {
      durability: 'WAL NORMAL',
      ours: of('normal', 'rate'),
      against,
      ...(profile === null ? {} : { profile }),
      note: note('normal'),
    }),
    row('http/normal-p99', { durability: 'WAL NORMAL', ours: of('normal', 'p99') }),
    row('http/full', {
      durability: 'WAL FULL',
      ours: of('full', 'rate'),
      against,
      note: note('full'),
    }),
    row('http/full-p99', { durability: 'WAL FULL', ours: of('full', 'p99') }),
  ]
}

await alone(import.meta.url, measureRows)
