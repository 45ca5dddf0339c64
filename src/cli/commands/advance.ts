import { durationMs, formatDuration } from '../../core/duration.js'
import type { Moved } from '../../engine/virtual.js'
import { timeText } from '../../imagebuilder/rows.js'
import type { Context } from '../context.js'
import { type ExitCode, exitCodes, wrongInput } from '../exit-codes.js'
import { Lives } from '../follow/lives.js'
import { changeJson, changeLine } from '../follow/views.js'
import { withFile } from '../open.js'
import { paintLine } from '../render/segments.js'

interface AdvanceOptions {
  readonly next?: boolean
}

/** `bakeline advance [duration]` */
export function advance(
  context: Context,
  [duration]: readonly [string | undefined],
  { next = false }: AdvanceOptions,
): Promise<ExitCode> {
  if (next === (duration !== undefined)) {
    throw wrongInput('say how far: a duration (bakeline advance 10m), or --next')
  }
  const by = duration === undefined ? null : durationMs(duration)
  return withFile(context, {}, async (builder) => {
    const { engine } = builder
    const lives = await Lives.from(builder, null)
    const before = await engine.clock()
    const moved = by === null ? await engine.jump() : await engine.advance(by)
    const changes = await engine.read((reader) => lives.news(reader))
    for (const change of changes) {
      if (context.options.json) context.json(changeJson(change))
      else context.say(paintLine(changeLine(change), context.paint, Number.POSITIVE_INFINITY))
    }
    return tell(context, before.now, moved)
  })
}

function tell(
  { options, json, say, note }: Context,
  before: number,
  moved: Moved | null,
): ExitCode {
  const now = moved?.now ?? before
  const held = moved?.held ?? null
  if (options.json) {
    json({ type: 'clock', now: timeText(now), advancedMs: now - before, held })
  } else if (moved === null) say('Nothing is due; the clock stays.')
  else say(`It is ${timeText(now)} now, ${formatDuration(now - before)} later.`)
  if (held === null) return exitCodes.success
  note(`bakeline: stopped early, ${heldText(held)}`)
  return exitCodes.refused
}

function heldText(held: 'machine' | 'task'): string {
  return held === 'machine'
    ? 'as what is due next belongs to a machine that this version does not have'
    : 'as a task runs in another process'
}
