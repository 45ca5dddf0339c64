import { describe, expect, it } from 'vitest'
import { executionMachine } from '../../../machines/execution.js'
import type { ExecutionContext, ExecutionInput } from '../../../machines/execution-context.js'
import { type ExecutionSnapshot, statusIn } from '../../../machines/view.js'
import { memory, openImageBuilder } from '../../../src/index.js'
import { compile } from '../../../src/core/compiled/stepper.js'
import { namedKey } from '../../../src/core/draw.js'
import type { StepRecord } from '../../../src/core/history.js'
import { interpret } from '../../../src/core/interpreted.js'
import type { State } from '../../../src/core/stepper.js'
import { policies } from '../../../src/imagebuilder/definition.js'
import { defaultWorld } from '../../../src/imagebuilder/world/default.js'
import { editWorld } from '../../../src/imagebuilder/world/edit.js'
import { Loop } from '../../../src/simulate/loop/loop.js'
import { LoopTasks } from '../../../src/simulate/loop/tasks.js'
import { compilePlan } from '../../../src/simulate/plan/compile.js'
import { defaultPlan } from '../../../src/simulate/plan/default.js'
import { parsePlan } from '../../../src/simulate/plan/schema.js'
import { seedKey } from '../../../src/simulate/plan/simulate.js'

const begin = Date.parse('2026-01-05T02:00:00Z')
const minute = 60_000
const world = { accounts: [{ AccountId: '666', closed: true }] }

const base = {
  RegionId: 'cn-hangzhou',
  BaseImageType: 'IMAGE',
  BaseImage: 'aliyun_3_x64_20G_alibase_20240819.vhd',
}
const templates = [
  { ...base, Name: 'plain', BuildContent: 'RUN yum update -y' },
  { ...base, Name: 'wide', ToRegionId: ['cn-beijing', 'cn-qingdao', 'cn-zhangjiakou'] },
  {
    ...base,
    Name: 'tested',
    RepairMode: 'Standard',
    TestContent: 'COMPONENT ic-syscheckport00000000 --port 22',
    ToRegionId: ['cn-beijing'],
    AddAccount: ['1284387915995949', '666'],
  },
  ...Array.from({ length: 9 }, (_, n) => ({ ...base, Name: `b${n}`, ToRegionId: ['cn-beijing'] })),
]

const plans: readonly (readonly [string, readonly unknown[]])[] = [
  ['the default plan', []],
  [
    'durations and failures by chance',
    [
      { task: 'buildImage', duration: { logNormal: { median: '4m', p95: '9m' } } },
      { task: 'copyImage', duration: { exponential: { mean: '12m' } } },
      { task: 'copyImage', probability: 0.4, fail: { code: 'CopyFailed' } },
      { task: 'testImage', probability: 0.4, fail: 'a test fails' },
      { task: 'prepareInstance', template: 'wide', probability: 0.3, fail: 'no stock' },
      { task: 'shareImage', account: '1284387915995949', probability: 0.5, fail: { code: 'Busy' } },
      { task: 'releaseResources', attempt: '1-2', probability: 0.5, fail: 'busy' },
    ],
  ],
  [
    'an outage, and outages by chance',
    [
      { task: 'copyImage', duration: { uniform: { from: '1m', to: '20m' } } },
      {
        outage: 'cn-beijing',
        during: { from: '2026-01-05T02:10:00Z', to: '2026-01-05T02:40:00Z' },
      },
      { outage: ['cn-qingdao', 'cn-zhangjiakou'], every: '30m', lasts: '10m', slower: 4 },
      { task: 'copyImage', during: { from: '2026-01-05T03:00:00Z' }, fail: 'too late' },
    ],
  ],
]

/** Every start and every cancel, in order: at which time, of which template. */
const arrivals = Array.from({ length: 60 }, (_, n) => ({
  at: begin + Math.floor(n / 3) * 7 * minute,
  template: (n * n) % templates.length,
  cancel: n % 11 === 7,
}))

interface Life {
  readonly template: number
  readonly steps: readonly (readonly [status: string, at: number])[]
  readonly problems: unknown
}

/** How each execution went, and which starts were refused. */
interface Run {
  readonly lives: readonly Life[]
  readonly refused: readonly number[]
}

function statusesOf(steps: readonly { status: string; at: number }[]): Life['steps'] {
  return steps
    .filter(({ status }, n) => status !== steps[n - 1]?.status)
    .map(({ status, at }) => [status, at] as const)
}

async function onEngine(
  plan: readonly unknown[],
): Promise<Run & { readonly contexts: readonly ExecutionContext[] }> {
  const builder = await openImageBuilder({
    db: memory({
      clock: { mode: 'virtual', now: begin },
      settings: {
        seed: '5',
        plan: JSON.stringify(plan),
        world: JSON.stringify(editWorld(defaultWorld, world)),
      },
    }),
    worker: false,
  })
  const made: string[] = []
  for (const template of templates) {
    made.push((await builder.createTemplate(template)).ImagePipelineId)
  }
  const started: { id: string; template: number }[] = []
  const refused: number[] = []
  for (const [n, { at, template, cancel }] of arrivals.entries()) {
    await builder.engine.advanceTo(at)
    const { RegionId } = base
    const last = started.at(-1)?.id ?? ''
    if (cancel)
      await builder.cancelExecution({ RegionId, ExecutionId: last }).catch(() => undefined)
    try {
      const answer = await builder.startExecution({ RegionId, ImagePipelineId: made[template] })
      started.push({ id: answer.ExecutionId, template })
    } catch {
      refused.push(n)
    }
  }
  await builder.engine.advanceTo(begin + 40 * 24 * 60 * minute)
  const lives: Life[] = []
  const contexts: ExecutionContext[] = []
  for (const { id, template } of started) {
    const records = await builder.engine.history(id)
    const execution = await builder.engine.get(id)
    const context = execution?.context as unknown as ExecutionContext
    contexts.push(context)
    const steps = records.flatMap(({ kind, at, body }) => {
      if (kind !== 'step') return []
      const { value } = JSON.parse(body) as StepRecord
      const snapshot = { value, context, status: 'active' } as unknown as ExecutionSnapshot
      return [{ status: statusIn(snapshot), at }]
    })
    lives.push({ template, steps: statusesOf(steps), problems: context.problems })
  }
  await builder.engine.close()
  return { lives, refused, contexts }
}

/**
 * The same on the loop; each execution draws under its id on the engine.
 *
 * @param remembers steps are compiled and remembered, and executions of a template begin alike
 */
function onLoop(
  plan: readonly unknown[],
  contexts: readonly ExecutionContext[],
  remembers: boolean,
): Run {
  const seed = seedKey('5')
  const tasks = new LoopTasks({
    plan: compilePlan([...defaultPlan, ...parsePlan(plan)]),
    policies,
    world: editWorld(defaultWorld, world),
    seed,
    templates: templates.map(({ Name }) => Name),
  })
  const live = new Map<number, number>()
  const lifeOf = new Map<number, number>()
  const lives: { template: number; steps: { status: string; at: number }[]; problems: unknown }[] =
    []
  const loop = new Loop(
    {
      stepper: remembers
        ? compile(executionMachine, { sharesInput: true })
        : interpret(executionMachine),
      remembers,
      task: tasks.task,
      status: (state: State) => statusIn(state as unknown as ExecutionSnapshot),
      observer: {
        status(execution, before, status, at) {
          if (before === '') {
            lifeOf.set(execution, lives.length)
            lives.push({ template: loop.tag(execution), steps: [], problems: null })
          }
          lives[lifeOf.get(execution) as number]?.steps.push({ status, at })
        },
        ended(execution, _, state) {
          live.delete(loop.tag(execution))
          const life = lives[lifeOf.get(execution) as number]
          if (life) life.problems = (state.context as unknown as ExecutionContext).problems
        },
      },
    },
    begin,
  )
  const refused: number[] = []
  const inputs: ExecutionInput[] = []
  let last = -1
  for (const [n, { at, template, cancel }] of arrivals.entries()) {
    loop.advance(at)
    if (cancel && [...live.values()].includes(last)) loop.send(last, { type: 'CANCEL' })
    if (live.has(template)) {
      refused.push(n)
      continue
    }
    const context = contexts[lives.length] as ExecutionContext
    const { image: _, outstanding: _1, copied: _2, problems: _3, fatal: _4, ...own } = context
    const input = remembers ? (inputs[template] ??= own) : own
    last = loop.start(input as never, namedKey(seed, own.executionId), template)
    live.set(template, last)
  }
  loop.drain()
  expect(loop.live).toBe(0)
  return {
    refused,
    lives: lives.map(({ template, steps, problems }) => {
      return { template, steps: statusesOf(steps), problems }
    }),
  }
}

describe('the loop and the engine', () => {
  it.each(plans)('play the same under %s: statuses, times, refusals, problems', async (_, plan) => {
    const { contexts, ...engine } = await onEngine(plan)
    expect(engine.lives.length).toBeGreaterThan(20)
    expect(engine.refused.length).toBeGreaterThan(0)
    for (const remembers of [false, true]) {
      expect(onLoop(plan, contexts, remembers)).toEqual(engine)
    }
  })
})
