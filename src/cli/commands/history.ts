import { formatDuration } from '../../core/duration.js'
import type { StepRecord } from '../../core/history.js'
import type { Json } from '../../core/json.js'
import type { RecordRow } from '../../core/ports.js'
import { timeText } from '../../imagebuilder/rows.js'
import { sentence } from '../../simulate/replay/clauses.js'
import { tell } from '../../simulate/replay/story.js'
import type { Context } from '../context.js'
import { type ExitCode, exitCodes } from '../exit-codes.js'
import { findExecution, type Run } from '../find.js'
import { withFile } from '../open.js'
import { table } from '../render/table.js'

/** `bakeline history <execution>` */
export function history(context: Context, [id]: readonly [string]): Promise<ExitCode> {
  return withFile(context, {}, async (builder) => {
    const run = await findExecution(builder, id, context)
    const records = await builder.engine.history(id)
    if (context.options.json) for (const record of records) context.json(recordJson(record))
    else context.io.stdout.write(table(headings, rowsOf(records, run), context.paint))
    return exitCodes.success
  })
}

const headings = ['SEQ', 'TIME', 'AFTER', 'WHAT HAPPENED']

function rowsOf(records: readonly RecordRow[], execution: Run): string[][] {
  let before: Json = null
  return records.map((record) => {
    const { clauses } = tell(record, { before, execution, start: execution.startedAt })
    if (record.kind === 'step') before = (JSON.parse(record.body) as StepRecord).value
    const after = `+${formatDuration(record.at - execution.startedAt)}`
    return [String(record.seq), timeText(record.at), after, sentence(clauses)]
  })
}

/** A record as it is stored, its body as JSON. */
function recordJson({ n, seq, at, kind, body }: RecordRow): object {
  return { n, seq, at: new Date(at).toISOString(), kind, ...(JSON.parse(body) as object) }
}
