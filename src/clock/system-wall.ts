import type { Wall } from '../core/ports.js'

/** setTimeout takes no more than this; a longer wait is made of several. */
const longestMs = 2 ** 31 - 1

/** The wall clock of the operating system. */
export const systemWall: Wall = {
  now: () => Date.now(),
  after(ms, callback) {
    let left = ms
    let timer: NodeJS.Timeout
    const wait = (): void => {
      const part = Math.min(left, longestMs)
      left -= part
      timer = setTimeout(left > 0 ? wait : callback, part)
    }
    wait()
    return () => clearTimeout(timer)
  },
}
