import { options } from 'preact'

/** A hidden page has no frames, and need not hurry. */
const hiddenMs = 200

/** What somebody does with what he sees, or has just typed. */
const doings = ['keydown', 'click', 'submit'] as const

/**
 * However many events come in between, the page is drawn once a frame; and before somebody does
 * something, because what is done then is about what was typed a moment ago. To be called before
 * anything else listens.
 */
export function drawOnceAFrame(): void {
  let pending: (() => void) | null = null
  const draw = (): void => {
    const now = pending
    pending = null
    now?.()
  }
  options.debounceRendering = (drawAll) => {
    pending = drawAll
    if (document.visibilityState === 'visible') requestAnimationFrame(draw)
    else setTimeout(draw, hiddenMs)
  }
  for (const doing of doings) addEventListener(doing, draw, { capture: true })
}
