import type { AnyStateMachine } from 'xstate'
import { createEngine, openImageBuilder } from '../../src/compose.js'
import type { Engine } from '../../src/engine/engine.js'
import type { Simulate } from '../../src/engine/simulate.js'
import type { Transaction } from '../../src/engine/transaction.js'
import { startExecution } from '../../src/imagebuilder/executions.js'
import { type Caller, createTemplate } from '../../src/imagebuilder/templates.js'
import { worldOf } from '../../src/imagebuilder/world-setting.js'
import { sqlite } from '../../src/store/sqlite/sqlite.js'
import { line, sent, stepsEach } from './machines.js'

/** One kind of load: how a file is filled before, and what is then measured on it. */
export interface Load {
  readonly fill: (file: string, executions: number) => Promise<void>
  /** Opens an engine; what it returns is the part that counts, and gives the number of steps. */
  readonly open: (file: string, durability: 'normal' | 'full') => Promise<Opened>
}

export interface Opened {
  readonly run: () => Promise<number>
  readonly close: () => Promise<void>
}

const monday = Date.parse('2026-01-05T00:00:00Z')
const clock = { mode: 'virtual', now: monday } as const

/** Every task takes another while, so that executions take turns as they do in life. */
const spread: Simulate = ({ executionId, task }) => {
  let hash = 2_166_136_261
  for (const text of [executionId, task]) {
    for (let at = 0; at < text.length; at++)
      hash = Math.imul(hash ^ text.charCodeAt(at), 16_777_619)
  }
  return { duration: 1_000 + ((hash >>> 0) % 600_000), outcome: { output: null } }
}

async function startAll(engine: Engine, machine: AnyStateMachine, count: number): Promise<void> {
  for (let from = 0; from < count; from += 500) {
    const some = Array.from({ length: Math.min(500, count - from) }, (_, index) =>
      engine.start(machine, { input: { order: `order-${from + index}` } }),
    )
    await Promise.all(some)
  }
}

/** Tasks that the file decides: timers, worked off in groups over many instants. */
export const simulated: Load = {
  async fill(file, executions) {
    const store = sqlite(file, { clock })
    const engine = await createEngine({ store, machines: [line], simulate: spread, worker: false })
    await startAll(engine, line, executions)
    await engine.close()
  },
  async open(file, durability) {
    const store = sqlite(file, { durability })
    const engine = await createEngine({ store, machines: [line], simulate: spread, worker: false })
    return {
      run: async () => (await engine.advance('30d')).done,
      close: () => engine.close(),
    }
  },
}

/** Real asynchronous functions: a claim, a lease, an end. */
export const real: Load = {
  async fill(file, executions) {
    const store = sqlite(file)
    const engine = await createEngine({ store, machines: [line], worker: false })
    await startAll(engine, line, executions)
    await engine.close()
  },
  async open(file, durability) {
    const store = sqlite(file, { durability })
    const engine = await createEngine({ store, machines: [line], worker: false })
    const before = await engine.read((reader) => reader.counter('record'))
    return {
      async run() {
        await engine.settle()
        const after = await engine.read((reader) => reader.counter('record'))
        return after - before
      },
      close: () => engine.close(),
    }
  },
}

/** One event after the other, each answered before the next is sent: a transaction a step. */
export const single: Load = {
  async fill(file, executions) {
    const engine = await createEngine({ store: sqlite(file), machines: [sent], worker: false })
    await startAll(engine, sent, executions)
    await engine.close()
  },
  async open(file, durability) {
    const store = sqlite(file, { durability })
    const engine = await createEngine({ store, machines: [sent], worker: false })
    const ids = (await engine.list({ limit: 100_000 })).map(({ id }) => id)
    return {
      async run() {
        for (let step = 0; step < stepsEach; step++) {
          for (const id of ids) await engine.send(id, { type: 'next' } as never)
        }
        return ids.length * stepsEach
      },
      close: () => engine.close(),
    }
  },
}

/** The image machine with its tasks, its images and its shares. */
export const images: Load = {
  async fill(file, executions) {
    const at = new Date(monday).toISOString()
    const world = { quotas: { templates: 1_000_000 } }
    const clock = `virtual@${at}`
    const builder = await openImageBuilder({ db: file, clock, world, worker: false })
    for (let from = 0; from < executions; from += 100) {
      const numbers = Array.from({ length: Math.min(100, executions - from) }, (_, n) => from + n)
      const ids = await builder.engine.transact((tx) =>
        numbers.map((n) => createTemplate(tx, template(n), callerOf(tx)).ImagePipelineId),
      )
      await builder.engine.transact((tx) => {
        for (const ImagePipelineId of ids) {
          startExecution(tx, { RegionId: 'cn-hangzhou', ImagePipelineId }, callerOf(tx))
        }
      })
    }
    await builder.engine.close()
  },
  async open(file, durability) {
    const builder = await openImageBuilder({ db: file, durability, worker: false })
    return {
      run: async () => (await builder.engine.advance('3d')).done,
      close: () => builder.engine.close(),
    }
  },
}

function callerOf(tx: Transaction): Caller {
  const world = worldOf(tx)
  return { account: world.account, world }
}

function template(n: number): object {
  return {
    RegionId: 'cn-hangzhou',
    Name: `web-${n}`,
    BaseImageType: 'IMAGE',
    BaseImage: 'aliyun_3_x64_20G_alibase_20240819.vhd',
    BuildContent: 'RUN yum update -y',
    ToRegionId: ['cn-beijing', 'cn-zhangjiakou'],
    AddAccount: ['1284387915995949'],
  }
}
