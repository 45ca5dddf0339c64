/** Text as it stands in HTML. */
export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

/** A coordinate with a tenth of a pixel. */
export function px(value: number): string {
  return String(Math.round(value * 10) / 10)
}

export type Point = readonly [x: number, y: number]

export function path(points: readonly Point[]): string {
  return points.map(([x, y], n) => `${n === 0 ? 'M' : 'L'}${px(x)} ${px(y)}`).join('')
}

/** Maps values of an axis to pixels. */
export function scale(
  from: readonly [number, number],
  to: readonly [number, number],
): (value: number) => number {
  const [low, high] = from
  const span = high - low || 1
  return (value) => to[0] + ((value - low) / span) * (to[1] - to[0])
}

/** Round values from 0 to at least the most, four to six of them. */
export function ticks(most: number): readonly number[] {
  if (!(most > 0)) return [0, 1]
  const rough = most / 5
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 2.5, 5, 10].find((each) => each * power >= rough) ?? 10) * power
  const count = Math.ceil(most / step - 1e-9)
  return Array.from({ length: count + 1 }, (_, n) => Number((n * step).toPrecision(12)))
}

/** The unit that durations of this size are told in. */
export function unitOf(ms: number): {
  readonly name: string
  readonly word: string
  readonly ms: number
} {
  if (ms >= 3 * 3_600_000) return { name: 'h', word: 'hours', ms: 3_600_000 }
  if (ms >= 2 * 60_000) return { name: 'min', word: 'minutes', ms: 60_000 }
  return { name: 's', word: 'seconds', ms: 1_000 }
}
