import { isForbidden } from './admit.js'

/** More keys than this after each other are not of a machine's making: they are data. */
const mostSteps = 512

/** What is the same for all paths that begin at one place. */
interface Origin<Found> {
  readonly find: (keys: readonly string[]) => Found
  steps: number
}

/**
 * The keys that an `assign` sets, one after the other, and what is found for them, such as how a
 * context is copied with them. An assign that is made anew at every step has no place to keep that at;
 * following its keys costs a comparison each.
 */
export class KeyPath<Found> {
  readonly #origin: Origin<Found>
  readonly #keys: readonly string[]
  readonly #all = new Map<string, KeyPath<Found>>()
  /** The key that was followed last, and where it led. */
  #key = ''
  #next: KeyPath<Found> | null = null
  #found: Found | undefined

  private constructor(origin: Origin<Found>, keys: readonly string[]) {
    this.#origin = origin
    this.#keys = keys
  }

  static begin<Found>(find: (keys: readonly string[]) => Found): KeyPath<Found> {
    return new KeyPath({ find, steps: 0 }, [])
  }

  /** Where one key more leads; null for such as is not remembered. */
  with(key: string): KeyPath<Found> | null {
    return this.#key === key ? this.#next : this.#further(key)
  }

  get found(): Found {
    return (this.#found ??= this.#origin.find(this.#keys))
  }

  #further(key: string): KeyPath<Found> | null {
    const next = this.#all.get(key) ?? this.#new(key)
    if (next !== null) {
      this.#key = key
      this.#next = next
    }
    return next
  }

  #new(key: string): KeyPath<Found> | null {
    const origin = this.#origin
    if (origin.steps === mostSteps || isForbidden(key)) return null
    origin.steps += 1
    const next = new KeyPath(origin, [...this.#keys, key])
    this.#all.set(key, next)
    return next
  }
}

/** What is found for all the keys of an object; null where it is not remembered. */
export function foundFor<Found>(begin: KeyPath<Found>, keys: object): Found | null {
  let path: KeyPath<Found> | null = begin
  for (const key in keys) {
    path = path.with(key)
    if (path === null) return null
  }
  return path.found
}
