import type { ImageBuilder } from '../../imagebuilder/image-builder.js'
import type { Image } from '../../imagebuilder/rows.js'
import type { WorldImage } from '../../imagebuilder/world/types.js'
import type { Context } from '../context.js'
import { CliError, type ExitCode, exitCodes } from '../exit-codes.js'
import { withFile } from '../open.js'
import { fieldLines } from '../render/fields.js'
import { type Cell, table } from '../render/table.js'

/** `bakeline image list` */
export function list(
  context: Context,
  _: readonly [],
  { base = false }: { readonly base?: boolean },
): Promise<ExitCode> {
  return withFile(context, {}, (builder) =>
    base ? listBase(builder, context) : listMade(builder, context),
  )
}

async function listMade(builder: ImageBuilder, context: Context): Promise<ExitCode> {
  const { askedRegion: region, json } = context.options
  const images = await builder.images(region === undefined ? {} : { region })
  if (json) context.json({ images })
  else if (images.length === 0)
    context.say('No images; "image list --base" shows what to build from.')
  else context.io.stdout.write(table(madeHeadings, images.map(madeRow), context.paint))
  return exitCodes.success
}

const madeHeadings = ['IMAGE', 'NAME', 'REGION', 'STATUS', 'CREATED', 'EXECUTION']

function madeRow({ ImageId, ImageName, Region, Status, CreationTime, ExecutionId }: Image): Cell[] {
  return [ImageId, ImageName, Region, [Status, statusColours[Status]], CreationTime, ExecutionId]
}

const statusColours = { Available: 'green', Creating: 'cyan', CreateFailed: 'red' } as const

async function listBase(builder: ImageBuilder, context: Context): Promise<ExitCode> {
  const { region } = context.options
  const { images } = await builder.world()
  const here = images.filter(({ regions }) => regions?.includes(region) ?? true)
  if (context.options.json) context.json({ images: here })
  else context.io.stdout.write(table(baseHeadings, here.map(baseRow), context.paint))
  return exitCodes.success
}

const baseHeadings = ['IMAGE', 'FAMILY', 'SYSTEM', 'ARCHITECTURE', 'OWNER', 'CREATED']

function baseRow(image: WorldImage): string[] {
  const { ImageId, ImageFamily = '', OSName, Architecture, owner, CreationTime } = image
  return [ImageId, ImageFamily, OSName, Architecture, owner, CreationTime]
}

/** `bakeline image show <image>` */
export function show(context: Context, [id]: readonly [string]): Promise<ExitCode> {
  return withFile(context, {}, async (builder) => {
    const [image] = await builder.images({ id })
    const base = image ? undefined : (await builder.world()).images.find((i) => i.ImageId === id)
    if (!image && !base) {
      const message = `no image "${id}" in ${context.options.db}; "bakeline image list" shows which`
      throw new CliError(exitCodes.notFound, 'NOT_FOUND', message, { image: id })
    }
    const shares = (await builder.shares(id)).map(({ Account, SharedTime }) => ({
      Account,
      SharedTime,
    }))
    const fields = Object.entries(image ?? base ?? {})
    if (context.options.json) context.json({ ...(image ?? base), shares })
    else {
      context.io.stdout.write(
        fieldLines(
          [
            ...fields.map(([name, value]) => [name, textOf(value)] as const),
            ['Shared with', shares.map(({ Account }) => Account).join(' ')],
          ],
          context.paint,
        ),
      )
    }
    return exitCodes.success
  })
}

function textOf(value: unknown): string {
  return Array.isArray(value) ? value.join(' ') : String(value)
}
