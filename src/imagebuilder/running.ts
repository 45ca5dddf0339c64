import { formatDuration } from '../core/duration.js'
import type { Transaction } from '../engine/transaction.js'
import type { Execution } from '../engine/types.js'
import { EcsError } from './errors.js'
import { timeText } from './rows.js'

/** The live execution of a template. */
export function liveOf(tx: Transaction, templateId: string): Execution | undefined {
  return tx.live(templateId)
}

/**
 * The template is busy: names the execution that runs, since when, and why it may not get on.
 *
 * @param intent what cannot be done meanwhile: `be started again`
 */
export function runningError(
  tx: Transaction,
  templateId: string,
  live: Execution,
  intent: string,
): EcsError {
  const message =
    `The image pipeline ${templateId} has a running execution ${live.id} (${live.status} since ` +
    `${timeText(live.updatedAt)}); it cannot ${intent} before that has ended.${hindrance(tx, live)}`
  return new EcsError(403, 'InvalidImagePipeline.HasRunningExecution', message, {
    ImagePipelineId: templateId,
    ExecutionId: live.id,
  })
}

/** What keeps the running execution, when something does. */
function hindrance(tx: Transaction, live: Execution): string {
  if (live.stuck !== null) {
    return ` It is stuck (${live.stuck.message}) and waits for a retry.`
  }
  const due = tx.nextDue(live.id)
  // What is due was worked off before this was decided: whatever is left, nobody here can do.
  if (due === null || due >= tx.now) return ''
  return ` It is overdue by ${formatDuration(tx.now - due)}: nobody who can do its work has this file open.`
}
