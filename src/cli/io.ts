/** Where text goes. */
export interface Sink {
  write(text: string): void
  readonly isTTY: boolean
  /** Of a terminal, as it is now; 80 by 24 where nobody knows. */
  readonly columns: number
  readonly rows: number
}

/** Everything that a command has to do with the process around it; tests give their own. */
export interface Io {
  readonly stdout: Sink
  readonly stderr: Sink
  /** All of standard input. */
  readonly stdin: () => Promise<string>
  readonly env: Readonly<Record<string, string | undefined>>
  /** Aborted by Ctrl-C, SIGTERM, or when nobody reads the output any more. */
  readonly signal: AbortSignal
}
