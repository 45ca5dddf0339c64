/** The middle of the values; the mean of the two middle ones when they are even in number. */
export function median(values: readonly number[]): number {
  return percentile(values, 50)
}

/** The value below which `p` per cent lie, between neighbours by distance. */
export function percentile(values: readonly number[], p: number): number {
  if (values.length === 0) throw new Error('no values to take a percentile of')
  const sorted = [...values].sort((a, b) => a - b)
  const at = ((sorted.length - 1) * p) / 100
  const below = sorted[Math.floor(at)] as number
  const above = sorted[Math.ceil(at)] as number
  return below + (above - below) * (at - Math.floor(at))
}

/** What one round of a contestant gives: a rate, a time, a size. */
export type Measure = () => number | Promise<number>

/** What came out of each round, one list a contestant, in the order of the rounds. */
export type Measured<K extends string> = Readonly<Record<K, readonly number[]>>

/**
 * Measures all contestants in every round, so that a drift of the machine meets all of them. The
 * order turns round each time, so that nobody always comes after the same one.
 *
 * @param warmUp rounds before the first that counts
 */
export async function inTurn<K extends string>(
  contestants: Readonly<Record<K, Measure>>,
  rounds: number,
  warmUp = 0,
): Promise<Measured<K>> {
  const names = Object.keys(contestants) as K[]
  const measured = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<
    K,
    number[]
  >
  for (let round = -warmUp; round < rounds; round += 1) {
    const order = round % 2 === 0 ? names : names.toReversed()
    for (const name of order) {
      const value = await contestants[name]()
      if (round >= 0) measured[name].push(value)
    }
  }
  return measured
}

/** The median over the rounds of what one made divided by what the other made in the same round. */
export function ratioOf(ours: readonly number[], theirs: readonly number[]): number {
  return median(ours.map((value, round) => value / (theirs[round] as number)))
}

/** Operations a second of a synchronous loop that runs for about `ms`, in chunks of `chunk`. */
export function rate(ms: number, chunk: number, run: (times: number) => void): number {
  const started = performance.now()
  let done = 0
  for (;;) {
    run(chunk)
    done += chunk
    const passed = performance.now() - started
    if (passed >= ms) return (done / passed) * 1000
  }
}
