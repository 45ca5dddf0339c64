import { useLayoutEffect, useReducer, useRef } from 'preact/hooks'

/**
 * Something that changes and tells so. Whoever shows it draws itself anew at the next frame, however
 * often it changed meanwhile: see `main.tsx`, where drawing waits for the frame.
 */
export class Watched {
  readonly #listeners = new Set<() => void>()

  watch(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  /** Grows with every change. */
  version = 0

  protected changed(): void {
    this.version += 1
    for (const listener of this.#listeners) listener()
  }
}

/** A function that draws the component anew. */
export function useRedraw(): () => void {
  const [, again] = useReducer<number, void>((n) => n + 1, 0)
  return again
}

/** Draws the component anew when this has changed. */
export function useWatched<T extends Watched>(watched: T): T {
  useSelected(watched, versionOf)
  return watched
}

function versionOf({ version }: Watched): number {
  return version
}

/**
 * One value of something that changes often: the component is drawn anew only when that value is
 * another one.
 */
export function useSelected<T extends Watched, V>(watched: T, select: (of: T) => V): V {
  const redraw = useRedraw()
  const value = select(watched)
  const drawn = useRef({ select, value })
  drawn.current = { select, value }
  useLayoutEffect(() => {
    const look = (): void => {
      const { select, value } = drawn.current
      if (!Object.is(select(watched), value)) redraw()
    }
    // What changed between drawing and now has told nobody here.
    look()
    return watched.watch(look)
  }, [watched])
  return value
}
