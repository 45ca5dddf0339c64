import { readFile } from 'node:fs/promises'
import { executionMachine } from '../../machines/execution.js'
import { openImageBuilder } from '../../src/compose.js'
import type { EventData } from '../../src/core/effects.js'
import { machineKey, register } from '../../src/engine/definition.js'
import { Gateway } from '../../src/gateway/gateway.js'
import type { RawRequest } from '../../src/gateway/wire/request.js'
import { executionDefinition } from '../../src/imagebuilder/definition.js'
import type { ImageBuilder } from '../../src/imagebuilder/image-builder.js'
import { replay } from '../../src/replay.js'
import { loadScenario } from '../../src/simulate/scenario/load.js'
import { signedRequest } from '../http/requests.js'
import { makeTemplates, measuredKey, region, templateRequest } from '../http/world.js'
import { inRepository } from '../places.js'
import { input } from './input.js'

/** Something that is done over and over, ready to be done. */
export interface Ready {
  /** Does it so many times. */
  run(times: number): Promise<void>
  close(): Promise<void>
}

export interface Operation {
  /** What one of it is. */
  readonly what: string
  /** So many make a round of some ten milliseconds. */
  readonly times: number
  /** Whether the same statements run every time, so that their number is told. */
  readonly counted: boolean
  readonly prepare: () => Promise<Ready>
}

const lifecycle = inRepository('scenarios/lifecycle.yaml')
const still = async (): Promise<void> => undefined

async function builderInMemory(keyed = false): Promise<ImageBuilder> {
  return openImageBuilder({
    db: ':memory:',
    clock: 'virtual@2026-01-05T02:00:00Z',
    seed: 1,
    worker: false,
    world: keyed ? { accessKeys: [measuredKey] } : {},
  })
}

export const operations: Readonly<Record<string, Operation>> = {
  step: {
    what: 'a whole execution of the image machine, as pure steps',
    times: 50,
    counted: false,
    async prepare() {
      const definition = register([executionDefinition]).get(machineKey(executionMachine))
      if (definition === undefined) throw new Error('the image machine is not registered')
      const { stepper } = definition
      const walk = (): void => {
        let { state, effects } = stepper.initial(input)
        const open: string[] = []
        for (let steps = 0; state.status === 'active'; steps += 1) {
          for (const effect of effects) if (effect.kind === 'startTask') open.push(effect.id)
          const id = open.shift()
          if (id === undefined || steps > 100) throw new Error('the walk goes nowhere')
          const event: EventData = { type: `xstate.done.actor.${id}`, output: {}, actorId: id }
          ;({ state, effects } = stepper.next(state, event))
        }
      }
      return {
        async run(times) {
          for (let n = 0; n < times; n += 1) walk()
        },
        close: still,
      }
    },
  },
  execution: {
    what: 'a start, and the execution to its end in virtual time, alone',
    times: 5,
    counted: true,
    async prepare() {
      const builder = await builderInMemory()
      const { ImagePipelineId } = await builder.createTemplate(templateRequest)
      return {
        async run(times) {
          for (let n = 0; n < times; n += 1) {
            await builder.startExecution({ RegionId: region, ImagePipelineId })
            await builder.engine.advance('1h')
          }
        },
        close: () => builder.engine.close(),
      }
    },
  },
  together: {
    what: 'the same, twenty executions at a time',
    times: 20,
    counted: true,
    async prepare() {
      const builder = await builderInMemory()
      const ids: string[] = []
      for (let n = 0; n < 20; n += 1) {
        ids.push((await builder.createTemplate(templateRequest)).ImagePipelineId)
      }
      return {
        async run(times) {
          for (let n = 0; n < times; n += ids.length) {
            const start = (ImagePipelineId: string) =>
              builder.startExecution({ RegionId: region, ImagePipelineId })
            await Promise.all(ids.map(start))
            await builder.engine.advance('1h')
          }
        },
        close: () => builder.engine.close(),
      }
    },
  },
  'request/start': {
    what: 'a signed start through the gateway, without a socket',
    times: 20,
    counted: true,
    async prepare() {
      const builder = await builderInMemory(true)
      const gateway = await Gateway.open({ builder, wall: systemless })
      const templates = await makeTemplates(builder, 1_000)
      return {
        async run(times) {
          for (const ImagePipelineId of templates.splice(0, times)) {
            await accepted(gateway, 'StartImagePipelineExecution', { ImagePipelineId })
          }
        },
        close: () => builder.engine.close(),
      }
    },
  },
  'request/describe': {
    what: 'a signed description of an execution through the gateway, without a socket',
    times: 50,
    counted: true,
    async prepare() {
      const builder = await builderInMemory(true)
      const gateway = await Gateway.open({ builder, wall: systemless })
      const { ImagePipelineId } = await builder.createTemplate(templateRequest)
      const start = { RegionId: region, ImagePipelineId }
      const { ExecutionId } = await builder.startExecution(start)
      return {
        async run(times) {
          for (let n = 0; n < times; n += 1) {
            await accepted(gateway, 'DescribeImagePipelineExecutions', { ExecutionId })
          }
        },
        close: () => builder.engine.close(),
      }
    },
  },
  'scenario/load': {
    what: 'reading and checking scenarios/lifecycle.yaml',
    times: 5,
    counted: false,
    async prepare() {
      const text = await readFile(lifecycle, 'utf8')
      return {
        async run(times) {
          for (let n = 0; n < times; n += 1) loadScenario(text, lifecycle)
        },
        close: still,
      }
    },
  },
  'scenario/replay': {
    what: 'replaying scenarios/lifecycle.yaml',
    times: 2,
    counted: true,
    async prepare() {
      return {
        async run(times) {
          for (let n = 0; n < times; n += 1) await replay(lifecycle)
        },
        close: still,
      }
    },
  },
}

/** Nobody waits here. */
const systemless = { now: () => Date.now(), after: () => () => undefined }

async function accepted(
  gateway: Gateway,
  action: string,
  parameters: Readonly<Record<string, string>>,
): Promise<void> {
  const raw: RawRequest = signedRequest(action, parameters)
  const answer = await gateway.handle(raw)
  if (answer === 'drop' || answer.status !== 200) {
    throw new Error(`${action} was refused: ${JSON.stringify(answer)}`)
  }
}
