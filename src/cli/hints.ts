import type { ClockState } from '../core/clock.js'
import type { Context } from './context.js'
import { defaultDb } from './options.js'

/** The option that names the file again, when it is not the one that is used anyhow. */
function dbOption({ io, options }: Context): string {
  const usual = io.env['BAKELINE_DB'] || defaultDb
  return options.db === usual ? '' : ` --db ${quoted(options.db)}`
}

function quoted(path: string): string {
  return /^[\w./@:+-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`
}

/** What to type to go on after an interruption. */
export function goOn(context: Context, ids: readonly string[], mode: ClockState['mode']): string {
  const [who, word] =
    ids.length === 1
      ? [`${ids[0]} has not ended`, ` ${ids[0]}`]
      : [`${ids.length} executions have not ended`, '']
  const state = mode === 'virtual' ? 'the clock stands still' : 'the clock of the file runs on'
  return `Interrupted: ${who}; ${state}. Go on with:\n  bakeline watch${word}${dbOption(context)}`
}
