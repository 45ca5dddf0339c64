import { useLayoutEffect, useState } from 'preact/hooks'

/** The width of a part of the page, in pixels, also after it has changed. */
export function useWidth(box: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    const element = box.current
    if (element === null) return undefined
    const look = (): void => setWidth(element.clientWidth)
    look()
    const resized = new ResizeObserver(look)
    resized.observe(element)
    return () => resized.disconnect()
  }, [box.current])
  return width
}
