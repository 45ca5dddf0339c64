import { rm } from 'node:fs/promises'
import Database, { type Database as Connection } from 'better-sqlite3'
import { openImageBuilder } from '../../src/compose.js'
import { region, templateRequest } from '../http/world.js'

export interface Filling {
  /** Executions that have ended, twelve records each. */
  readonly ended: number
  /** Executions that live, each with one task that runs, and a template of its own. */
  readonly live: number
  /** How many executions one template has. */
  readonly each: number
}

/** What the copies are made of. Ids are as long as any, so that every copy is as long as its model. */
interface Model {
  readonly template: string
  readonly ended: string
  readonly live: string
}

/**
 * Makes a file with many executions: one that ended and one that lives are made by the engine, all
 * others are their rows again under ids of their own.
 */
export async function fillFile(db: string, filling: Filling): Promise<void> {
  for (const end of ['', '-wal', '-shm']) await rm(`${db}${end}`, { force: true })
  const model = await makeModel(db)
  const connection = new Database(db)
  try {
    connection.pragma('synchronous = OFF')
    connection.pragma('cache_size = -200000')
    multiply(connection, model, filling)
    connection.pragma('wal_checkpoint(TRUNCATE)')
  } finally {
    connection.close()
  }
}

async function makeModel(db: string): Promise<Model> {
  const builder = await openImageBuilder({
    db,
    clock: 'virtual@2026-01-05T02:00:00Z',
    seed: 1,
    worker: false,
  })
  try {
    const { ImagePipelineId } = await builder.createTemplate({
      ...templateRequest,
      TestContent: 'RUN echo tested',
      ToRegionId: ['cn-beijing', 'cn-zhangjiakou', 'cn-shanghai'],
    })
    const start = { RegionId: region, ImagePipelineId }
    const ended = (await builder.startExecution(start)).ExecutionId
    await builder.engine.advance('1h')
    const live = (await builder.startExecution(start)).ExecutionId
    await builder.engine.advance('3m')
    const records = (await builder.engine.history(ended)).length
    if (records !== 12) throw new Error(`the model has ${records} records, not twelve`)
    return { template: ImagePipelineId, ended, live }
  } finally {
    await builder.engine.close()
  }
}

/** The n-th of a kind under a name of its own, as long as the model's. */
const named = (model: string, n: string, prefix: number): string =>
  `substr(${model}, 1, ${prefix}) || printf('%0' || (length(${model}) - ${prefix}) || 'd', ${n})`

function multiply(db: Connection, model: Model, { ended, live, each }: Filling): void {
  const triggers = db
    .prepare<[], { name: string; sql: string }>(
      "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
    )
    .all()
  // What they watch over holds by the way in which the rows are made; they would take most of the time.
  for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`)
  db.exec('BEGIN')
  const templates = Math.ceil(ended / each)
  copyTemplates(db, model, templates + live)
  copyExecutions(db, { ...model, execution: model.ended }, ended, `(i % ${templates}) + 1`)
  copyExecutions(db, { ...model, execution: model.live }, live, `${templates} + i`)
  db.exec(`
    DELETE FROM tally;
    INSERT INTO tally SELECT '', machine, status, count(*) FROM execution
      WHERE outcome IS NOT NULL GROUP BY machine, status;
    INSERT INTO tally SELECT 'key ' || singleton_key, machine, status, count(*) FROM execution
      WHERE outcome IS NOT NULL GROUP BY singleton_key, machine, status;
    REPLACE INTO counter SELECT 'execution', max(n) FROM execution;
    REPLACE INTO counter SELECT 'record', max(n) FROM record;
    REPLACE INTO counter SELECT 'work', max(value, ifnull((SELECT max(n) FROM work), 0))
      FROM counter WHERE name = 'work';
    REPLACE INTO counter SELECT 'template/${region}', count(*) FROM catalog WHERE kind = 'template';
    COMMIT`)
  for (const { sql } of triggers) db.exec(sql)
}

const numbers = 'WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < @count)'

function copyTemplates(db: Connection, { template }: Model, count: number): void {
  if (count === 0) return
  const id = named('@template', 'i', 6)
  db.prepare(
    `${numbers} INSERT INTO catalog SELECT kind, ${id}, replace(body, @template, ${id})
     FROM s JOIN catalog ON kind = 'template' AND key = @template`,
  ).run({ template, count })
}

function copyExecutions(
  db: Connection,
  { template, execution }: { readonly template: string; readonly execution: string },
  count: number,
  templateNumber: string,
): void {
  if (count === 0) return
  const { n, last } = db
    .prepare<[string], { n: number; last: number }>(
      'SELECT n, (SELECT max(n) FROM execution) AS last FROM execution WHERE id = ?',
    )
    .get(execution) as { n: number; last: number }
  const key = named('@template', templateNumber, 6)
  const id = named('@execution', `i + ${last}`, 5)
  const own = (column: string): string =>
    `replace(replace(${column}, @execution, ${id}), @template, ${key})`
  const given = { template, execution, count }
  db.prepare(
    `${numbers} INSERT INTO execution SELECT ${last} + i, ${id}, machine, ${key}, outcome, status,
       seq, started_at + i, updated_at + i, ended_at + i, stuck, ${own('snapshot')}
     FROM s JOIN execution ON id = @execution`,
  ).run(given)
  // In the order in which they happened to be written: the records of all at one instant together.
  db.prepare(
    `${numbers} INSERT INTO record (execution, seq, at, kind, body)
     SELECT ${last} + i, seq, at + i, kind, ${own('body')}
     FROM record JOIN s WHERE execution = ${n} ORDER BY record.n`,
  ).run(given)
  const first = db.prepare("SELECT value FROM counter WHERE name = 'work'").pluck().get() as number
  db.prepare(
    `${numbers} INSERT INTO work SELECT ${first} + i, ${last} + i, kind, id, seq, machine, state,
       axis, due + i * 10, parked, pool, slot, ticket, owner, ${own('body')}
     FROM s JOIN work ON execution = ${n}`,
  ).run(given)
}
