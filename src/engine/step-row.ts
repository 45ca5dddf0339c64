import type { StepRecord } from '../core/history.js'
import type { ExecutionRow, RecordRow } from '../core/ports.js'

/**
 * The record of a step that this process takes. Its text is made when somebody wants it: a store may
 * have a shorter one.
 */
export class StepRow implements RecordRow {
  readonly n: number
  readonly execution: number
  readonly seq: number
  readonly at: number
  readonly said: StepRecord

  /** @param before the execution as it was before the step */
  constructor(n: number, before: ExecutionRow, at: number, said: StepRecord) {
    this.n = n
    this.execution = before.n
    this.seq = before.seq + 1
    this.at = at
    this.said = said
  }

  get kind(): 'step' {
    return 'step'
  }

  get body(): string {
    return JSON.stringify(this.said)
  }
}
