import { pathToFileURL } from 'node:url'
import { printRows } from './print.js'
import type { Row } from './rows.js'

/** How much is measured. Every module keeps to it, so that `--quick` and the smoke test stay short. */
export interface Effort {
  /** `smoke`: as little as gives a number (a second a module); `quick`: seconds; `full`: minutes. */
  readonly size: 'smoke' | 'quick' | 'full'
  /** Interleaved rounds that count: 1, 3 or 5. */
  readonly rounds: number
  /** Bring in what is measured against where it lacks: the npm packages of `bench/peers`. */
  readonly install: boolean
  /** Tells what goes on while it goes on. */
  readonly say: (line: string) => void
}

/** What a module of `bench/` exports under this very name. */
export type MeasureRows = (effort: Effort) => Promise<readonly Row[]>

/** What the flags of a command line ask: `--quick`, `--smoke`, `--peers`. */
export function effortOf(flags: readonly string[], say: Effort['say'] = () => {}): Effort {
  const size = (['smoke', 'quick'] as const).find((name) => flags.includes(`--${name}`)) ?? 'full'
  return {
    size,
    rounds: { smoke: 1, quick: 3, full: 5 }[size],
    install: flags.includes('--peers'),
    say,
  }
}

/** One of three sizes, by the effort that is asked. */
export function sized<T>({ size }: Effort, sizes: Readonly<Record<Effort['size'], T>>): T {
  return sizes[size]
}

/**
 * Measures and prints when the module is what was started: `npx tsx bench/scale.ts --quick`;
 * with `--json` the rows as they are.
 *
 * @param url the module's `import.meta.url`
 */
export async function alone(url: string, measure: MeasureRows): Promise<void> {
  const [, started, ...flags] = process.argv
  if (started === undefined || pathToFileURL(started).href !== url) return
  const rows = await measure(effortOf(flags, (line) => void process.stderr.write(`${line}\n`)))
  process.stdout.write(flags.includes('--json') ? `${JSON.stringify(rows)}\n` : printRows(rows))
}
