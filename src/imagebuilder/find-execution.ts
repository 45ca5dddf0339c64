import { executionMachine } from '../../machines/execution.js'
import type { Transaction } from '../engine/transaction.js'
import type { Execution } from '../engine/types.js'

/** An execution of a template. */
export type TemplateExecution = Execution<typeof executionMachine>

/** The execution of an account in a region; undefined for one of another machine, too. */
export function findExecution(
  tx: Pick<Transaction, 'get'>,
  id: string,
  { region, account }: { readonly region: string; readonly account: string },
): TemplateExecution | undefined {
  const execution = ofTemplate(tx, id)
  return execution?.context.region === region && execution.context.account === account
    ? execution
    : undefined
}

/** The template of an execution, whoever has it. */
export function templateIdOf(tx: Pick<Transaction, 'get'>, id: string): string | undefined {
  return ofTemplate(tx, id)?.context.templateId
}

/** Whether an execution is a template's: images made by calls run on a machine of their own. */
export function isTemplateExecution({ machine }: { readonly machine: string }): boolean {
  return machine.startsWith(`${executionMachine.id}@`)
}

function ofTemplate(tx: Pick<Transaction, 'get'>, id: string): TemplateExecution | undefined {
  const execution = tx.get(id) as TemplateExecution | undefined
  return execution && isTemplateExecution(execution) ? execution : undefined
}
