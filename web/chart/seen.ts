import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Document } from '../model/document.js'
import type { Moment } from '../model/moment.js'

/** What every part of the view shows: one execution, at one moment. */
export interface Seen {
  readonly document: Document
  readonly moment: Moment
  /** The time of the service, wherever one looks. */
  readonly now: number
  /** Goes to a record, or to a time between it and the next; null back to now. */
  readonly go: (seq: number | null, time?: number) => void
  /** Shows the steps of a state in the history, and tells how many they are; where there is one. */
  readonly showSteps?: (id: string) => number
  /** The state whose steps alone the history shows, by its id; null for all. */
  readonly only?: string | null
  readonly showAll?: () => void
  /** What the pointer is on: a task or a state, by its id. */
  readonly hovered: string | null
  readonly hover: (id: string | null) => void
}

const context = createContext<Seen | null>(null)

export const SeenProvider = context.Provider

export function useSeen(): Seen {
  const seen = useContext(context)
  if (seen === null) throw new Error('this part of the page belongs to an execution')
  return seen
}
