import type { Database } from 'better-sqlite3'
import { openConnection } from './open.js'

/** What a check of a file found. */
export interface Health {
  readonly schema: number
  readonly bytes: number
  /** Damage that SQLite itself finds in the file. */
  readonly damage: readonly string[]
  /** Tables, indexes and triggers that are not as this version makes them. */
  readonly schemaFaults: readonly string[]
  /** Rules that rows break, by rule. */
  readonly broken: readonly { readonly rule: string; readonly what: readonly string[] }[]
  /** How many rules were asked. */
  readonly rules: number
}

/** What holds in every file of ours. Each question gives one text a row that breaks its rule. */
const rules: readonly (readonly [rule: string, question: string])[] = [
  [
    'a singleton key has one live execution at most',
    `SELECT singleton_key || ' has ' || count(*) FROM execution
     WHERE outcome IS NULL AND singleton_key IS NOT NULL GROUP BY singleton_key HAVING count(*) > 1`,
  ],
  [
    'the records of an execution are 1, 2, 3 ... up to its seq',
    `SELECT id || ' has ' || count(record.n) || ' up to ' || ifnull(max(record.seq), 0)
     FROM execution LEFT JOIN record ON record.execution = execution.n
     GROUP BY execution.n
     HAVING count(record.n) <> execution.seq OR ifnull(max(record.seq), 0) <> execution.seq`,
  ],
  [
    'no record is before its predecessor',
    `SELECT id || ' at record ' || later.seq FROM record AS later
     JOIN record AS earlier ON earlier.execution = later.execution AND earlier.seq = later.seq - 1
     JOIN execution ON execution.n = later.execution
     WHERE later.at < earlier.at`,
  ],
  [
    'the last record of an execution is as old as its last change',
    `SELECT id || ' changed at ' || updated_at FROM execution
     JOIN record ON record.execution = execution.n AND record.seq = execution.seq
     WHERE record.at > execution.updated_at`,
  ],
  [
    'what has ended waits for nothing',
    `SELECT DISTINCT execution.id || ' waits for ' || work.id FROM work
     JOIN execution ON execution.n = work.execution WHERE outcome IS NOT NULL`,
  ],
  [
    'work is parked while its execution is stuck, and only then',
    `SELECT execution.id || ' and ' || work.id FROM work
     JOIN execution ON execution.n = work.execution WHERE (stuck IS NOT NULL) <> (parked = 1)`,
  ],
  [
    'a number is given once',
    `SELECT name || ' is at ' || value FROM counter WHERE
       (name = 'record' AND value < (SELECT ifnull(max(n), 0) FROM record)) OR
       (name = 'work' AND value < (SELECT ifnull(max(n), 0) FROM work)) OR
       (name = 'execution' AND value < (SELECT ifnull(max(n), 0) FROM execution))`,
  ],
  [
    'how many have ended is counted',
    `SELECT status || ' is counted ' || sum(count) FROM (
       SELECT machine, status, count FROM tally WHERE scope = ''
       UNION ALL
       SELECT machine, status, -count(*) FROM execution WHERE outcome IS NOT NULL
       GROUP BY machine, status)
     GROUP BY machine, status HAVING sum(count) <> 0`,
  ],
  [
    'an image is Creating only while its execution lives',
    `SELECT key || ' of ' || execution.id FROM catalog
     JOIN execution ON execution.id = body ->> '$.ExecutionId'
     WHERE kind = 'image' AND body ->> '$.Status' = 'Creating' AND outcome IS NOT NULL`,
  ],
  [
    'a share is of an image that there is',
    `SELECT share.key FROM catalog AS share WHERE kind = 'share' AND NOT EXISTS (
       SELECT 1 FROM catalog AS image
       WHERE image.kind = 'image' AND image.key = share.body ->> '$.ImageId')`,
  ],
]

/**
 * Checks a file, reading it all and writing nothing.
 *
 * @throws BakelineError as `sqlite`, for a file that is not one of ours
 */
export function checkHealth(path: string): Health {
  const { db } = openConnection(path, { readOnly: true })
  try {
    const damage = damageOf(db)
    const sound = damage.length === 0
    return {
      schema: db.pragma('user_version', { simple: true }) as number,
      bytes: db.prepare<[], number>(sizeQuery).pluck().get() ?? 0,
      damage,
      schemaFaults: sound ? schemaFaults(db) : [],
      broken: sound ? brokenRules(db) : [],
      rules: rules.length,
    }
  } finally {
    db.close()
  }
}

const sizeQuery = 'SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()'

function damageOf(db: Database): readonly string[] {
  const found = db.prepare<[], string>('PRAGMA integrity_check').pluck().all()
  const orphans = db.prepare<[], { table: string; rowid: number }>('PRAGMA foreign_key_check').all()
  return [
    ...found.filter((line) => line !== 'ok'),
    ...orphans.map(({ table, rowid }) => `row ${rowid} of ${table} belongs to nothing`),
  ]
}

function brokenRules(db: Database): Health['broken'] {
  return rules.flatMap(([rule, question]) => {
    const what = db.prepare<[], string>(question).pluck().all()
    return what.length === 0 ? [] : [{ rule, what }]
  })
}

/** Compared with a new database, which has the schema as this version makes it. */
function schemaFaults(db: Database): readonly string[] {
  const { db: fresh } = openConnection(':memory:')
  try {
    const now = new Map(objectsOf(db).map(({ name, sql }) => [name, sql]))
    return objectsOf(fresh).flatMap(({ type, name, sql }) => {
      if (!now.has(name)) return [`the ${type} ${name} is missing`]
      return now.get(name) === sql ? [] : [`the ${type} ${name} was changed`]
    })
  } finally {
    fresh.close()
  }
}

interface SchemaObject {
  readonly type: string
  readonly name: string
  readonly sql: string | null
}

function objectsOf(db: Database): readonly SchemaObject[] {
  return db
    .prepare<[], SchemaObject>(
      "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'",
    )
    .all()
}
