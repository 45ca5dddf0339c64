import { useRef } from 'preact/hooks'
import { useKeys } from './keys.js'

interface Rows {
  /** Of the row that is selected; -1 when none is. */
  readonly at: number
  readonly count: number
  readonly select: (index: number) => void
  /** What the keys do, in words: the next, the one before. */
  readonly does: readonly [next: string, before: string]
}

/**
 * `j`, `k` and the arrows walk through rows. A key may come oftener than a frame is drawn: each goes on
 * from the row that the one before led to.
 */
export function useRowKeys({ at, count, select, does: [next, before] }: Rows): void {
  const last = useRef(at)
  last.current = at
  const move = (by: number): void => {
    const to = Math.max(0, Math.min(count - 1, last.current + by))
    if (to === last.current || count === 0) return
    last.current = to
    select(to)
  }
  const [on, back] = [(): void => move(1), (): void => move(-1)]
  useKeys([
    { keys: 'j', does: next, run: on },
    { keys: 'k', does: before, run: back },
    { keys: 'ArrowDown', does: next, run: on, silent: true },
    { keys: 'ArrowUp', does: before, run: back, silent: true },
  ])
}
