import type { ImageBuilder } from '../../imagebuilder/image-builder.js'
import type { Component } from '../../imagebuilder/rows.js'
import type { Context } from '../context.js'
import { type ExitCode, exitCodes } from '../exit-codes.js'
import { findComponent } from '../find.js'
import { withFile } from '../open.js'
import { fieldLines } from '../render/fields.js'
import { table } from '../render/table.js'
import { createFrom, type CreateOptions } from '../create.js'

/** `bakeline component create -f FILE` */
export function create(
  context: Context,
  _: readonly [],
  options: CreateOptions,
): Promise<ExitCode> {
  return createFrom(context, options, {
    key: 'components',
    idField: 'ImageComponentId',
    create: async (builder, parameters) =>
      (await builder.createComponent(parameters)).ImageComponentId,
  })
}

/** A component of the file or of the world, as it is listed. */
type Listed = Pick<
  Component,
  'ImageComponentId' | 'Name' | 'ComponentVersion' | 'ComponentType' | 'SystemType' | 'CreationTime'
> & { readonly region: string }

/** `bakeline component list` */
export function list(
  context: Context,
  _: readonly [],
  { system = false }: { readonly system?: boolean },
): Promise<ExitCode> {
  return withFile(context, {}, async (builder) => {
    const components = system ? await ofWorld(builder, context) : await created(builder, context)
    if (context.options.json) context.json({ components })
    else if (components.length === 0) {
      context.say('No components; "component list --system" shows those of the service.')
    } else {
      context.io.stdout.write(table(headings, components.map(rowOf), context.paint))
    }
    return exitCodes.success
  })
}

async function created(builder: ImageBuilder, { options }: Context): Promise<readonly Listed[]> {
  const { askedRegion: region } = options
  const rows = await builder.components(region === undefined ? {} : { region })
  return rows.map((row) => listed(row, row.Region))
}

async function ofWorld(builder: ImageBuilder, { options }: Context): Promise<readonly Listed[]> {
  const { components } = await builder.world()
  return components
    .filter(({ regions }) => regions?.includes(options.region) ?? true)
    .map((component) => listed(component, component.regions?.join(' ') ?? 'every'))
}

/** Without the content: that is for `show`. */
function listed(from: Omit<Listed, 'region'>, region: string): Listed {
  const { ImageComponentId, Name, ComponentVersion } = from
  const { ComponentType, SystemType, CreationTime } = from
  return {
    ImageComponentId,
    Name,
    ComponentVersion,
    ComponentType,
    SystemType,
    CreationTime,
    region,
  }
}

const headings = ['COMPONENT', 'NAME', 'VERSION', 'TYPE', 'SYSTEM', 'REGION']

function rowOf(row: Listed): string[] {
  const { ImageComponentId, Name, ComponentVersion, ComponentType, SystemType, region } = row
  return [ImageComponentId, Name, ComponentVersion, ComponentType, SystemType, region]
}

/** `bakeline component show <component>`: of the file, or by id one of the service's. */
export function show(context: Context, [word]: readonly [string]): Promise<ExitCode> {
  return withFile(context, {}, async (builder) => {
    const system = (await builder.world()).components.find((each) => each.ImageComponentId === word)
    const component = system ?? (await findComponent(builder, word, context))
    if (context.options.json) {
      context.json(component)
      return exitCodes.success
    }
    const { Content, Name, ImageComponentId, ComponentVersion } = component
    const region = 'Region' in component ? component.Region : ''
    const fields = fieldLines(
      [
        ['Component', ImageComponentId],
        ['Name', Name],
        ['Version', ComponentVersion],
        ['Type', `${component.ComponentType}, ${component.SystemType}`],
        ['Region', region],
        ['Created', component.CreationTime],
        ['About', component.Description ?? ''],
      ],
      context.paint,
    )
    context.io.stdout.write(`${fields}\n${Content.replace(/\n?$/, '\n')}`)
    return exitCodes.success
  })
}

/** `bakeline component delete <component>` */
export function remove(context: Context, [word]: readonly [string]): Promise<ExitCode> {
  return withFile(context, {}, async (builder) => {
    const { ImageComponentId, Region, Name } = await findComponent(builder, word, context)
    await builder.deleteComponent({ RegionId: Region, ImageComponentId })
    if (context.options.json) context.json({ ImageComponentId, deleted: true })
    else context.say(`${ImageComponentId} (${Name}) is deleted.`)
    return exitCodes.success
  })
}
