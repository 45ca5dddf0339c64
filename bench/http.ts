import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serving } from './child.js'
import { startRequest, writeRequests } from './http/requests.js'
import { executionsIn, prepareFile } from './http/world.js'
import { connections, lacksWrk, load } from './http/wrk.js'
import { alone, type Effort, type MeasureRows, sized } from './module.js'
import { missing, type Row, row } from './rows.js'

type Level = 'normal' | 'full'

/** The most starts that a second can bring: so many templates are made. */
const startsPerSecond = 20_000
/** So many bring the server's code to its speed. */
const warmUpStarts = 5_000

interface Round {
  /** A second. */
  readonly bare: number
  readonly starts: Readonly<Record<Level, { readonly rate: number; readonly p99: number }>>
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
    return rowsOf(await measureRounds(folder, effort))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function measureRounds(folder: string, effort: Effort): Promise<readonly Round[]> {
  const seconds = sized(effort, { smoke: 1, quick: 1, full: 4 })
  const count = sized(effort, { smoke: 200, quick: startsPerSecond, full: startsPerSecond * 4 })
  const original = join(folder, 'templates.db')
  const requests = join(folder, 'requests.txt')
  const warmUp = join(folder, 'warm-up.txt')
  effort.say(`http: ${count} templates, and a signed start for each`)
  const templates = await prepareFile(original, count)
  const first = Math.min(count / 4, warmUpStarts)
  await writeRequests(warmUp, templates.slice(0, first))
  await writeRequests(requests, templates.slice(first))
  const flags = effort.profile ? ['--cpu-prof', '--cpu-prof-dir=profiles'] : []
  const bare = await serving('http/bare.ts', [])
  try {
    await load(bare.url, requests, { seconds: 1, again: true })
    const rounds: Round[] = []
    for (let round = 0; round < effort.rounds; round += 1) {
      const limit = await load(bare.url, requests, { seconds, again: true })
      const starts = { normal: { rate: 0, p99: 0 }, full: { rate: 0, p99: 0 } }
      const levels: readonly Level[] = round % 2 === 0 ? ['normal', 'full'] : ['full', 'normal']
      for (const level of levels) {
        const db = join(folder, `${level}-${round}.db`)
        await copyFile(original, db)
        starts[level] = await acceptedStarts(db, level, { warmUp, requests, seconds, flags })
        await rm(db)
      }
      rounds.push({ bare: limit.requests / limit.seconds, starts })
      effort.say(`http: round ${round + 1} ${JSON.stringify(rounds.at(-1))}`)
    }
    return rounds
  } finally {
    await bare.end()
  }
}

interface Sent {
  /** What is sent first, and does not count. */
  readonly warmUp: string
  readonly requests: string
  readonly seconds: number
  /** For the server's Node. */
  readonly flags: readonly string[]
}

/** One round against a server on a fresh file. */
async function acceptedStarts(
  db: string,
  level: Level,
  { warmUp, requests, seconds, flags }: Sent,
): Promise<{ readonly rate: number; readonly p99: number }> {
  const server = await serving('http/server.ts', [db, level], flags)
  try {
    await refusesForged(server.url)
    await load(server.url, warmUp, { seconds: 10 })
    const before = await executionsIn(db)
    const seen = await load(server.url, requests, { seconds })
    const accepted = (await executionsIn(db)) - before
    // What was under way when the time was over was accepted but not seen.
    if (seen.refused > 0 || seen.broken > 0 || accepted > seen.requests + connections) {
      throw new Error(`${accepted} starts, but the load generator saw ${JSON.stringify(seen)}`)
    }
    return { rate: accepted / seen.seconds, p99: seen.p99 }
  } finally {
    await server.end()
  }
}

/** Were signatures not looked at, the figures would be of something else. */
async function refusesForged(url: string): Promise<void> {
  const [head = '', ...lines] = startRequest('ip-2zeforged00000000000').split('\r\n')
  const [method = '', target = ''] = head.split(' ')
  const headers = Object.fromEntries(
    lines.filter((line) => line !== '').map((line) => line.split(': ') as [string, string]),
  )
  const forged = { ...headers, 'x-acs-signature-nonce': 'another' }
  const answer = await fetch(new URL(target, url), { method, headers: forged })
  const { Code } = (await answer.json()) as { readonly Code?: string }
  if (Code !== 'SignatureDoesNotMatch') throw new Error(`a forged request got ${Code}`)
}

function rowsOf(rounds: readonly Round[]): readonly Row[] {
  const bare = rounds.map((round) => round.bare)
  const of = (level: Level, field: 'rate' | 'p99') => rounds.map((r) => r.starts[level][field])
  const against = {
    name: 'bare node:http, same requests',
    durability: 'none',
    rounds: bare,
  } as const
  const each = `worst round ${Math.round(Math.min(...of('normal', 'rate')))} starts/s at NORMAL`
  return [
    row('http/normal', {
      durability: 'WAL NORMAL',
      ours: of('normal', 'rate'),
      against,
      note: `wrk shares the two cores; ${each}`,
    }),
    row('http/normal-p99', { durability: 'WAL NORMAL', ours: of('normal', 'p99') }),
    row('http/full', { durability: 'WAL FULL', ours: of('full', 'rate'), against }),
    row('http/full-p99', { durability: 'WAL FULL', ours: of('full', 'p99') }),
  ]
}

await alone(import.meta.url, measureRows)
