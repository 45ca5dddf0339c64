import type { ExecutionRow, Reader, WorkRow } from '../../core/ports.js'
import { fileTime } from '../../core/clock.js'
import { type TaskBody, taskBody } from '../../engine/tasks.js'
import { findRows, type Image } from '../../imagebuilder/rows.js'
import type { Ledger } from './facts.js'
import { emptyLedger, noted } from './ledger.js'
import { type Expected, expected } from './model.js'
import type { Wanted } from './wanted.js'

/** An execution by its name, and what is recorded of it. */
export interface Life {
  /** Its name in the scenario: `web`, `web#2`. */
  readonly name: string
  readonly ledger: Ledger
  /** The statuses that it has had, in order. */
  readonly visited: readonly string[]
  /** Regions in which a caller has deleted its image. */
  readonly removed: readonly string[]
}

/** Pending work with what stands in its body. */
export interface SeenWork {
  readonly row: WorkRow
  readonly body: TaskBody
}

/** An execution as it is stored, beside what must be true of it. */
export interface SeenRun {
  readonly life: Life
  readonly expected: Expected
  readonly row: ExecutionRow
  readonly work: readonly SeenWork[]
  /** By region; absent: none. */
  readonly images: ReadonlyMap<string, Image>
  /** By region: accounts, in order of their ids. */
  readonly shared: ReadonlyMap<string, readonly string[]>
}

/** What a database holds at one moment. */
export interface Seen {
  readonly reader: Reader
  readonly now: number
  readonly runs: readonly SeenRun[]
  /** Executions whose records are gone, with their template. */
  readonly deleted: readonly Life[]
}

/** The life with what has been recorded since. */
export function followed(reader: Reader, life: Life): Life {
  const { ledger, visited } = life
  const row = reader.executionById(ledger.id)
  if (row === undefined || (row.seq === ledger.seq && visited.at(-1) === row.status)) return life
  let next = ledger
  for (const record of reader.records(row.n, ledger.seq, row.seq)) next = noted(next, record)
  const seen = visited.at(-1) === row.status ? visited : [...visited, row.status]
  return { ...life, ledger: next, visited: seen }
}

/** A life of which nothing is known but its name. */
export function newLife(name: string, id: string, wanted: Wanted): Life {
  return { name, ledger: emptyLedger(id, wanted), visited: [], removed: [] }
}

/** Looks at a database; the lives are those of `followed`. */
export function look(reader: Reader, lives: readonly Life[]): Seen {
  const runs: SeenRun[] = []
  const deleted: Life[] = []
  for (const life of lives) {
    const row = reader.executionById(life.ledger.id)
    if (row === undefined) deleted.push(life)
    else runs.push(run(reader, life, row))
  }
  return { reader, now: fileTime(reader.clock(), 0), runs, deleted }
}

function run(reader: Reader, life: Life, row: ExecutionRow): SeenRun {
  const images = findRows(reader, 'image', { ExecutionId: row.id })
  return {
    life,
    expected: expected(life.ledger),
    row,
    work: reader.workOf(row.n).map((work) => ({ row: work, body: taskBody(work) })),
    images: new Map(images.map((image) => [image.Region, image])),
    shared: new Map(
      images.map(({ Region, ImageId }) => {
        const shares = findRows(reader, 'share', { ImageId })
        return [Region, shares.map(({ Account }) => Account).sort()]
      }),
    ),
  }
}
