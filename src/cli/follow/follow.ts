import { type ClockState, clockName } from '../../core/clock.js'
import type { ImageBuilder } from '../../imagebuilder/image-builder.js'
import { timeText } from '../../imagebuilder/rows.js'
import type { Context } from '../context.js'
import { CliError, type ExitCode, exitCodes } from '../exit-codes.js'
import { Lives } from './lives.js'
import { type Picture, pictureOf } from './picture.js'
import { type Moment, viewFor } from './views.js'
import { nextLook } from './wait.js'

export interface FollowOptions {
  readonly ids: readonly string[]
  /** The record after which changes are told; from now on when absent. */
  readonly since?: number
  /** Only look: neither work nor move a virtual clock. */
  readonly passive?: boolean
}

/** What an execution has come to, for who follows it. */
type State = 'live' | 'ended' | 'stuck'

/**
 * Works executions to their ends and shows how they get on: in a file whose time runs by working
 * and waiting, on a virtual clock by jumping from one due item to the next.
 *
 * @returns 0 when all are SUCCESS, 1 when one ended otherwise, 3 when one is stuck, 130 when
 *   interrupted
 * @throws CliError 3 when nothing that could be done here would bring them on; 4 when one is gone
 */
export async function follow(
  builder: ImageBuilder,
  context: Context,
  { ids, since, passive = false }: FollowOptions,
): Promise<ExitCode> {
  const { engine } = builder
  const lives = await Lives.from(builder, ids, since)
  const view = viewFor(context)
  const { state: clock } = await engine.clock()
  const virtual = clock.mode === 'virtual'
  if (!virtual && !passive) engine.run()
  for (;;) {
    const wait = nextLook(engine, context.io.signal, view.everyMs)
    const moment = await look(builder, lives, ids)
    const states = moment.pictures.map(stateOf)
    const over = states.every((state) => state !== 'live')
    if (over || context.io.signal.aborted) {
      wait.cancel()
      view.end(moment)
      return over ? verdict(moment.pictures) : exitCodes.interrupted
    }
    view.show(moment)
    if (virtual && !passive) {
      wait.cancel()
      await onward(builder, moment, (last) => view.end(last))
    } else await wait.promise
  }
}

async function look(
  { engine }: ImageBuilder,
  lives: Lives,
  ids: readonly string[],
): Promise<Moment> {
  const { state, now } = await engine.clock()
  return engine.read((reader) => {
    const changes = lives.news(reader)
    const pictures = ids.map((id) => {
      const picture = pictureOf(reader, id, { life: (n) => lives.of(reader, n), now })
      if (picture) return picture
      const message = `${id} is gone: its template was deleted`
      throw new CliError(exitCodes.notFound, 'NOT_FOUND', message, { execution: id })
    })
    return { changes, pictures, clock: clockText(state, now) }
  })
}

function clockText(clock: ClockState, now: number): string {
  return `${timeText(now)}, clock ${clockName(clock)}`
}

function stateOf({ run }: Picture): State {
  if (run.outcome !== null) return 'ended'
  return run.stuck === null ? 'live' : 'stuck'
}

function verdict(pictures: readonly Picture[]): ExitCode {
  if (pictures.some((picture) => stateOf(picture) === 'stuck')) return exitCodes.refused
  const well = pictures.every(({ described }) => described.Status === 'SUCCESS')
  return well ? exitCodes.success : exitCodes.otherEnd
}

/** Moves the virtual clock to what is due next. */
async function onward(
  { engine }: ImageBuilder,
  moment: Moment,
  end: (moment: Moment) => void,
): Promise<void> {
  const moved = await engine.jump()
  if (moved !== null && moved.held === null) return
  if (moved !== null && moved.done > 0) return
  end({ ...moment, changes: [] })
  const why =
    moved === null
      ? 'nothing is due at any time, unless somebody describes it (progression manual)'
      : moved.held === 'machine'
        ? 'what is due next belongs to a machine that this version does not have'
        : 'what is due next is a task that runs in another process'
  const live = moment.pictures.filter((picture) => stateOf(picture) === 'live')
  throw new CliError(
    exitCodes.refused,
    'HELD',
    `${live.map(({ run }) => run.id).join(', ')} cannot go on: ${why}; "bakeline doctor" says more`,
  )
}
