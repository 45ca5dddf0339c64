import { asRefusal } from '../lib/api.js'
import { clock } from '../model/clock.js'
import { toast } from '../parts/toast.js'

/** Why a clock that moves by itself cannot be moved; null when it can. */
export function notMovable(): string | null {
  if (!clock.known) return 'The clock has not been read yet'
  return clock.runs ? 'The clock moves by itself: pause it first' : null
}

/** Why there is nothing to jump to. */
export function noNext(): string | null {
  return notMovable() ?? (clock.due.length === 0 ? 'Nothing is due' : null)
}

/** Does something with the clock, and says what it was refused. */
export function move(what: Promise<void>): void {
  what.catch((error: unknown) => {
    const { code, message } = asRefusal(error)
    toast(`${code}: ${message}`)
  })
}

export function pauseOrGoOn(): void {
  move(clock.runs ? clock.pause() : clock.run(clock.lastScale))
}

export function jumpNext(): void {
  if (noNext() === null) move(clock.jump())
}

/** More jumps than this are no end: something starts itself anew. */
const mostJumps = 2_000

/** Jumps until nothing is due. */
export async function runToTheEnd(): Promise<void> {
  for (let done = 0; done < mostJumps && clock.due.length > 0; done++) await clock.jump()
}
