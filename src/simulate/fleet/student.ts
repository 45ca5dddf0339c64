import { normalQuantile } from '../../core/normal.js'

/**
 * Student's quantile: so many standard errors hold a share of all samples of `freedom + 1`. By Hill's
 * expansion (Algorithm 396, Communications of the ACM 13, 1970), exact for one and two degrees.
 */
export function studentQuantile(share: number, freedom: number): number {
  const tails = 2 * (1 - share)
  if (freedom === 1) return 1 / Math.tan((tails * Math.PI) / 2)
  if (freedom === 2) return Math.sqrt(2 / (tails * (2 - tails)) - 2)
  const a = 1 / (freedom - 0.5)
  const b = 48 / (a * a)
  let c = ((20_700 * a) / b - 98) * a * a - 16 * a + 96.36
  const d = ((94.5 / (b + c) - 3) / b + 1) * Math.sqrt((a * Math.PI) / 2) * freedom
  let y = (d * tails) ** (2 / freedom)
  if (y <= 0.05 + a) {
    y =
      ((1 / (((freedom + 6) / (freedom * y) - 0.089 * d - 0.822) * (freedom + 2) * 3) +
        0.5 / (freedom + 4)) *
        y -
        1) *
        ((freedom + 1) / (freedom + 2)) +
      1 / y
  } else {
    const x = normalQuantile(tails / 2)
    y = x * x
    if (freedom < 5) c += 0.3 * (freedom - 4.5) * (x + 0.6)
    c += (((0.05 * d * x - 5) * x - 7) * x - 2) * x + b
    y = (((((0.4 * y + 6.3) * y + 36) * y + 94.5) / c - y - 3) / b + 1) * x
    y = Math.expm1(a * y * y)
  }
  return Math.sqrt(freedom * y)
}
