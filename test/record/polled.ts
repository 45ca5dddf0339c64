import { replayScenario } from '../../src/compose.js'
import type { Rule } from '../../src/simulate/plan/rule.js'
import { record } from '../../src/record/record.js'
import { loadScenario } from '../../src/simulate/scenario/load.js'
import { emulator, least, region } from '../gateway/emulator.js'

type Parameters = Readonly<Record<string, unknown>>

/** What a client does with an emulator, and how often it looks. */
export interface Night {
  readonly db: string
  readonly template?: Parameters
  readonly plan?: readonly Rule[]
  /** Executions one after another. */
  readonly executions?: number
  /** Seconds between two polls. */
  readonly every: number
  /** After so many polls it cancels. */
  readonly cancelAfter?: number
  /** So many polls of an execution at most. */
  readonly polls?: number
}

/** The answers to a client that polls, one JSON object a line, and those of the template alone. */
export interface Saved {
  readonly lines: readonly { readonly at: string; readonly body: Parameters }[]
  readonly template: string
}

const ends = /^(SUCCESS|PARTITION_SUCCESS|FAILED|TEST_FAILED|CANCELLED)$/

/** Runs executions in an emulator and polls them as a client does, through the gateway. */
export async function pollNight(night: Night): Promise<Saved> {
  const { db, plan = [], executions = 1, every, template = {} } = night
  const { builder, client } = await emulator({ db, plan })
  const caller = client()
  const lines: { at: string; body: Parameters }[] = []
  const say = async (action: string, parameters: Parameters): Promise<Parameters> => {
    const { body } = await caller.call(action, parameters)
    const { now } = await builder.engine.clock()
    lines.push({ at: new Date(now).toISOString(), body })
    return body
  }
  const regions = [region, ...((template['ToRegionId'] as string[] | undefined) ?? [])]
  const made = await caller.call('CreateImagePipeline', { ...least, Name: 'web', ...template })
  const { ImagePipelineId } = made.body
  for (let n = 0; n < executions; n++) {
    const start = { RegionId: region, ImagePipelineId }
    const { body } = await caller.call('StartImagePipelineExecution', start)
    const { ExecutionId } = body
    for (let poll = 1; poll <= (night.polls ?? 1_000); poll++) {
      await builder.engine.advance(`${every}s`)
      const told = await say('DescribeImagePipelineExecutions', { RegionId: region, ExecutionId })
      for (const RegionId of regions) {
        await say('DescribeImages', { RegionId, ImageOwnerAlias: 'self', Status: 'ALL' })
      }
      if (ends.test(statusIn(told))) break
      if (poll === night.cancelAfter) {
        await caller.call('CancelImagePipelineExecution', { RegionId: region, ExecutionId })
      }
    }
  }
  const described = await caller.call('DescribeImagePipelines', { RegionId: region })
  await builder.engine.close()
  return { lines, template: described.text }
}

function statusIn(body: Parameters): string {
  return /"Status":"(\w+)"/.exec(JSON.stringify(body))?.[1] ?? ''
}

/** When an execution came into each of its states, in a replay of a scenario. */
export interface Entry {
  readonly state: string
  readonly at: number
}

/** The states of all executions of a scenario, in order, as its replay goes. */
export async function entriesOf(scenario: string): Promise<readonly Entry[]> {
  const { trace } = await replayScenario(loadScenario(scenario, 'x.yaml'), ':memory:')
  const entries: Entry[] = []
  for (const line of trace) {
    const [, at, body] = /^(\S+) \d+ \S+ \d+ step (.*)$/s.exec(line) ?? []
    if (at === undefined || body === undefined) continue
    const state = JSON.stringify((JSON.parse(body) as { value: unknown }).value)
    if (entries.at(-1)?.state !== state) entries.push({ state, at: Date.parse(at) })
  }
  return entries
}

/** The same of what really happened. */
export async function truthOf(db: string): Promise<readonly Entry[]> {
  return entriesOf((await record(db)).scenario)
}
