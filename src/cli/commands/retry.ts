import type { Context } from '../context.js'
import { type ExitCode, exitCodes } from '../exit-codes.js'
import { findExecution } from '../find.js'
import { withFile } from '../open.js'

/** `bakeline retry <execution>` */
export function retry(context: Context, [id]: readonly [string]): Promise<ExitCode> {
  return withFile(context, {}, async (builder) => {
    await findExecution(builder, id, context)
    await builder.engine.retry(id)
    // What was parked is due now: whether it goes well is what the caller wants to know.
    await builder.engine.settle()
    const run = await findExecution(builder, id, context)
    if (context.options.json) {
      context.json({ ExecutionId: id, Status: run.status, stuck: run.stuck })
    } else if (run.stuck === null) context.say(`${id} goes on: ${run.status}`)
    else context.say(`${id} is stuck again: ${run.stuck.message}`)
    return run.stuck === null ? exitCodes.success : exitCodes.refused
  })
}
