import type { Context } from '../context.js'
import { type ExitCode, exitCodes } from '../exit-codes.js'
import { findExecution } from '../find.js'
import { withFile } from '../open.js'

interface CancelOptions {
  readonly force?: boolean
}

/** `bakeline cancel <execution>` */
export function cancel(
  context: Context,
  [id]: readonly [string],
  { force = false }: CancelOptions,
): Promise<ExitCode> {
  return withFile(context, {}, async (builder) => {
    const run = await findExecution(builder, id, context)
    if (force) await builder.endExecution(id)
    else {
      const RegionId = run.context.region
      await builder.cancelExecution({ RegionId, ExecutionId: id })
    }
    const now = await builder.execution(id)
    if (context.options.json) context.json(now)
    else context.say(`${id} is ${now?.Status ?? 'gone'}: ${now?.Message ?? ''}`)
    return exitCodes.success
  })
}
