import type { Json } from '../../core/json.js'
import type { Transaction } from '../../engine/transaction.js'
import type { Answer } from '../operation.js'
import { progressionOf } from './setting.js'

/** Counts beyond these are of executions that nobody has described to their end. */
const mostCounts = 100_000

/**
 * Counts how often executions were described, in this process, and moves on those whose progression
 * is `manual`. The answer that counts is already made: it has the status before.
 */
export class Polls {
  readonly #counts = new Map<string, number>()

  /** Takes note of an answer, in the transaction that made it. */
  answered(tx: Transaction, action: string, answer: Answer): void {
    if (action !== 'DescribeImagePipelineExecutions') return
    for (const { ExecutionId: id, ImagePipelineId: template } of described(answer)) {
      const progression = progressionOf(tx, template)
      if (progression.mode !== 'manual' || tx.get(id)?.outcome !== null) this.#counts.delete(id)
      else this.#count(tx, id, progression.describes)
    }
  }

  #count(tx: Transaction, id: string, describes: number): void {
    const count = (this.#counts.get(id) ?? 0) + 1
    this.#counts.delete(id)
    if (count >= describes) tx.endTasks(id)
    else {
      if (this.#counts.size >= mostCounts) this.#counts.clear()
      this.#counts.set(id, count)
    }
  }
}

interface Described {
  readonly ExecutionId: string
  readonly ImagePipelineId: string
}

function described(answer: Answer): readonly Described[] {
  const list = answer['ImagePipelineExecution'] as { readonly [field: string]: Json } | undefined
  return (list?.['ImagePipelineExecutionSet'] ?? []) as unknown as readonly Described[]
}
