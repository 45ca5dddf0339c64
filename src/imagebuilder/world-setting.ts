import { defaultWorld } from './world/default.js'
import type { World } from './world/types.js'

/** What settings are read from: a reader or a transaction. */
export interface Settings {
  setting(key: string): string | undefined
}

let last: { readonly text: string; readonly world: World } | null = null

/** The file's world; the default one when the file has none of its own. */
export function worldOf(settings: Settings): World {
  const text = settings.setting('world')
  if (text === undefined) return defaultWorld
  // Parsing 20 kB at every start would cost more than the start.
  if (last?.text !== text) last = { text, world: JSON.parse(text) as World }
  return last.world
}
