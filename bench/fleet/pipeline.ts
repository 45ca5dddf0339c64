import { executionMachine } from '../../machines/execution.js'
import type { ExecutionInput } from '../../machines/execution-context.js'
import { type ExecutionSnapshot, statusIn } from '../../machines/view.js'
import { compile } from '../../src/core/compiled/stepper.js'
import { childKey } from '../../src/core/draw.js'
import { interpret } from '../../src/core/interpreted.js'
import type { Json } from '../../src/core/json.js'
import type { TaskPolicy } from '../../src/core/policy.js'
import { policies } from '../../src/imagebuilder/definition.js'
import { defaultWorld } from '../../src/imagebuilder/world/default.js'
import { Loop } from '../../src/simulate/loop/loop.js'
import { LoopTasks } from '../../src/simulate/loop/tasks.js'
import { compilePlan } from '../../src/simulate/plan/compile.js'
import type { Rule } from '../../src/simulate/plan/rule.js'

const regions = ['cn-beijing', 'cn-shanghai', 'cn-zhangjiakou']

/** What every execution of the pipeline begins with: repair, tests, three copies, two accounts. */
export const input: ExecutionInput = {
  executionId: 'exec-0123456789abcdef0123',
  templateId: 'ip-bp10123456789abcdefgh',
  region: 'cn-hangzhou',
  account: '1234567890123456',
  imageId: 'm-bp10123456789abcdefgh',
  imageName: 'web_exec-0123456789abcdef0123',
  imageFamily: '',
  osType: 'linux',
  baseImage: 'aliyun_3_x64_20G_alibase_20240819.vhd',
  instanceType: 'ecs.g6.large',
  repairMode: 'Standard',
  hasTests: true,
  copies: regions.map((region) => ({ region, imageId: `m-${region}` })),
  accounts: ['1284387915995949', '1284387915995950'],
  deleteInstanceOnFailure: true,
}

/** Mean durations, as the programs of `bench/peers/simpy` have them. */
export const means = {
  prepareInstance: '60s',
  repairImage: '60s',
  buildImage: '240s',
  testImage: '60s',
  copyImage: '120s',
  shareImage: '10s',
  releaseResources: '20s',
} as const

const plan: readonly Rule[] = Object.entries(means).flatMap(([task, mean]): Rule[] => {
  const about = { task: task as keyof typeof means }
  const duration = { exponential: { mean } }
  return [
    { ...about, duration },
    { ...about, probability: 0.02, fail: { code: 'Failed', message: 'by chance' } },
  ]
})

/** The service's policies, each task with a limit of time when that is asked for. */
function policiesOf(timeouts: boolean): Readonly<Record<string, TaskPolicy>> {
  const known: Readonly<Record<string, TaskPolicy>> = policies
  if (!timeouts) return known
  return Object.fromEntries(
    Object.keys(means).map((task) => [
      task,
      { ...known[task], timeout: { attempt: '10h', total: '20h' } },
    ]),
  )
}

export interface PipelineOptions {
  /** With a time-out on every task. */
  readonly timeouts?: boolean
  /** How steps are taken: remembered as in a fleet, compiled each time, or by xstate each time. */
  readonly steps?: 'remembered' | 'compiled' | 'interpreted'
  readonly rules?: readonly Rule[]
}

const steppers = {
  compiled: compile(executionMachine, { sharesInput: true }),
  interpreted: interpret(executionMachine),
}

/** The loop on which the pipeline is played; no copy waits for a slot, as none does in SimPy. */
export function pipelineLoop({
  timeouts = false,
  steps = 'remembered',
  rules = plan,
}: PipelineOptions): Loop {
  const tasks = new LoopTasks({
    plan: compilePlan(rules),
    policies: policiesOf(timeouts),
    world: defaultWorld,
    seed: 1,
    templates: ['web'],
    slots: () => Number.POSITIVE_INFINITY,
  })
  return new Loop(
    {
      stepper: steps === 'interpreted' ? steppers.interpreted : steppers.compiled,
      remembers: steps === 'remembered',
      task: tasks.task,
      status: (state) => statusIn(state as unknown as ExecutionSnapshot),
    },
    Date.parse('2026-01-05T00:00:00Z'),
  )
}

/** Plays so many executions, so many at a time, and gives the steps a second. */
export function playPipeline(executions: number, live: number, options: PipelineOptions): number {
  const loop = pipelineLoop(options)
  const begin = performance.now()
  const count = { started: 0 }
  const start = (): void => {
    loop.start(input as unknown as Json, childKey(7, ++count.started), 0)
  }
  while (count.started < Math.min(live, executions)) start()
  while (loop.live > 0) {
    loop.advance(loop.next)
    while (loop.live < live && count.started < executions) start()
  }
  return (loop.steps * 1_000) / (performance.now() - begin)
}
