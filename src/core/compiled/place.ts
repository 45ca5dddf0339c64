import type { Json } from '../json.js'
import type { History, Node } from './tree.js'

/** Where a machine is: its active states, in their order, and what its history states remember. */
export interface Place {
  readonly nodes: readonly Node[]
  readonly history: History
  /** xstate's state value, frozen. */
  readonly value: Json
}
