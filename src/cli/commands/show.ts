import { formatDuration } from '../../core/duration.js'
import type { WorkRow } from '../../core/ports.js'
import { isHeldRow, taskBody } from '../../engine/tasks.js'
import type { ImageBuilder } from '../../imagebuilder/image-builder.js'
import {
  findRows,
  getRow,
  type Image,
  type Share,
  type Tag,
  timeText,
} from '../../imagebuilder/rows.js'
import type { Context } from '../context.js'
import { type ExitCode, exitCodes } from '../exit-codes.js'
import { findExecution } from '../find.js'
import { Lives } from '../follow/lives.js'
import { type Picture, pictureJson, pictureOf } from '../follow/picture.js'
import { withFile } from '../open.js'
import { treeOf } from '../render/progress.js'
import { type Fields, fieldLines } from '../render/fields.js'
import { paintLine } from '../render/segments.js'
import { table } from '../render/table.js'

/** `bakeline show <execution>` */
export function show(context: Context, [id]: readonly [string]): Promise<ExitCode> {
  return withFile(context, {}, async (builder) => {
    await findExecution(builder, id, context)
    const all = await gather(builder, id)
    if (context.options.json) context.json(allJson(all))
    else context.io.stdout.write(allText(all, context))
    return exitCodes.success
  })
}

/** Everything that is known of an execution. */
interface All {
  readonly picture: Picture
  readonly work: readonly WorkRow[]
  readonly images: readonly Image[]
  readonly shares: readonly Share[]
  readonly tags: readonly Tag[]
  readonly now: number
}

async function gather(builder: ImageBuilder, id: string): Promise<All> {
  const { now } = await builder.engine.clock()
  const lives = await Lives.from(builder, [id])
  return builder.engine.read((reader) => {
    const picture = pictureOf(reader, id, { life: (n) => lives.of(reader, n), now })
    const row = reader.executionById(id)
    if (!picture || !row) throw new Error(`${id} vanished between two reads`)
    const { imageId, copies } = picture.known ? picture.run.context : { imageId: '', copies: [] }
    const ids = [imageId, ...copies.map((copy) => copy.imageId)]
    const images = ids.flatMap((imageId) => getRow(reader, 'image', imageId) ?? [])
    return {
      picture,
      work: reader.workOf(row.n),
      images,
      shares: images.flatMap(({ ImageId }) => findRows(reader, 'share', { ImageId })),
      tags: getRow(reader, 'executionTags', id)?.Tag ?? [],
      now,
    }
  })
}

function allText({ picture, work, images, shares, tags, now }: All, context: Context): string {
  const { paint } = context
  const tree = treeOf(picture).map((line) => paintLine(line, paint, Number.POSITIVE_INFINITY))
  const tasks = work.map((row) => taskRow(row, now))
  const pictures = images.map((image) => [
    image.Region,
    image.ImageId,
    image.Status,
    image.ImageName,
    shares
      .filter(({ ImageId }) => ImageId === image.ImageId)
      .map(({ Account }) => Account)
      .join(' '),
  ])
  return [
    `${tree.join('\n')}\n`,
    fieldLines(fieldsOf(picture, tags), paint),
    ...(tasks.length === 0 ? [] : [table(['PENDING', 'STATE', 'DUE', 'ATTEMPT'], tasks, paint)]),
    ...(pictures.length === 0
      ? []
      : [table(['REGION', 'IMAGE', 'STATUS', 'NAME', 'SHARED WITH'], pictures, paint)]),
  ].join('\n')
}

function fieldsOf({ run, known, described, template }: Picture, tags: readonly Tag[]): Fields {
  const place = described.RegionId === '' ? '' : ` in ${described.RegionId}`
  return [
    ['Template', `${template} (${described.ImagePipelineId})${place}`],
    ['Error', described.ErrorCode === '' ? '' : `${described.ErrorCode}: ${described.Message}`],
    ...(known ? contextFields(run) : []),
    ['Started', timeText(run.startedAt)],
    ['Changed', timeText(run.updatedAt)],
    ['Ended', run.endedAt === null ? '' : timeText(run.endedAt)],
    ['Machine', `${run.machine}, record ${run.seq}`],
    ['Tags', tags.map(({ Key, Value }) => `${Key}=${Value}`).join(' ')],
    ['Stuck', run.stuck === null ? '' : `since ${timeText(run.stuck.at)}: ${run.stuck.message}`],
  ]
}

function contextFields({ context }: Picture['run']): Fields {
  const [, ...others] = context.problems
  return [
    ...others.map((problem) => {
      const place = 'region' in problem ? ` in ${problem.region}` : ''
      return ['', `${problem.code}: ${problem.stage}${place}: ${problem.message}`] as const
    }),
    ['Base image', context.baseImage],
    ['Instance', context.instanceType],
  ]
}

function taskRow(row: WorkRow, now: number): string[] {
  const attempt = row.kind === 'task' ? String(taskBody(row).attempt) : ''
  return [row.id, row.parked ? 'parked' : row.state, dueText(row, now), attempt]
}

function dueText(row: WorkRow, now: number): string {
  const { due, axis } = row
  if (isHeldRow(row)) return 'with DescribeImagePipelineExecutions'
  if (due === null) return 'when it gets a slot'
  if (axis === 'wall') return timeText(due)
  const left = due - now
  const away = left >= 0 ? `in ${formatDuration(left)}` : `overdue by ${formatDuration(-left)}`
  return `${timeText(due)} (${away})`
}

function allJson({ picture, work, images, shares, tags }: All): object {
  return {
    ...pictureJson(picture),
    machine: picture.run.machine,
    seq: picture.run.seq,
    problems: picture.known ? picture.run.context.problems : [],
    tags,
    tasks: work.map((row) => ({
      id: row.id,
      state: row.parked ? 'parked' : row.state,
      due: row.due === null ? null : timeText(row.due),
      attempt: row.kind === 'task' ? taskBody(row).attempt : null,
    })),
    images: images.map((image) => ({
      ...image,
      sharedWith: shares.filter(({ ImageId }) => ImageId === image.ImageId).map((s) => s.Account),
    })),
  }
}
