import { stringify } from 'yaml'
import type { ImageBuilder } from '../../imagebuilder/image-builder.js'
import type { Template } from '../../imagebuilder/rows.js'
import type { Context } from '../context.js'
import { type ExitCode, exitCodes } from '../exit-codes.js'
import { findTemplate } from '../find.js'
import { withFile } from '../open.js'
import { fieldLines } from '../render/fields.js'
import { table } from '../render/table.js'
import { createFrom, type CreateOptions } from '../create.js'

/** `bakeline template create -f FILE` */
export function create(
  context: Context,
  _: readonly [],
  options: CreateOptions,
): Promise<ExitCode> {
  return createFrom(context, options, {
    key: 'templates',
    idField: 'ImagePipelineId',
    create: async (builder, parameters) =>
      (await builder.createTemplate(parameters)).ImagePipelineId,
  })
}

/** `bakeline template list` */
export function list(context: Context): Promise<ExitCode> {
  return withFile(context, {}, async (builder) => {
    const { askedRegion, json } = context.options
    const found = await builder.templates(askedRegion === undefined ? {} : { region: askedRegion })
    const templates = await Promise.all(
      found.map(async (row) => ({ row, last: await lastOf(builder, row) })),
    )
    if (json) context.json({ templates: templates.map(({ row }) => templateJson(row)) })
    else if (templates.length === 0) context.say('No templates.')
    else {
      const rows = templates.map(({ row, last }) => rowOf(row, last))
      context.io.stdout.write(table(headings, rows, context.paint))
    }
    return exitCodes.success
  })
}

/** The status of a template's newest execution. */
async function lastOf(builder: ImageBuilder, { ImagePipelineId }: Template): Promise<string> {
  const [last] = await builder.engine.list({ singletonKey: ImagePipelineId, limit: 1 })
  return last?.status ?? ''
}

const headings = ['TEMPLATE', 'NAME', 'REGION', 'BASE IMAGE', 'CREATED', 'LAST EXECUTION']

function rowOf(template: Template, last: string): string[] {
  const { ImagePipelineId, Name, Region, Parameters, CreationTime } = template
  return [ImagePipelineId, Name, Region, Parameters.BaseImage ?? '', CreationTime, last]
}

/** As the service describes a template: its own fields, then its parameters. */
function templateJson({ ImagePipelineId, Name, CreationTime, Parameters }: Template): object {
  return { ImagePipelineId, CreationTime, ...Parameters, Name }
}

/** `bakeline template show <template>` */
export function show(context: Context, [word]: readonly [string]): Promise<ExitCode> {
  return withFile(context, {}, async (builder) => {
    const template = await findTemplate(builder, word, context)
    if (context.options.json) {
      context.json(templateJson(template))
      return exitCodes.success
    }
    const { ImagePipelineId, CreationTime, Parameters } = template
    const runs = await builder.engine.list({ singletonKey: ImagePipelineId, limit: 1 })
    const fields = fieldLines(
      [
        ['Template', ImagePipelineId],
        ['Created', CreationTime],
        ['Last execution', runs.map(({ id, status }) => `${id} ${status}`).join('')],
      ],
      context.paint,
    )
    context.io.stdout.write(`${fields}\n${stringify(Parameters)}`)
    return exitCodes.success
  })
}

/** `bakeline template delete <template>` */
export function remove(context: Context, [word]: readonly [string]): Promise<ExitCode> {
  return withFile(context, {}, async (builder) => {
    const { ImagePipelineId, Region, Name } = await findTemplate(builder, word, context)
    await builder.deleteTemplate({ RegionId: Region, ImagePipelineId })
    if (context.options.json) context.json({ ImagePipelineId, deleted: true })
    else context.say(`${ImagePipelineId} (${Name}) is deleted, with its executions.`)
    return exitCodes.success
  })
}
