import type { Database } from 'better-sqlite3'
import type { ClockState } from '../../core/clock.js'
import { checkSetting } from '../input.js'
import { clockSetting, defaultClock } from '../options.js'
import { checkCounter } from '../rows.js'

/** By what name the archives of a file know it. */
export const archiveSetting = 'archiveName'
/** In an archive: the name of the file of which it is. */
export const archiveOfSetting = 'archiveOf'

/**
 * Settings, and the clock among them. What was read is remembered, absence too; whoever keeps this
 * for longer than a transaction says when to forget it.
 */
export function settingTable(db: Database) {
  const read = db.prepare<[string], string>('SELECT value FROM setting WHERE key = ?').pluck()
  const put = db.prepare<[string, string]>(
    `INSERT INTO setting (key, value) VALUES (?, ?)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
  )
  // Every decision reads the clock, and every request the world of some 20 kB: they seldom change.
  const texts = new Map<string, string | undefined>()
  let parsed: { readonly text: string; readonly clock: ClockState } | null = null

  function textOf(key: string): string | undefined {
    const known = texts.get(key)
    if (known !== undefined || texts.has(key)) return known
    const text = read.get(key)
    texts.set(key, text)
    return text
  }

  return {
    get: (key: string): string | undefined => (key === clockSetting ? undefined : textOf(key)),
    set(key: string, value: string): void {
      checkSetting(key)
      // SQLite may keep another text: half of a surrogate pair is none in UTF-8.
      texts.delete(key)
      put.run(key, value)
    },
    clock(): ClockState {
      const text = textOf(clockSetting)
      if (text === undefined) return defaultClock
      if (parsed?.text !== text) parsed = { text, clock: JSON.parse(text) as ClockState }
      return parsed.clock
    },
    setClock(clock: ClockState): void {
      const text = JSON.stringify(clock)
      put.run(clockSetting, text)
      // A virtual clock moves with every transaction, and is read by the next.
      texts.set(clockSetting, text)
    },
    /** What is remembered need not hold any more: of a rollback, of what others wrote. */
    forget: () => texts.clear(),
  }
}

/** The last number given under each name. */
export function counterTable(db: Database) {
  const get = db.prepare<[string], number>('SELECT value FROM counter WHERE name = ?').pluck()
  const put = db.prepare<[string, number]>(
    `INSERT INTO counter (name, value) VALUES (?, ?)
     ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
  )
  // Every decision moves the same few: they are written once a transaction.
  const moved = new Map<string, number>()
  return {
    get: (name: string): number => moved.get(name) ?? get.get(name) ?? 0,
    set(name: string, value: number): void {
      checkCounter(name, value)
      moved.set(name, value)
    },
    /** Writes what was set; the last before the commit. */
    flush(): void {
      for (const [name, value] of moved) put.run(name, value)
      moved.clear()
    },
    /** Drops what was set: the transaction was rolled back. */
    drop: () => moved.clear(),
  }
}
