import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'
import { Contestant } from './contestant.js'
import { bytesOfLive } from './fleet/memory.js'
import { alone, type Effort, type MeasureRows, sized } from './module.js'
import { inRepository, programOf } from './places.js'
import { inTurn } from './rounds.js'
import { missing, type Row, row } from './rows.js'

const run = promisify(execFile)

/** Debian's Python, for which python3-simpy3 is; another one of this machine may lack it. */
const python = ['/usr/bin/python3', 'python3'].find((each) => existsSync(each)) ?? 'python3'

const live = 100

/** Whole executions in memory: the loop against SimPy and xstate's actors, and a million of them. */
export const measureRows: MeasureRows = async (effort) => {
  return [...(await inSteps(effort)), liveRow(effort), ...(await millionRows(effort))]
}

async function inSteps(effort: Effort): Promise<readonly Row[]> {
  const executions = sized(effort, { smoke: 300, quick: 20_000, full: 60_000 })
  const few = sized(effort, { smoke: 100, quick: 500, full: 2_000 })
  const lack = await lackOfSimPy()
  const simpy = (kind: 'plain' | 'timeouts') => () => stepsOfSimPy(kind, Math.ceil(executions / 4))
  const peers = lack === null ? { simPlain: simpy('plain'), simTimeouts: simpy('timeouts') } : {}
  const sizes = {
    plain: executions,
    timeouts: executions,
    compiled: executions,
    interpreted: few,
    actors: few,
  }
  const ours = Object.entries(sizes).map(([name, size]) => {
    const contestant = new Contestant('fleet/contestant', name)
    return { name, contestant, play: () => contestant.rate(size) }
  })
  const plays = Object.fromEntries(ours.map(({ name, play }) => [name, play]))
  // A round for nothing, so that what is measured is machine code.
  const warmUp = sized(effort, { smoke: 0, quick: 1, full: 1 })
  const found = await inTurn<string>({ ...plays, ...peers }, effort.rounds, warmUp).finally(() => {
    for (const { contestant } of ours) contestant.end()
  })
  const rounds = (key: string): readonly number[] => found[key] ?? []
  const against = (name: string, key: string) => ({ name, rounds: rounds(key) })
  return [
    lack === null
      ? row('memory/simpy-plain', {
          ours: rounds('plain'),
          against: against('SimPy 3', 'simPlain'),
          note: 'no time-outs in either; a step that was taken before, from the same state by the same event, is remembered',
        })
      : missing('memory/simpy-plain', lack),
    lack === null
      ? row('memory/simpy-timeouts', {
          ours: rounds('timeouts'),
          against: against('SimPy 3', 'simTimeouts'),
          note: 'the loop knows the end of a simulated attempt, so its time-outs need no event',
        })
      : missing('memory/simpy-timeouts', lack),
    lack === null
      ? row('memory/simpy-anew', {
          ours: rounds('compiled'),
          against: against('SimPy 3', 'simPlain'),
          note: 'no time-outs in either; nothing is remembered',
        })
      : missing('memory/simpy-anew', lack),
    row('memory/xstate', {
      ours: rounds('compiled'),
      against: against('the loop with every step taken by xstate', 'interpreted'),
      note: 'nothing is remembered; no time-outs in either; each step from a snapshot that was text, as after a restart',
    }),
    row('memory/xstate-actors', {
      ours: rounds('plain'),
      against: against('xstate actors on SimulatedClock', 'actors'),
      note: 'tasks are promises that the clock resolves',
    }),
  ]
}

async function lackOfSimPy(): Promise<string | null> {
  try {
    await run(python, ['-c', 'import simpy'])
    return null
  } catch {
    return 'SimPy is not installed (Debian: apt-get install python3-simpy3)'
  }
}

async function stepsOfSimPy(kind: 'plain' | 'timeouts', executions: number): Promise<number> {
  const file = inRepository('bench/peers/simpy/pipeline.py')
  const { stdout } = await run(python, [file, kind, String(executions), String(live)])
  const [steps, seconds] = stdout.split(' ').map(Number)
  return (steps as number) / (seconds as number)
}

function liveRow(effort: Effort): Row {
  const executions = sized(effort, { smoke: 2_000, quick: 10_000, full: 50_000 })
  const ours = Array.from({ length: effort.rounds }, () => bytesOfLive(executions))
  return row('memory/live', {
    ours,
    note: 'parked with three copies under way, each with a state of its own; heap after gc',
  })
}

async function millionRows(effort: Effort): Promise<readonly Row[]> {
  const executions = sized(effort, { smoke: 2_000, quick: 100_000, full: 1_000_000 })
  const program = programOf('fleet/million')
  const rounds: { readonly seconds: number; readonly megabytes: number }[] = []
  for (let round = 0; round < Math.min(effort.rounds, 3); round++) {
    effort.say(`fleet: ${executions} executions on two cores`)
    const { stdout } = await run(process.execPath, [...program, String(executions)])
    rounds.push(JSON.parse(stdout) as (typeof rounds)[number])
  }
  const note = executions === 1_000_000 ? 'figures and bounds included' : `of ${executions} only`
  return [
    row('memory/million-rss', { ours: rounds.map(({ megabytes }) => megabytes), note }),
    row('memory/million-time', { ours: rounds.map(({ seconds }) => seconds), note }),
  ]
}

await alone(import.meta.url, measureRows)
