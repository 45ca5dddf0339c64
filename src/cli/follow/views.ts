import { timeText } from '../../imagebuilder/rows.js'
import type { Context } from '../context.js'
import { treeOf, statusSegment } from '../render/progress.js'
import { Screen } from '../render/screen.js'
import { paintLine, type Segment } from '../render/segments.js'
import { oneLine } from '../render/width.js'
import type { Change } from './life.js'
import { type Picture, pictureJson } from './picture.js'

/** What is shown at one moment. */
export interface Moment {
  readonly changes: readonly Change[]
  readonly pictures: readonly Picture[]
  /** The file's clock in words, for the last line of the tree. */
  readonly clock: string
}

/** Shows how executions get on. */
export interface View {
  show(moment: Moment): void
  /** The last word, also when it was interrupted. */
  end(moment: Moment): void
  /** How often the view wants to be shown although nothing has changed, in milliseconds. */
  readonly everyMs: number
}

/** A tree on a terminal, lines in a pipe, JSON when it is asked for. */
export function viewFor(context: Context): View {
  if (context.options.json) return jsonView(context)
  return context.io.stdout.isTTY ? treeView(context) : lineView(context)
}

function treeView({ io, paint }: Context): View {
  const screen = new Screen(io.stdout, paint)
  const lines = ({ pictures, clock }: Moment): (readonly Segment[])[] => [
    ...pictures.flatMap((picture, index) => [...(index > 0 ? [['']] : []), ...treeOf(picture)]),
    [{ text: `   ${clock}`, format: 'dim' }],
  ]
  return {
    everyMs: 100,
    show: (moment) => screen.show(lines(moment)),
    end: (moment) => screen.end(lines(moment)),
  }
}

function lineView({ say, paint }: Context): View {
  const told = new Set<string>()
  const show = ({ changes, pictures }: Moment): void => {
    const changed = new Set(changes.map(({ execution }) => execution))
    // Where it stands, for whom nothing new has happened since it is looked at.
    const standing = pictures.filter(({ run }) => !told.has(run.id) && !changed.has(run.id))
    for (const line of [...standing.map(standLine), ...changes.map(changeLine)]) {
      say(paintLine(line, paint, Number.POSITIVE_INFINITY))
    }
    for (const { run } of pictures) told.add(run.id)
  }
  return { everyMs: 1_000, show, end: show }
}

function standLine({ run, described }: Picture): readonly Segment[] {
  const { Status, Message } = described
  return [`${timeText(run.updatedAt)} ${run.id} `, statusSegment(Status), ` ${oneLine(Message)}`]
}

function jsonView({ json }: Context): View {
  const show = ({ changes }: Moment): void => {
    for (const change of changes) json(changeJson(change))
  }
  return {
    everyMs: 1_000,
    show,
    end(moment) {
      show(moment)
      for (const picture of moment.pictures) {
        json({ type: 'execution', ...pictureJson(picture) })
      }
    },
  }
}

/** `2026-01-05T02:01:00Z exec-… BUILDING Building the image.` */
export function changeLine(change: Change): readonly Segment[] {
  const { at, execution, status, message, attempt } = change
  const text = attempt === null ? message : attemptText(attempt)
  return [`${timeText(at)} ${execution} `, statusSegment(status), ` ${oneLine(text)}`]
}

function attemptText({ task, attempt, phase, error, retryAt }: NonNullable<Change['attempt']>) {
  if (phase === 'slot') return `${task} got a slot.`
  if (phase === 'started') return `${task} attempt ${attempt} started.`
  if (phase === 'lost') return `${task} attempt ${attempt} was lost with its process.`
  const again = retryAt === undefined ? '' : ` Again at ${timeText(retryAt)}.`
  const { code, name, message } = error ?? { name: 'Error', message: '' }
  return `${task} attempt ${attempt} failed: ${code ?? name}, ${message}${again}`
}

/** A change as `--json` has it. */
export function changeJson({ at, seq, execution, status, message, attempt }: Change): object {
  const time = timeText(at)
  if (attempt === null) return { type: 'change', at: time, execution, seq, status, message }
  const { retryAt, ...rest } = attempt
  const again = retryAt === undefined ? {} : { retryAt: timeText(retryAt) }
  return { type: 'attempt', at: time, execution, seq, status, ...rest, ...again }
}
