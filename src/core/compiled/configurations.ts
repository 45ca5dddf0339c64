import type { AnyStateMachine, StateValue } from 'xstate'
import type { Json } from '../json.js'
import type { Reception, Transition } from './code.js'
import { LeftToXState } from './left-to-xstate.js'
import type { Place } from './place.js'
import type { Op } from './run.js'
import { childrenOf, type History, isAtomic, isFinished, type Node } from './tree.js'

/** More than this of anything that is remembered, and all of it is forgotten. */
const maxRemembered = 4096

/** What a microstep does, in order, and where it leads. */
export interface Plan {
  readonly ops: readonly Op[]
  /** Null when xstate would keep the states, and their order, as they are. */
  readonly next: Configuration | null
}

/**
 * A place, once for each, so that its value, its tags and its text are made once, and what a step
 * does with its states is worked out once for each way to leave.
 */
export class Configuration implements Place {
  readonly nodes: readonly Node[]
  readonly history: History
  readonly value: Json
  /** `{"value":…,"context":`, as a snapshot's text begins. */
  readonly head: string
  /** `,"history":…`, or nothing. */
  readonly historyText: string
  readonly tags: readonly string[]
  /** Whether the root is at its end. */
  readonly finished: boolean
  /** By event type. */
  readonly receptions = new Map<string, Reception>()
  /** For each active leaf the eventless transitions on the way from it to the root. */
  always: readonly (readonly Transition[])[] | null = null
  /** By the transition that is taken, or by the numbers of several. */
  readonly plans = new Map<Transition | string, Plan>()
  /** The same place as a reopened file has it, where the order of states follows from the value. */
  rest: Configuration | null = null

  constructor(value: Json, nodes: readonly Node[], history: History) {
    this.nodes = nodes
    this.history = history
    const text = JSON.stringify(value)
    this.value = frozen(JSON.parse(text) as Json)
    this.head = `{"value":${text},"context":`
    this.historyText = Object.keys(history).length === 0 ? '' : `,"history":${idsText(history)}`
    this.tags = Object.freeze([...new Set(nodes.flatMap((node) => node.tags as string[]))])
    const { root } = (nodes[0] as Node).machine
    this.finished = isFinished(new Set(nodes), root)
  }
}

/** The configurations of one machine. */
export class Configurations {
  readonly #machine: AnyStateMachine
  readonly #known = new Map<string, Configuration>()
  readonly #loaded = new Map<string, Configuration>()
  #receptions = 0

  constructor(machine: AnyStateMachine) {
    this.#machine = machine
  }

  of(nodes: readonly Node[], history: History): Configuration {
    const name = `${nodes.map(({ order }) => order).join(' ')} ${idsText(history)}`
    const known = this.#known.get(name)
    if (known !== undefined) return known
    const value = legalValue(this.#machine.root, nodes)
    return remember(this.#known, name, new Configuration(value, nodes, history))
  }

  /** Before the first states are entered the root alone is active, though its value is whole. */
  beforeAll(): Configuration {
    const { value } = this.#machine.resolveState({ value: {}, context: {} })
    return new Configuration(value as Json, [this.#machine.root], {})
  }

  /** The configuration that a stored value and history stand for. @throws for unknown states. */
  load(value: Json, ids: Readonly<Record<string, readonly string[]>> = {}): Configuration {
    const name = `${JSON.stringify(value)} ${JSON.stringify(ids)}`
    return this.#loaded.get(name) ?? remember(this.#loaded, name, this.#resolve(value, ids))
  }

  /** Where the next step begins, in this process as in one that reopens the file. */
  rest(configuration: Configuration): Configuration {
    return (configuration.rest ??= this.#rest(configuration))
  }

  /** Keeps count of receptions, whose number grows with the event types that are seen. */
  keep(configuration: Configuration, type: string, reception: Reception): Reception {
    this.#receptions += 1
    if (this.#receptions > maxRemembered) {
      for (const each of [...this.#known.values(), ...this.#loaded.values()])
        each.receptions.clear()
      this.#receptions = 1
    }
    configuration.receptions.set(type, reception)
    return reception
  }

  #rest({ value, history }: Configuration): Configuration {
    const ids = Object.entries(history).map(([key, nodes]) => [key, nodes.map(({ id }) => id)])
    return this.load(value, Object.fromEntries(ids) as Record<string, string[]>)
  }

  #resolve(value: Json, ids: Readonly<Record<string, readonly string[]>>): Configuration {
    const history = Object.entries(ids).map(([key, list]) => [
      key,
      list.map((id) => this.#machine.getStateNodeById(id)),
    ])
    const historyValue = Object.fromEntries(history) as Record<string, Node[]>
    const config = { value: value as StateValue, context: {}, historyValue }
    const { _nodes: nodes } = this.#machine.resolveState(config) as { readonly _nodes: Node[] }
    return this.of(nodes, historyValue)
  }
}

export function remember<K, V>(map: Map<K, V>, key: K, value: V): V {
  if (map.size >= maxRemembered) map.clear()
  map.set(key, value)
  return value
}

function idsText(history: History): string {
  const ids = Object.entries(history).map(([key, nodes]) => [key, nodes.map(({ id }) => id)])
  return JSON.stringify(Object.fromEntries(ids))
}

/** xstate fills up what is missing as it makes a value; what it does then, it does itself. */
function legalValue(root: Node, nodes: readonly Node[]): Json {
  const active = new Set(nodes)
  const within = (node: Node): Node[] => nodes.filter(({ parent }) => parent === node)
  const isWhole = (node: Node): boolean => {
    const regions = node.type === 'parallel' ? childrenOf(node).length : Number(!isAtomic(node))
    const held = node === root || active.has(node.parent as Node)
    return held && within(node).length === regions
  }
  if (!active.has(root) || !nodes.every(isWhole)) {
    throw new LeftToXState('a state of which parts are missing')
  }
  const valueOf = (node: Node): Json => {
    const regions = within(node)
    const [only] = regions as [Node]
    if (node.type === 'compound' && isAtomic(only)) return only.key
    return Object.fromEntries(regions.map((child) => [child.key, valueOf(child)]))
  }
  return valueOf(root)
}

function frozen<T extends Json>(value: T): T {
  if (typeof value === 'object') for (const each of Object.values(value as object)) frozen(each)
  return Object.freeze(value)
}
