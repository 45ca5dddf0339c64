import { hash } from 'node:crypto'
import type { Json } from './json.js'

/** An event as machines see it: JSON with a `type`. */
export interface EventData {
  readonly type: string
  readonly [key: string]: Json
}

/** Begin a piece of outside work. */
export interface StartTask {
  readonly kind: 'startTask'
  readonly id: string
  /** The name under which the machine knows the work: `setup({ actors: { charge } })`. */
  readonly src: string
  readonly input: Json
}

/** Give up a piece of outside work: its state was left. */
export interface StopTask {
  readonly kind: 'stopTask'
  readonly id: string
}

/** Send the machine an event after a delay. A timer of the same id is replaced. */
export interface SetTimer {
  readonly kind: 'setTimer'
  /** Null for a delayed `raise` without an id: nobody can cancel it, so the engine names it. */
  readonly id: string | null
  /** Milliseconds, at least 0. */
  readonly delay: number
  readonly event: EventData
}

/** Forget a timer. One that is not there is no error: it may be the one that just fired. */
export interface CancelTimer {
  readonly kind: 'cancelTimer'
  readonly id: string
}

/** Tell the domain: a handler turns it into catalog writes of the same transaction. */
export interface Emit {
  readonly kind: 'emit'
  readonly event: EventData
}

/** A custom action or `log`: runs after the commit, at most once. */
export interface RunAction {
  readonly kind: 'action'
  readonly type: string
  /** Gives what the action gives: a promise, when it is asynchronous. */
  readonly run: (log: (...line: unknown[]) => void) => unknown
}

/** The machine reached its end. */
export interface Complete {
  readonly kind: 'complete'
  readonly outcome: Outcome
}

/** How an execution ended: `failed` is xstate's status `error`, `cancelled` its `stopped`. */
export type Outcome = 'done' | 'failed' | 'cancelled'

/** What a step asks the outside to do, as data. */
export type Effect = StartTask | StopTask | SetTimer | CancelTimer | Emit | RunAction | Complete

/** Hashes of short texts: executions of one machine ask for the same again and again. */
const known = new Map<string, string>()
const mostKnown = 1_000
/** A longer one has most likely something of one execution alone in it, and comes once. */
const shortText = 120

function hashOf(text: string): string {
  return hash('sha256', text, 'base64url').slice(0, 12)
}

/**
 * A short hash of a step's effects. Effects follow from the fold, so the history keeps this instead
 * of the effects themselves; a changed machine shows as another hash.
 */
export function effectsHash(effects: readonly Effect[]): string {
  if (effects.length === 0) return ''
  // A custom action is a function; its type is all that two processes can compare.
  const text = JSON.stringify(effects)
  if (text.length > shortText) return hashOf(text)
  const found = known.get(text)
  if (found !== undefined) return found
  if (known.size >= mostKnown) known.clear()
  const made = hashOf(text)
  known.set(text, made)
  return made
}
