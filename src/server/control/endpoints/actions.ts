import { z } from 'zod'
import { BakelineError } from '../../../core/errors.js'
import { executionDefinition } from '../../../imagebuilder/definition.js'
import { ImageBuilder } from '../../../imagebuilder/image-builder.js'
import { getRow, type Template } from '../../../imagebuilder/rows.js'
import { endpoint } from '../endpoint.js'
import { closed, wholeNumber } from '../shapes.js'
import type { Running } from '../../service.js'

/** What a person presses: the service's own operations, as the account whose template it is. */

const noTemplate = [404, 'NOT_FOUND', 'there is no such template'] as const
const refused = [403, 'InvalidImagePipeline.HasRunningExecution', 'as the service refuses'] as const

const start = endpoint({
  method: 'post',
  path: '/templates/{id}/executions',
  name: 'startExecution',
  summary: 'StartImagePipelineExecution without a signature, refused as the service refuses it.',
  body: closed('a field of a start', { ClientToken: z.string().exactOptional() }),
  answer: z.object({ ExecutionId: z.string() }),
  refusals: [noTemplate, refused],
  async run({ running, path: { id: ImagePipelineId }, body }) {
    const { Region: RegionId, Account } = await templateOf(running, ImagePipelineId)
    const builder = new ImageBuilder(running.builder.engine, Account)
    return builder.startExecution({ ImagePipelineId, RegionId, ...body })
  },
})

const cancel = endpoint({
  method: 'post',
  path: '/executions/{id}/cancel',
  name: 'cancelExecution',
  summary:
    'CancelImagePipelineExecution without a signature, refused as the service refuses it. An ' +
    'execution of another machine is ended as cancelled.',
  refusals: [[404, 'NOT_FOUND', 'there is no such execution']],
  async run({ running, path: { id: ExecutionId } }) {
    const { engine } = running.builder
    const row = await engine.read((reader) => reader.executionById(ExecutionId))
    if (row === undefined) {
      throw new BakelineError('NOT_FOUND', `there is no execution "${ExecutionId}"`)
    }
    if (!row.machine.startsWith(`${executionDefinition.machine.id}@`)) {
      await engine.cancel(ExecutionId)
      return
    }
    const { Region: RegionId, Account } = await templateOf(running, row.singletonKey ?? '')
    await new ImageBuilder(engine, Account).cancelExecution({ ExecutionId, RegionId })
  },
})

const scenario = endpoint({
  method: 'get',
  path: '/executions/{id}/scenario',
  name: 'getScenario',
  summary: 'What happened to an execution as a scenario file, to be played again.',
  query: closed('a field of this query', {
    step: wholeNumber(1, Number.MAX_SAFE_INTEGER).exactOptional().meta({
      description: 'The number of a record of its history: the scenario goes up to there.',
    }),
  }),
  answer: { contentType: 'application/yaml', says: 'A scenario in YAML.' },
  refusals: [[404, 'NOT_FOUND', 'there is no such execution']],
  async run({ service, path: { id }, query: { step } }) {
    const text = await service.scenarioOf(id, step)
    return new Response(text, { headers: { 'content-type': 'application/yaml; charset=utf-8' } })
  },
})

async function templateOf({ builder }: Running, id: string): Promise<Template> {
  const row = await builder.engine.read((reader) => getRow(reader, 'template', id))
  if (row !== undefined) return row
  throw new BakelineError('NOT_FOUND', `there is no image pipeline "${id}"`, {
    ImagePipelineId: id,
  })
}

export const actionEndpoints = [start, cancel, scenario]
