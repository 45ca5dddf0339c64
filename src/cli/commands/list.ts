import { executionStatuses } from '../../../machines/status.js'
import { formatDuration } from '../../core/duration.js'
import { nearest } from '../../core/nearest.js'
import type { ExecutionQuery, Reader } from '../../core/ports.js'
import { isTemplateExecution } from '../../imagebuilder/find-execution.js'
import type { ImageBuilder } from '../../imagebuilder/image-builder.js'
import { timeText } from '../../imagebuilder/rows.js'
import type { Context } from '../context.js'
import { type ExitCode, exitCodes, wrongInput } from '../exit-codes.js'
import { findExecution, findTemplate } from '../find.js'
import { type Picture, pictureJson, pictureOf } from '../follow/picture.js'
import { withFile } from '../open.js'
import { statusSegment } from '../render/progress.js'
import { type Cell, table } from '../render/table.js'

interface ListOptions {
  readonly limit?: string
  readonly status?: readonly string[]
  readonly template?: string
  readonly after?: string
  readonly all?: boolean
}

type Filter = Omit<ExecutionQuery, 'limit'>

/** A page is read in one go; all of them together are not. */
const pageSize = 500

/** `bakeline list` */
export function list(context: Context, _: readonly [], options: ListOptions): Promise<ExitCode> {
  const limit = options.all === true ? Number.POSITIVE_INFINITY : limitOf(options.limit)
  const filter = statusFilter(options.status ?? [])
  return withFile(context, {}, async (builder) => {
    const full = { ...filter, ...(await references(builder, context, options)) }
    const { pictures, more } = await collect(builder, context, full, limit)
    const last = pictures.at(-1)?.run.id
    if (context.options.json) {
      context.json({ executions: pictures.map(pictureJson), next: more && last ? last : null })
      return exitCodes.success
    }
    if (pictures.length === 0) context.say('No executions.')
    else context.io.stdout.write(table(headings, pictures.map(rowOf), context.paint))
    if (more && last) context.note(`There are more: --after ${last}, or --all.`)
    return exitCodes.success
  })
}

function limitOf(text = '20'): number {
  const limit = Number(text)
  if (/^\d{1,7}$/.test(text) && limit > 0) return limit
  throw wrongInput(`"${text}" is not a limit: give a whole number from 1`)
}

function statusFilter(words: readonly string[]): Filter {
  const statuses: string[] = []
  const filter: { live?: boolean; stuck?: boolean } = {}
  for (const word of words) {
    const status = executionStatuses.find((each) => each === word.toUpperCase())
    if (word === 'live' || word === 'ended') filter.live = word === 'live'
    else if (word === 'stuck') filter.stuck = true
    else if (status) statuses.push(status)
    else throw unknownStatus(word)
  }
  return { ...filter, ...(statuses.length === 0 ? {} : { statuses }) }
}

function unknownStatus(word: string): Error {
  const legal = [...executionStatuses, 'live', 'ended', 'stuck']
  const close = nearest(word, legal)
  const hint = close === undefined ? `one of ${legal.join(', ')}` : `did you mean ${close}?`
  return wrongInput(`"${word}" is not a status: ${hint}`)
}

/** The template and the last execution of the page before, as the query has them. */
async function references(
  builder: ImageBuilder,
  context: Context,
  { template, after }: ListOptions,
): Promise<Filter> {
  const key =
    template === undefined ? null : (await findTemplate(builder, template, context)).ImagePipelineId
  if (after !== undefined) await findExecution(builder, after, context)
  const n = await builder.engine.read((reader) =>
    after === undefined ? undefined : reader.executionById(after)?.n,
  )
  return {
    ...(key === null ? {} : { singletonKey: key }),
    ...(n === undefined ? {} : { after: n }),
  }
}

async function collect(
  { engine }: ImageBuilder,
  { options }: Context,
  filter: Filter,
  limit: number,
): Promise<{ readonly pictures: readonly Picture[]; readonly more: boolean }> {
  const { now } = await engine.clock()
  const pictures: Picture[] = []
  let after = filter.after
  for (;;) {
    const query = { ...filter, limit: pageSize, ...(after === undefined ? {} : { after }) }
    const page = await engine.read((reader) =>
      reader.executions(query).map((row) => ({
        n: row.n,
        picture: isTemplateExecution(row) ? drawn(reader, row.id, now) : undefined,
      })),
    )
    for (const { picture } of page) {
      const region = picture?.described.RegionId
      if (!picture || (options.askedRegion ?? region) !== region) continue
      if (pictures.length === limit) return { pictures, more: true }
      pictures.push(picture)
    }
    after = page.at(-1)?.n
    if (page.length < pageSize) return { pictures, more: false }
  }
}

/** Without its parts: those take a history to draw. */
function drawn(reader: Reader, id: string, now: number): Picture | undefined {
  return pictureOf(reader, id, { life: () => undefined, now })
}

const headings = ['EXECUTION', 'TEMPLATE', 'REGION', 'STATUS', 'STARTED', 'LASTED', '']

function rowOf({ run, known, described, template, lasted }: Picture): Cell[] {
  const status = statusSegment(described.Status)
  return [
    run.id,
    template,
    described.RegionId,
    typeof status === 'string' ? status : ([status.text, status.format] as const),
    timeText(run.startedAt),
    formatDuration(Math.floor(lasted / 1_000) * 1_000),
    run.stuck !== null
      ? (['stuck', 'red'] as const)
      : known || run.outcome !== null
        ? ''
        : (`waits for ${run.machine}` as const),
  ]
}
