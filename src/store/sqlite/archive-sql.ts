import type { Database, Statement } from 'better-sqlite3'
import { limited } from './statements.js'

const numbers = '(SELECT value FROM json_each(?))'
const ids = `(SELECT id FROM main.execution WHERE n IN ${numbers})`

const executionColumns = `n, id, machine, singleton_key, outcome, status, seq, started_at, updated_at,
  ended_at, stuck, snapshot`
const clockColumns = 'n, kind, at, until, was, clock, wall, record'

/** What tells of an execution beside its history is copied: the template, the images, the shares. */
const described = [
  `SELECT kind, key, body FROM main.catalog
   WHERE kind IN ('executionTags', 'imageTraits') AND key IN ${ids}`,
  `SELECT kind, key, body FROM main.catalog WHERE kind = 'template' AND key IN
   (SELECT singleton_key FROM main.execution WHERE n IN ${numbers})`,
  `SELECT kind, key, body FROM main.catalog WHERE kind = 'image' AND body ->> '$.ExecutionId' IN ${ids}`,
  `SELECT kind, key, body FROM main.catalog WHERE kind = 'share' AND body ->> '$.ImageId' IN
   (SELECT key FROM main.catalog WHERE kind = 'image' AND body ->> '$.ExecutionId' IN ${ids})`,
]

const notThere = `NOT EXISTS (SELECT 1 FROM archive.execution AS there WHERE there.n = execution.n)`

const copies = [
  // In this order: records and keys are of an execution that is there.
  ...described.map(
    (rows) => `INSERT INTO archive.catalog (kind, key, body) ${rows}
      ON CONFLICT DO UPDATE SET body = excluded.body`,
  ),
  // Before those who are counted are there.
  `INSERT INTO archive.tally (scope, machine, status, count)
   SELECT scope.value, machine, status, count(*)
   FROM main.execution JOIN json_each(json_array('', 'key ' || singleton_key)) AS scope
   WHERE n IN ${numbers} AND ${notThere} AND scope.value IS NOT NULL
   GROUP BY scope.value, machine, status
   ON CONFLICT DO UPDATE SET count = count + excluded.count`,
  `INSERT INTO archive.execution (${executionColumns})
   SELECT ${executionColumns} FROM main.execution WHERE n IN ${numbers} AND ${notThere}`,
  `INSERT INTO archive.record (n, execution, seq, at, kind, body)
   SELECT n, execution, seq, at, kind, body FROM main.record
   WHERE execution IN ${numbers}
     AND NOT EXISTS (SELECT 1 FROM archive.record AS there WHERE there.n = record.n)
   ORDER BY execution, seq`,
  `INSERT INTO archive.idempotency (key, request, execution)
   SELECT key, request, execution FROM main.idempotency
   WHERE execution IN ${numbers}
     AND NOT EXISTS (SELECT 1 FROM archive.idempotency AS there WHERE there.key = idempotency.key)`,
]

const hasImages = (execution: string): string => `EXISTS (
  SELECT 1 FROM main.catalog AS image
  WHERE image.kind = 'image' AND image.body ->> '$.ExecutionId' = ${execution})`

const removals = [
  // What a template alone says of images is said of those that stay: once their execution is gone, it
  // is no longer found from the template, which may be deleted.
  `INSERT INTO main.catalog (kind, key, body)
   SELECT 'imageTraits', execution.id, template.body -> '$.ImageTraits'
   FROM main.execution JOIN main.catalog AS template
     ON template.kind = 'template' AND template.key = execution.singleton_key
   WHERE execution.n IN ${numbers} AND json_type(template.body, '$.ImageTraits') = 'object'
     AND ${hasImages('execution.id')}
   ON CONFLICT DO NOTHING`,
  // What is of an execution alone goes with it; what its images are like stays as long as they do.
  `DELETE FROM main.catalog WHERE kind = 'executionTags' AND key IN ${ids}`,
  `DELETE FROM main.catalog
   WHERE kind = 'imageTraits' AND key IN ${ids} AND NOT ${hasImages('catalog.key')}`,
  `DELETE FROM main.execution WHERE outcome IS NOT NULL AND n IN ${numbers}`,
]

/** The numbers of the executions that are next: those that have ended, in order of their making. */
const nextSql = `SELECT n FROM main.execution
  WHERE n > @after AND outcome IS NOT NULL AND ended_at < @until
    AND outcome IN (SELECT value FROM json_each(@outcomes))
    AND (@singletonKey IS NULL OR singleton_key = @singletonKey)
  ORDER BY n ${limited}`

type Listed = Pick<Statement<[string]>, 'run'>

/** What a move is made of. Each takes the numbers of the executions as a JSON list. */
export interface MoveStatements {
  readonly next: Pick<Statement<[object], number>, 'all'>
  readonly copy: readonly Listed[]
  readonly remove: readonly Listed[]
  readonly counters: Pick<Statement<[]>, 'run'>
  readonly clockChanges: Pick<Statement<[]>, 'run'>
  readonly count: Pick<Statement<[string], number>, 'get'>
}

/** The statements of a move, on a connection to which the archive is attached. */
export function moveStatements(db: Database): MoveStatements {
  return {
    next: db.prepare<[object], number>(nextSql).pluck(),
    copy: copies.map((sql) => listed(db, sql)),
    remove: removals.map((sql) => listed(db, sql)),
    /** The archive gives no numbers, but says as this file does which were given. */
    counters: db.prepare<[]>(`INSERT INTO archive.counter (name, value)
      SELECT name, value FROM main.counter WHERE true
      ON CONFLICT DO UPDATE SET value = max(value, excluded.value)`),
    /** What was done to the clock while they ran; the newest may have grown since it was copied. */
    clockChanges: db.prepare<[]>(`INSERT OR REPLACE INTO archive.clock_change (${clockColumns})
      SELECT ${clockColumns} FROM main.clock_change
      WHERE n >= (SELECT coalesce(max(n), 0) FROM archive.clock_change)`),
    count: db
      .prepare<[string], number>(`SELECT count(*) FROM main.record WHERE execution IN ${numbers}`)
      .pluck(),
  }
}

/** A statement that takes the list of numbers once, however often it names it. */
function listed(db: Database, sql: string): Listed {
  const times = sql.split('?').length - 1
  const statement = db.prepare<string[]>(sql)
  return { run: (list) => statement.run(...Array.from({ length: times }, () => list)) }
}
