import { createHash } from 'node:crypto'

const text = JSON.stringify({
  rows: Array.from({ length: 20 }, (_, n) => ({ id: `row-${n}`, n, tags: ['a', 'b'], at: null })),
})

/**
 * A fixed piece of work of the kind that we do, some ten microseconds: what an operation costs is
 * told in multiples of it, so that figures of two machines can be laid side by side.
 */
export function yardstick(times: number): void {
  let sum = 0
  for (let n = 0; n < times; n += 1) {
    const { rows } = JSON.parse(text) as { rows: { n: number }[] }
    const hash = createHash('sha256').update(JSON.stringify(rows)).digest('hex')
    sum += hash.length + rows.length
  }
  if (sum !== times * 84) throw new Error('the yardstick is bent')
}
