import { hash } from 'node:crypto'
import { throttledUser } from '../wire/errors.js'
import { SpreadSet } from './spread-set.js'

/** Which nonces were used, by access key. Times are wall time in milliseconds. */
export interface Nonces {
  /** Whether this key has used this nonce in a request that would still be accepted at `now`. */
  used(keyId: string, nonce: string, now: number): boolean
  /**
   * Remembers a nonce until its request would be refused as stale anyway.
   *
   * @throws EcsError 400 `Throttling.User` when so many are alive that forgetting one would let a
   *   replay pass
   */
  remember(keyId: string, nonce: string, until: number, now: number): void
}

const minuteMs = 60_000

/** Longer ones are remembered by their hash, which is longer than any that is remembered as it is. */
const longest = 96

/**
 * What a nonce is remembered by: short, however long the client makes it, and a text of its own, which
 * keeps no request in memory of which the nonce is a part.
 */
function nameOf(nonce: string): string {
  return nonce.length <= longest ? ` ${nonce}` : hash('sha512', nonce, 'hex')
}

/**
 * Nonces in memory, in boxes by the minute in which they end, so that a whole box is thrown away at
 * once; each by access key. Some hundred bytes each.
 *
 * @param capacity how many may be alive at the same time
 */
export function nonceMemory(capacity = 500_000): Nonces {
  const boxes = new Map<number, Map<string, SpreadSet>>()
  let size = 0
  /** A request asks twice: whether its nonce was used, and to remember it. */
  let last = { nonce: '', name: nameOf('') }

  function named(nonce: string): string {
    if (last.nonce !== nonce) last = { nonce, name: nameOf(nonce) }
    return last.name
  }

  function boxOf(minute: number, keyId: string): SpreadSet {
    const byKey = boxes.get(minute) ?? new Map<string, SpreadSet>()
    boxes.set(minute, byKey)
    const box = byKey.get(keyId) ?? new SpreadSet()
    byKey.set(keyId, box)
    return box
  }

  function sweep(now: number): void {
    for (const [minute, byKey] of boxes) {
      if ((minute + 1) * minuteMs > now) continue
      boxes.delete(minute)
      for (const box of byKey.values()) size -= box.size
    }
  }

  return {
    used(keyId, nonce, now) {
      sweep(now)
      const name = named(nonce)
      for (const byKey of boxes.values()) if (byKey.get(keyId)?.has(name) === true) return true
      return false
    },
    remember(keyId, nonce, until, now) {
      sweep(now)
      if (size >= capacity) throw throttledUser()
      const box = boxOf(Math.floor(until / minuteMs), keyId)
      const before = box.size
      box.add(named(nonce))
      size += box.size - before
    },
  }
}
