import type { Reader } from '../../core/ports.js'
import { checkVersion, type Compatibility } from '../../engine/compatibility.js'
import { machineKey, type MachineDefinition } from '../../engine/definition.js'
import { sqlite } from '../../store/sqlite/sqlite.js'
import type { Context } from '../context.js'
import { type ExitCode, exitCodes, wrongInput } from '../exit-codes.js'
import { count } from '../follow/picture.js'
import { readMachines } from '../inputs/machines.js'
import { oneLine } from '../render/width.js'

interface CheckOptions {
  readonly all?: boolean
}

const pageSize = 500

/** `bakeline check <machine>` */
export async function check(
  context: Context,
  [file]: readonly [string],
  { all = false }: CheckOptions,
): Promise<ExitCode> {
  const { db } = context.options
  const entries = await readMachines(file)
  const store = sqlite(db, { readOnly: true, mustExist: true })
  try {
    let seen = 0
    const found: Compatibility[] = []
    for (const entry of entries) {
      for await (const each of checkVersion(store, entry, { all })) {
        seen += 1
        if (each.problem !== null) found.push(each)
      }
    }
    if (seen === 0) refuseOthers(await store.read(machinesIn), entries, { db, all })
    return tell(context, seen, found)
  } finally {
    await store.close()
  }
}

/** The machines of the newest executions, for the message that says what is there. */
function machinesIn(reader: Reader): readonly string[] {
  return [...new Set(reader.executions({ limit: pageSize }).map(({ machine }) => machine))]
}

/** A file without one execution of these machines: more likely the wrong file than a good answer. */
function refuseOthers(
  there: readonly string[],
  entries: readonly MachineDefinition[],
  { db, all }: { readonly db: string; readonly all: boolean },
): void {
  const asked = entries.map(({ machine }) => machineKey(machine)).join(', ')
  const ids = new Set(entries.map(({ machine }) => machine.id))
  if (there.length === 0 || there.some((key) => ids.has(key.slice(0, key.lastIndexOf('@'))))) return
  const which = all ? '' : 'live '
  throw wrongInput(`${db} has no ${which}execution of ${asked}; it has ${there.join(', ')}`)
}

function tell(
  { options, json, say, paint }: Context,
  seen: number,
  found: readonly Compatibility[],
): ExitCode {
  const broken = found.filter(({ verdict }) => verdict === 'breaks').length
  const waiting = found.length - broken
  if (options.json) json({ ok: found.length === 0, checked: seen, executions: found })
  else {
    for (const { executionId, verdict, record, problem } of found) {
      const mark = verdict === 'breaks' ? paint('red', '✘') : paint('yellow', '!')
      const at = record === null ? '' : ` at record ${record}`
      say(`${mark} ${executionId} ${verdict}${at}: ${oneLine(problem ?? '')}`)
    }
    const rest = seen - found.length
    say(
      found.length === 0
        ? `${count(seen, 'execution')} would go on.`
        : `${count(broken, 'execution')} would break, ${waiting} would wait, ${rest} would go on.`,
    )
  }
  return found.length === 0 ? exitCodes.success : exitCodes.otherEnd
}
