import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { type ExecutionStatus, terminalStatuses } from '../../machines/status.js'
import type { Engine } from '../engine/engine.js'
import type { ImageBuilder } from '../imagebuilder/image-builder.js'
import { createEmulator, type Emulator } from '../emulator/create.js'
import { environmentOf, keyOf } from '../emulator/environment.js'
import { allCases, type Case } from '../simulate/pollers/cases.js'
import { type Deed, scenarioOf } from '../simulate/pollers/scenario.js'
import { flawsOf, type Meeting } from '../simulate/pollers/verdict.js'
import type { Met, PollerReport } from './pollers.js'
import { cancelled, crowd, region, stageRules, stageTemplate } from './setting.js'

export interface CommandOptions {
  /** What a shell runs. It starts the template `BAKELINE_IMAGE_PIPELINE_ID`; 0 says success. */
  readonly command: string
  readonly env?: Readonly<Record<string, string | undefined>>
  /** How many times as fast as the wall time passes for it; 300 when absent. */
  readonly scale?: number
  /** Milliseconds of wall time after which a command that waits for what has ended is stopped. */
  readonly patienceMs?: number
  readonly cases?: readonly Case[]
  readonly signal?: AbortSignal
}

/** The cases of a command: at one pace, since it waits in real time. */
export function commandCases(): readonly Case[] {
  return allCases().filter(({ pace, startLost }) => pace.name === 'in minutes' && !startLost)
}

/**
 * Runs a command once for each case, against an emulator of its own whose clock runs fast, and
 * compares what its exit code says with what became of the execution.
 */
export async function commandReport(options: CommandOptions): Promise<PollerReport> {
  const { command, cases = commandCases(), signal } = options
  const meetings: Met[] = []
  for (const each of cases) {
    if (signal?.aborted === true) break
    meetings.push(await met(options, each))
  }
  return { name: command, about: 'A command; exit code 0 says success.', meetings }
}

async function met(options: CommandOptions, each: Case): Promise<Met> {
  const { command, scale = 300, patienceMs = 20_000 } = options
  const emulator = await createEmulator({
    clock: 'virtual@2026-01-05T02:00:00Z',
    seed: 1,
    plan: stageRules(each),
    log: () => undefined,
  })
  try {
    const { imageBuilder, clock } = emulator
    const create = { RegionId: region, ...stageTemplate }
    const { ImagePipelineId } = await imageBuilder.createTemplate(create)
    const began = (await clock.now()).getTime()
    await clock.scale(scale)
    const leave = meddle(imageBuilder, each, ImagePipelineId)
    const claim = await run(options, emulator, { template: ImagePipelineId, patienceMs })
    leave()
    const saidAt = (await clock.now()).getTime() - began
    return await graded(emulator, { each, command, began, saidAt, claim, ImagePipelineId })
  } finally {
    await emulator.close()
  }
}

interface Said {
  readonly each: Case
  readonly command: string
  readonly began: number
  readonly saidAt: number
  readonly claim: Meeting['claim']
  readonly ImagePipelineId: string
}

/** Lets what was started come to its end, and compares. */
async function graded({ imageBuilder, clock }: Emulator, said: Said): Promise<Met> {
  const { each, command, began, saidAt, claim, ImagePipelineId } = said
  const { engine } = imageBuilder
  const query = { singletonKey: ImagePipelineId, oldestFirst: true } as const
  const [first, ...more] = await engine.list(query)
  if (first === undefined) throw new Error(`"${command}" starts nothing`)
  const statusThen = first.status as ExecutionStatus
  await clock.pause()
  while (!terminalStatuses.includes((await engine.get(first.id))?.status as ExecutionStatus)) {
    if ((await clock.jump()) === null) break
  }
  const ended = await engine.get(first.id)
  const meeting: Meeting = {
    case: each.name,
    claim,
    error: null,
    saidAt,
    statusThen,
    end: ended?.status as ExecutionStatus,
    endedAt: (ended?.endedAt ?? began + saidAt) - began,
    starts: 1 + more.length,
  }
  const flaws = flawsOf({}, meeting)
  const deeds = [
    { at: first.startedAt - began, do: 'start', token: null, execution: first.id } as const,
    ...(await cancelOf(engine, first.id, began)),
  ]
  const about = `${command} ${flaws.length === 0 ? 'is right' : flaws.join(' and ')} here`
  const scenario = scenarioOf({
    case: each,
    about,
    templates: { web: stageTemplate },
    deeds,
    end: meeting.end,
  })
  return { ...meeting, flaws, scenario }
}

/** The cancel of an execution, when there was one; it stands in its history. */
async function cancelOf(engine: Engine, id: string, began: number): Promise<Deed[]> {
  const records = await engine.history(id)
  const record = records.find(({ body }) => body.startsWith('{"event":{"type":"CANCEL"'))
  return record === undefined ? [] : [{ at: record.at - began, do: 'cancel', execution: id }]
}

/** Does what others do meanwhile, as the execution comes to the stage for it. */
function meddle(builder: ImageBuilder, { cancelIn, crowded }: Case, template: string): () => void {
  const stage = cancelIn ?? (crowded ? 'BUILDING' : null)
  let done = false
  return builder.engine.subscribe((id) => void look(id))

  async function look(id: string): Promise<void> {
    const run = await builder.engine.get(id)
    if (done || run?.status !== stage || run.singletonKey !== template) return
    done = true
    await (cancelIn === null ? crowd(builder) : cancelled(builder, template))
  }
}

/** Runs the command; null when it had to be stopped. */
async function run(
  { command, env = process.env, signal }: CommandOptions,
  { url, endpoint, imageBuilder }: Emulator,
  { template, patienceMs }: { readonly template: string; readonly patienceMs: number },
): Promise<Meeting['claim']> {
  const key = keyOf(await imageBuilder.world())
  const variables = environmentOf({ url, endpoint, region, ...key })
  const own = Object.fromEntries(variables.map(({ name, value }) => [name, value]))
  const child = spawn(command, {
    shell: true,
    stdio: 'ignore',
    env: { ...env, ...own, BAKELINE_IMAGE_PIPELINE_ID: template, BAKELINE_REGION: region },
    ...(signal === undefined ? {} : { signal }),
    detached: true,
  })
  let stopped = false
  const timer = setTimeout(() => {
    stopped = true
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
  }, patienceMs)
  const [code] = (await once(child, 'exit')) as [number | null]
  clearTimeout(timer)
  if (stopped) return null
  return code === 0 ? 'success' : 'failure'
}
