import { createHash } from 'node:crypto'
import type { RecordRow } from '../../core/ports.js'

/**
 * The canonical text of a run: every command with its answer and every record, one a line. The same
 * scenario, seed and version give the same bytes.
 */
export class Trace {
  readonly lines: string[] = []

  command(at: number, text: string, answer: string): void {
    this.lines.push(`${stamp(at)} > ${text} = ${answer}`)
  }

  record(record: RecordRow, executionId: string): void {
    const { at, n, seq, kind, body } = record
    this.lines.push(`${stamp(at)} ${n} ${executionId} ${seq} ${kind} ${body}`)
  }

  /** Of the text alone: file names, versions and machines do not enter it. */
  hash(): string {
    return createHash('sha256').update(this.lines.join('\n')).digest('hex')
  }
}

function stamp(at: number): string {
  return new Date(at).toISOString()
}
