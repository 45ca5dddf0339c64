import type { GlobalOptions } from './options.js'
import type { Io } from './io.js'
import type { Paint } from './render/paint.js'

/** What every command is given beside its own arguments. */
export interface Context {
  readonly io: Io
  readonly options: GlobalOptions
  readonly paint: Paint
  /** Writes a line to standard output. */
  readonly say: (line: string) => void
  /** Writes a line to standard error: notes that are no result. */
  readonly note: (line: string) => void
  /** Writes one value as one line of JSON. */
  readonly json: (value: unknown) => void
}
