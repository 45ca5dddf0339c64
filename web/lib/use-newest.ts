import { useRef, useState } from 'preact/hooks'

/**
 * As `useState`, with what was set last beside what is shown: the page draws once a frame, and Enter
 * may come before.
 */
export function useNewest<T>(first: T) {
  const [shown, show] = useState(first)
  const newest = useRef(first)
  const set = (value: T): void => {
    newest.current = value
    show(value)
  }
  return [shown, set, newest] as const
}
