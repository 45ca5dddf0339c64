import { BakelineError } from './errors.js'

/**
 * The clock that a file owns. Times are milliseconds since 1970 in UTC.
 *
 * `system` and `scaled` run on while no process is up; `virtual` stands still until it is advanced.
 */
export type ClockState =
  | { readonly mode: 'system' }
  | {
      readonly mode: 'scaled'
      /** 60: an hour of the file's time passes in a minute. */
      readonly scale: number
      /** The wall time and the file's time that stand for the same instant. */
      readonly anchorWall: number
      readonly anchorFile: number
    }
  | { readonly mode: 'virtual'; readonly now: number }

/** What the file's clock shows when the wall clock shows `wall`. */
export function fileTime(clock: ClockState, wall: number): number {
  switch (clock.mode) {
    case 'system':
      return wall
    case 'scaled':
      return Math.floor(clock.anchorFile + (wall - clock.anchorWall) * clock.scale)
    case 'virtual':
      return clock.now
  }
}

/**
 * How long to wait by the wall clock until the file's clock shows `time`, in milliseconds, rounded
 * up; 0 when it does already. Null for a virtual clock: waiting does not move it.
 */
export function wallDelay(clock: ClockState, time: number, wall: number): number | null {
  if (clock.mode === 'virtual') return null
  const scale = clock.mode === 'scaled' ? clock.scale : 1
  return Math.max(0, Math.ceil((time - fileTime(clock, wall)) / scale))
}

/**
 * The clock that `--clock` or `createEngine({ clock })` asks for: `system`, `virtual`,
 * `virtual@2026-01-05T02:00:00Z` or `scale=60`.
 *
 * @throws BakelineError `INVALID_INPUT` with what is allowed.
 */
export function parseClock(text: string, wall: number): ClockState {
  if (text === 'system') return { mode: 'system' }
  if (text === 'virtual') return { mode: 'virtual', now: wall }
  const virtual = /^virtual@(.+)$/.exec(text)?.[1]
  if (virtual !== undefined && Number.isFinite(Date.parse(virtual))) {
    return { mode: 'virtual', now: Date.parse(virtual) }
  }
  const scale = Number(/^scale=(\d+(?:\.\d+)?)$/.exec(text)?.[1])
  if (scale > 0 && scale <= 1_000_000) {
    return { mode: 'scaled', scale, anchorWall: wall, anchorFile: wall }
  }
  throw new BakelineError(
    'INVALID_INPUT',
    `"${text}" is not a clock: use system, virtual, virtual@2026-01-05T02:00:00Z or scale=60 ` +
      '(a scale is above 0 and at most 1000000)',
  )
}

/**
 * The clock that goes on from an instant at another pace: so many times as fast as the wall's, or
 * not at all for 0, which makes it virtual.
 *
 * @throws BakelineError `INVALID_INPUT` for a scale that is not from 0 to 1000000.
 */
export function clockFrom(
  { wall, file }: { readonly wall: number; readonly file: number },
  scale: number,
): ClockState {
  if (scale === 0) return { mode: 'virtual', now: file }
  if (scale > 0 && scale <= 1_000_000) {
    return { mode: 'scaled', scale, anchorWall: wall, anchorFile: file }
  }
  throw new BakelineError(
    'INVALID_INPUT',
    `${scale} is no scale: give 60 for an hour a minute, 0 to let the clock stand still, ` +
      'at most 1000000',
  )
}

/** The clock in the words that `parseClock` takes, without its anchors. */
export function clockName(clock: ClockState): string {
  return clock.mode === 'scaled' ? `scale=${clock.scale}` : clock.mode
}

/** Whether two clocks are of the same kind; where they stand does not matter. */
export function sameClock(a: ClockState, b: ClockState): boolean {
  return clockName(a) === clockName(b)
}
