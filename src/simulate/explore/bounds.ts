/** How far an exploration goes. */
export interface Bounds {
  /** Things that happen on one path. */
  readonly depth: number
  /** Attempts that fail on one path, a share that misses accounts included. */
  readonly faults: number
  /** Starts on one path, of all templates together. */
  readonly starts: number
  /** Cancels that are accepted on one path. */
  readonly cancels: number
  /** Deletions of templates, components and images on one path. */
  readonly deletes: number
  /** Different states in all. */
  readonly states: number
  /** Wall time in all, in seconds. */
  readonly seconds: number
}

export const defaultBounds: Bounds = {
  depth: 100,
  faults: 2,
  starts: 2,
  cancels: 1,
  deletes: 1,
  states: 200_000,
  seconds: 600,
}

/** How much of its bounds a path has used. */
export type Used = Pick<Bounds, 'depth' | 'faults' | 'starts' | 'cancels' | 'deletes'>

export const unused: Used = { depth: 0, faults: 0, starts: 0, cancels: 0, deletes: 0 }

/** What was left out because a bound was reached, by bound: how often. */
export type Cut = { -readonly [B in keyof Bounds]?: number }

/** Whether one path to a state has used no more of anything than another. */
export function dominates(a: Used, b: Used): boolean {
  return (
    a.depth <= b.depth &&
    a.faults <= b.faults &&
    a.starts <= b.starts &&
    a.cancels <= b.cancels &&
    a.deletes <= b.deletes
  )
}
