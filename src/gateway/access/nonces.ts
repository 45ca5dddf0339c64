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

/** Longer ones are remembered by their hash. */
const longest = 96

/** The name of a nonce, short however long the client makes it. No name of one is that of another. */
function nameOf(keyId: string, nonce: string): string {
  if (keyId.length + nonce.length <= longest) return `${keyId.length} ${keyId} ${nonce}`
  return hash('sha256', JSON.stringify([keyId, nonce]), 'base64url')
}

/**
 * Nonces in memory, in boxes by the minute in which they end, so that a whole box is thrown away at
 * once. Some hundred bytes each.
 *
 * @param capacity how many may be alive at the same time
 */
export function nonceMemory(capacity = 500_000): Nonces {
  const boxes = new Map<number, SpreadSet>()
  let size = 0
  /** A request asks twice: whether its nonce was used, and to remember it. */
  let last = { keyId: '', nonce: '', name: nameOf('', '') }

  function named(keyId: string, nonce: string): string {
    if (last.keyId !== keyId || last.nonce !== nonce) {
      last = { keyId, nonce, name: nameOf(keyId, nonce) }
    }
    return last.name
  }

  function sweep(now: number): void {
    for (const [minute, box] of boxes) {
      if ((minute + 1) * minuteMs > now) continue
      boxes.delete(minute)
      size -= box.size
    }
  }

  return {
    used(keyId, nonce, now) {
      sweep(now)
      const name = named(keyId, nonce)
      for (const box of boxes.values()) if (box.has(name)) return true
      return false
    },
    remember(keyId, nonce, until, now) {
      sweep(now)
      if (size >= capacity) throw throttledUser()
      const minute = Math.floor(until / minuteMs)
      const box = boxes.get(minute) ?? new SpreadSet()
      boxes.set(minute, box)
      const before = box.size
      box.add(named(keyId, nonce))
      size += box.size - before
    },
  }
}
