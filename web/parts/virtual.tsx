import type { ComponentChildren } from 'preact'
import { useEffect, useLayoutEffect, useState } from 'preact/hooks'

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

/**
 * Which rows of a long list are in sight: only those are in the document, however many there are.
 *
 * @param box what scrolls
 * @param height of a row, in pixels
 */
export function useWindow(box: Box, count: number, height: number): Window {
  const [seen, setSeen] = useState({ top: 0, room: 800 })
  useLayoutEffect(() => {
    const element = box.current
    if (element === null) return undefined
    const look = (): void =>
      setSeen((was) => {
        const is = { top: Math.floor(element.scrollTop / height), room: element.clientHeight }
        return was.top === is.top && was.room === is.room ? was : is
      })
    look()
    element.addEventListener('scroll', look, { passive: true })
    const resized = new ResizeObserver(look)
    resized.observe(element)
    return () => {
      element.removeEventListener('scroll', look)
      resized.disconnect()
    }
  }, [box.current, height])
  const room = Math.ceil(seen.room / height)
  const first = Math.max(0, Math.min(seen.top - beyond, count - room - 2 * beyond))
  return { first, end: Math.min(count, first + room + 2 * beyond) }
}

/** Scrolls just so far that a row can be seen. */
export function useRowInSight(box: Box, index: number, height: number, when: unknown): void {
  useEffect(() => {
    const element = box.current
    if (element === null || index < 0) return
    const top = index * height
    const low = top + height - element.clientHeight
    if (element.scrollTop > top) element.scrollTop = top
    else if (element.scrollTop < low) element.scrollTop = low
  }, [when])
}

interface RowsProps {
  readonly window: Window
  readonly count: number
  readonly height: number
  readonly children: (index: number) => ComponentChildren
}

/** The rows in sight, at their place in a list of full length. */
export function Rows({ window, count, height, children }: RowsProps) {
  const indexes = Array.from({ length: window.end - window.first }, (_, i) => window.first + i)
  return (
    <div role="presentation" style={{ position: 'relative', height: `${count * height}px` }}>
      <div
        role="presentation"
        style={{ position: 'absolute', inset: `${window.first * height}px 0 auto` }}
      >
        {indexes.map(children)}
      </div>
    </div>
  )
}
