import type { Engine } from '../../engine/engine.js'

/** How often to look for what other processes have written, in milliseconds. */
const pollMs = 100

/**
 * Resolves when something was committed here, when the time has come to look again, or when the
 * command is interrupted. Listens from the call on, so that nothing between is missed.
 */
export function nextLook(
  engine: Engine,
  signal: AbortSignal,
  everyMs: number,
): { readonly promise: Promise<void>; readonly cancel: () => void } {
  let settle = (): void => undefined
  const promise = new Promise<void>((resolve) => {
    settle = resolve
  })
  const stop = engine.subscribe(() => end())
  const timer = setTimeout(() => end(), Math.min(everyMs, pollMs))
  const end = (): void => {
    stop()
    clearTimeout(timer)
    signal.removeEventListener('abort', end)
    settle()
  }
  signal.addEventListener('abort', end)
  return { promise, cancel: end }
}
