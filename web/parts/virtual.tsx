import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { useRedraw } from '../lib/watched.js'

/** Rows that are drawn beyond each edge of what is seen. */
const beyond = 8

/** What scrolls. */
interface Box {
  readonly current: HTMLElement | null
}

interface Window {
  readonly first: number
  readonly end: number
}

/** A row that is to be in sight, whenever `when` has become another value. */
interface Wanted {
  readonly index: number
  readonly when: unknown
  /** Whether it stays in sight, where it was, when others come in before it. */
  readonly keep?: boolean
}

interface Seen {
  /** How far it is scrolled, in pixels. */
  top: number
  /** How high it is; null until somebody looked. */
  room: number | null
  /** Whether the wanted row is in sight, or would be if the box were not too low for a moment. */
  kept: boolean
  /** As many rows as were drawn at most: fewer are not drawn only because the box got lower. */
  rows: number
}

/** Before it is known how high the box is. */
const likelyRoom = 800

/**
 * Which rows of a long list are in sight: only those are in the document, however many there are. A
 * wanted row is scrolled to in the very draw in which its window is there, just so far that it can be
 * seen; where the box changes its height, a wanted row that was in sight stays so. What is known of
 * the box is kept, since to ask the browser may make it lay out the page.
 *
 * @param box what scrolls
 * @param height of a row, in pixels
 */
export function useWindow(box: Box, count: number, height: number, wanted: Wanted): Window {
  const redraw = useRedraw()
  const seen = useRef<Seen>({ top: 0, room: null, kept: false, rows: 0 }).current
  const shown = useRef<Window>({ first: 0, end: 0 })
  const had = useRef<unknown>(undefined)
  const latest = useRef({ count, index: wanted.index }).current
  const moved = wanted.keep === true && seen.kept && wanted.index !== latest.index
  Object.assign(latest, { count, index: wanted.index })
  let scrollTo: number | null = null
  if (seen.room !== null && (moved || wanted.when !== had.current)) {
    had.current = wanted.when
    seen.kept = wanted.index >= 0
    const top = wanted.index < 0 ? seen.top : topFor(wanted.index, height, seen.top, seen.room)
    if (top !== seen.top) {
      seen.top = top
      scrollTo = top
    }
  }
  const window = windowOf(seen, count, height)
  shown.current = window
  useLayoutEffect(() => {
    if (scrollTo !== null && box.current !== null) box.current.scrollTop = scrollTo
  })
  useLayoutEffect(() => {
    const element = box.current
    if (element === null) return undefined
    const look = (): void => {
      const had = seen.room
      seen.top = element.scrollTop
      seen.room = element.clientHeight
      const { count, index } = latest
      if (had === seen.room) seen.kept = isIn(index, height, seen.top, seen.room)
      else if (had !== null && seen.kept && index >= 0) {
        seen.top = topFor(index, height, seen.top, seen.room)
        if (seen.top !== element.scrollTop) element.scrollTop = seen.top
      }
      const { first, end } = windowOf(seen, count, height)
      if (had === null || first !== shown.current.first || end !== shown.current.end) redraw()
    }
    look()
    element.addEventListener('scroll', look, { passive: true })
    const resized = new ResizeObserver(look)
    resized.observe(element)
    return () => {
      element.removeEventListener('scroll', look)
      resized.disconnect()
    }
  }, [box.current, height])
  return window
}

function windowOf(seen: Seen, count: number, height: number): Window {
  const { top, room } = seen
  seen.rows = Math.max(seen.rows, Math.ceil((room ?? likelyRoom) / height) + 2 * beyond)
  const { rows } = seen
  const from = Math.floor(top / height) - beyond
  const first = Math.max(0, Math.min(from, count - rows))
  return { first, end: Math.min(count, first + rows) }
}

/** Whether anything of a row is in sight. */
function isIn(index: number, height: number, top: number, room: number): boolean {
  return index >= 0 && (index + 1) * height > top && index * height < top + room
}

/** How far to scroll so that a row can be seen. */
function topFor(index: number, height: number, top: number, room: number): number {
  const low = (index + 1) * height - room
  return Math.max(0, Math.min(Math.max(top, low), index * height))
}

interface RowsProps {
  readonly window: Window
  readonly count: number
  readonly height: number
  /**
   * Whether a row takes over the elements of the one that went out of sight at the other end: then its
   * key has to be its slot. For rows in which nothing can have the focus.
   */
  readonly reuse?: boolean
  /** Draws a row, whose lower edge is to be so many pixels above the end of the list. */
  readonly children: (index: number, bottom: number, slot: number) => ComponentChildren
}

/**
 * The rows in sight, at their place in a list of full length. Places are counted from the end: when
 * one enters on top, none of the others is laid out or painted anew, all of them move as one.
 */
export function Rows({ window, count, height, reuse = false, children }: RowsProps) {
  const length = window.end - window.first
  const slotOf = (index: number): number => (count - 1 - index) % length
  const indexes = Array.from({ length }, (_, i) => window.first + i)
  // Elements that are used again stay where they are: each has its place by its style.
  if (reuse) indexes.sort((a, b) => slotOf(a) - slotOf(b))
  return (
    <div role="presentation" class="rows" style={{ height: `${count * height}px` }}>
      <div role="presentation">
        {indexes.map((index) => children(index, (count - 1 - index) * height, slotOf(index)))}
      </div>
    </div>
  )
}
