import type { MakeFunction } from './generate.js'
import { isForbidden } from './admit.js'
import { foundFor, KeyPath } from './key-path.js'

/** A machine's context as its functions see it. */
export type Context = Readonly<Record<string, unknown>>

/** The keys that a context has, in their order, with the quickest way to copy one that has them. */
export interface Shape {
  readonly family: Shapes
  /** False for one of so many that they are not kept: nothing may be remembered by it. */
  readonly lasting: boolean
  readonly keys: readonly string[]
  /** Whether JSON, and an assignment, take every key for no more than its name. */
  readonly isLegal: boolean
  has(key: string): boolean
  /** What setting the keys of a partial context does; null where that is not remembered. */
  mergeOf(partial: Context): Merge | null
  copy(context: Context): Record<string, unknown>
  /** A copy whose texts are those of another context of the shape, wherever they say the same. */
  copyAlike(context: Context, other: Context): Record<string, unknown>
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

  of(context: Context): Shape {
    if (!hasKeys(context, this.#last.keys)) this.#last = this.#known(Object.keys(context))
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
    const path = lasting ? KeyPath.begin((others) => this.merge(shape, others)) : null
    const shape: Shape = {
      family: this,
      lasting,
      keys,
      isLegal: !keys.some(isForbidden),
      has: (key) => set.has(key),
      mergeOf: (partial) => (path === null ? null : foundFor(path, partial)),
      copy: lasting ? this.#copier(keys) : copyOf,
      copyAlike: lasting ? this.#alikeCopier(keys) : copyOf,
    }
    return shape
  }

  #copier(keys: readonly string[]): Shape['copy'] {
    return this.#literal(keys, ['c'], (key) => `c[${key}]`) ?? copyOf
  }

  #alikeCopier(keys: readonly string[]): Shape['copyAlike'] {
    const same = (key: string) => `typeof c[${key}]==="string"&&c[${key}]===d[${key}]`
    const part = (key: string) => `${same(key)}?d[${key}]:c[${key}]`
    return this.#literal(keys, ['c', 'd'], part) ?? copyOf
  }

  /** A function that returns a literal of all keys; null where none can, or may, be made. */
  #literal<F>(
    keys: readonly string[],
    parameters: readonly string[],
    part: (quotedKey: string) => string,
  ): F | null {
    if (this.#make === null || !keys.every(isName)) return null
    const parts = keys.map((key) => JSON.stringify(key)).map((key) => `${key}:${part(key)}`)
    return this.#make<F>(parameters, `return {${parts.join(',')}}`)
  }
}

function copyOf(context: Context): Record<string, unknown> {
  return { ...context }
}

function hasKeys(context: Context, keys: readonly string[]): boolean {
  let at = 0
  for (const key in context) {
    if (key !== keys[at]) return false
    at += 1
  }
  return at === keys.length
}

/** Numbers as keys are put in another order by the language, whatever a literal says. */
function isName(key: string): boolean {
  return !isForbidden(key) && !isIndex(key)
}

/** Whether the language keeps a property of this name before all others, in numeric order. */
export function isIndex(key: string): boolean {
  return /^(?:0|[1-9]\d*)$/.test(key)
}
