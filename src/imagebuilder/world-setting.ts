import { BakelineError } from '../core/errors.js'
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
  if (last?.text !== text) {
    const stored = parsed(text)
    // A file that was made before the world had a list or a quota gets the default one.
    const quotas = { ...defaultWorld.quotas, ...stored.quotas }
    last = { text, world: { ...defaultWorld, ...stored, quotas } }
  }
  return last.world
}

/** The parser's own error would show a piece of the text, in which there may be a secret. */
function parsed(text: string): Partial<World> {
  try {
    return JSON.parse(text) as Partial<World>
  } catch {
    throw new BakelineError('CORRUPT', 'the setting "world" is not JSON')
  }
}
