import type { MakeFunction } from './generate.js'
import { isForbidden } from './admit.js'

/** A machine's context as its functions see it. */
export type Context = Readonly<Record<string, unknown>>

/** The keys that a context has, in their order, with the quickest way to copy one that has them. */
export interface Shape {
  readonly family: Shapes
  /** False for one of so many that they are not kept: nothing may be remembered by it. */
  readonly lasting: boolean
  readonly keys: readonly string[]
  has(key: string): boolean
  copy(context: Context): Record<string, unknown>
}

/** How a context changes when certain keys of it are set: the copy, and the shape that it has. */
export interface Merge {
  readonly shape: Shape
  readonly copy: (context: Context, values: readonly unknown[]) => Context
}

/** More shapes than this are not of one machine's making: the keys are data. */
const maxShapes = 64

/**
 * The shapes of one machine's contexts. Copying an object key by key costs several times what a
 * literal that names every key does, so there is one such literal for each shape, made at run time.
 */
export class Shapes {
  readonly #make: MakeFunction | null
  readonly #shapes = new Map<string, Shape>()
  #last: Shape

  constructor(make: MakeFunction | null) {
    this.#make = make
    this.#last = this.#shape([])
  }

  of(keys: readonly string[]): Shape {
    if (!sameKeys(this.#last.keys, keys)) this.#last = this.#known(keys)
    return this.#last
  }

  /** What setting these keys does to contexts of a shape. */
  merge(shape: Shape, keys: readonly string[]): Merge {
    const all = [...shape.keys, ...keys.filter((key) => !shape.has(key))]
    const next = this.#known(Object.keys(Object.fromEntries(all.map((key) => [key, null]))))
    const index = new Map(keys.map((key, at) => [key, at]))
    if (next.lasting && this.#make !== null && all.every(isName)) {
      const parts = all.map((key) => {
        const at = index.get(key)
        return `${JSON.stringify(key)}:${at === undefined ? `c[${JSON.stringify(key)}]` : `v[${at}]`}`
      })
      return { shape: next, copy: this.#make(['c', 'v'], `return {${parts.join(',')}}`) }
    }
    return {
      shape: next,
      copy: (context, values) => {
        const copy = shape.copy(context)
        for (const [key, at] of index) copy[key] = values[at]
        return copy
      },
    }
  }

  #known(keys: readonly string[]): Shape {
    const name = JSON.stringify(keys)
    const known = this.#shapes.get(name)
    if (known !== undefined) return known
    const shape = this.#shape(keys)
    if (this.#shapes.size < maxShapes) this.#shapes.set(name, shape)
    return shape
  }

  #shape(keys: readonly string[]): Shape {
    const set = new Set(keys)
    const lasting = this.#shapes.size < maxShapes
    return {
      family: this,
      lasting,
      keys,
      has: (key) => set.has(key),
      copy: lasting ? this.#copier(keys) : copyOf,
    }
  }

  #copier(keys: readonly string[]): Shape['copy'] {
    if (this.#make === null || !keys.every(isName)) return copyOf
    const parts = keys.map((key) => `${JSON.stringify(key)}:c[${JSON.stringify(key)}]`)
    return this.#make(['c'], `return {${parts.join(',')}}`)
  }
}

function copyOf(context: Context): Record<string, unknown> {
  return { ...context }
}

function sameKeys(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((key, index) => key === right[index])
}

/** Numbers as keys are put in another order by the language, whatever a literal says. */
function isName(key: string): boolean {
  return !isForbidden(key) && !isIndex(key)
}

/** Whether the language keeps a property of this name before all others, in numeric order. */
export function isIndex(key: string): boolean {
  return /^(?:0|[1-9]\d*)$/.test(key)
}
