import { isTemplateExecution } from '../../imagebuilder/find-execution.js'
import type { Context } from '../context.js'
import { type ExitCode, exitCodes } from '../exit-codes.js'
import { findExecution } from '../find.js'
import { follow } from '../follow/follow.js'
import { goOn } from '../hints.js'
import { withFile } from '../open.js'

interface WatchOptions {
  readonly passive?: boolean
}

/** `bakeline watch [execution]` */
export function watch(
  context: Context,
  [id]: readonly [string | undefined],
  { passive = false }: WatchOptions,
): Promise<ExitCode> {
  return withFile(context, {}, async (builder) => {
    const live = { live: true, limit: Number.MAX_SAFE_INTEGER }
    const runs =
      id === undefined
        ? (await builder.engine.list(live)).filter(isTemplateExecution)
        : [await findExecution(builder, id, context)]
    const ids = runs.map((run) => run.id)
    if (ids.length === 0) {
      if (context.options.json) return exitCodes.success
      context.say('Nothing is running.')
      return exitCodes.success
    }
    const code = await follow(builder, context, { ids, passive })
    if (code === exitCodes.interrupted) {
      const { state } = await builder.engine.clock()
      context.note(goOn(context, ids, state.mode))
    }
    return code
  })
}
