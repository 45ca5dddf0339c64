import { basename } from 'node:path'
import { openImageBuilder } from '../compose.js'
import type { Reader, WorkRow } from '../core/ports.js'
import { recordsOf } from '../engine/verify.js'
import { executionMachine } from '../../machines/execution.js'
import { findRows, type Template } from '../imagebuilder/rows.js'
import { worldOf } from '../imagebuilder/world-setting.js'
import type { Observed, ObservedRun, Pending } from '../simulate/record/observed.js'

/**
 * What a database file knows of executions; what is due in it is done first, as always.
 *
 * @throws BakelineError `STORE` when the file cannot be used
 */
export async function observeFile(db: string): Promise<Observed> {
  const { engine } = await openImageBuilder({ db, mustExist: true, worker: false })
  try {
    await engine.settle()
    const { now } = await engine.clock()
    return await engine.read((reader) => ({ ...observe(reader), source: basename(db), now }))
  } finally {
    await engine.close()
  }
}

function observe(reader: Reader): Omit<Observed, 'source' | 'now'> {
  const seed = reader.setting('seed')
  return {
    seed: seed === undefined ? null : Number(seed),
    world: worldOf(reader),
    templates: inOrder(findRows(reader, 'template', {})),
    components: inOrder(findRows(reader, 'component', {})),
    runs: runsOf(reader),
  }
}

function runsOf(reader: Reader): readonly ObservedRun[] {
  const rows = reader.executions({ oldestFirst: true, limit: Number.MAX_SAFE_INTEGER })
  return rows
    .filter(({ machine }) => machine === `${executionMachine.id}@${executionMachine.version}`)
    .map(({ n, id, singletonKey }) => ({
      id,
      template: singletonKey ?? '',
      records: recordsOf(reader, n),
      pending: reader.workOf(n).flatMap(pendingOf),
    }))
}

/** The end of an attempt that runs stands in its row. */
function pendingOf({ id, kind, state, axis, due }: WorkRow): Pending[] {
  if (kind !== 'task' || state !== 'running' || axis !== 'file') return []
  return [{ task: id, due }]
}

/** Times are to the second; of the same second, rows stay in the order of their ids. */
function inOrder<R extends Pick<Template, 'CreationTime'>>(rows: readonly R[]): readonly R[] {
  return [...rows].sort((a, b) => Date.parse(a.CreationTime) - Date.parse(b.CreationTime))
}
