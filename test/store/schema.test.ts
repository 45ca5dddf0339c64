import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { dumpSchema, schemaFile } from '../../scripts/dump-schema.js'
import type { ExecutionQuery } from '../../src/core/ports.js'
import { catalogSql } from '../../src/store/sqlite/catalog.js'
import { executionCountSql, executionsSql, tallySql } from '../../src/store/sqlite/executions.js'
import { openConnection } from '../../src/store/sqlite/open.js'
import { endSql } from '../../src/store/sqlite/ends-of-history.js'
import { recordsSql, streamSql } from '../../src/store/sqlite/records.js'
import { storeOver } from '../../src/store/sqlite/sqlite.js'
import {
  dueLaterSql,
  dueSameSql,
  dueSql,
  goOnSql,
  slotsSql,
  waitingSql,
  workOfSql,
} from '../../src/store/sqlite/work.js'
import { execution, insertion, record, timer, waiter, write } from '../contract/rows.js'

describe('db/schema.sql', () => {
  it('is where the migrations lead: run scripts/dump-schema.ts after a change', () => {
    expect(readFileSync(schemaFile, 'utf8')).toBe(dumpSchema())
  })
})

describe('the schema itself, whoever writes', () => {
  const connection = openConnection(':memory:')
  const { db } = connection
  const ready = write(storeOver(connection), {
    insert: [execution(1, { singletonKey: 'a' })],
    records: [record(1, 1, 1, 2_000)],
    put: [timer(1, 1, 5), waiter(2, 1, 1)],
    idempotency: [{ key: 'k', request: '{}', execution: 1 }],
    catalog: [insertion('image', 'm-1', { Region: 'a', ImageName: 'x', Status: 'Available' })],
  })

  it.each([
    [
      'a second live execution of a key',
      "INSERT INTO execution SELECT n + 1, 'x', machine, singleton_key, outcome, status, seq, started_at, updated_at, ended_at, stuck, snapshot FROM execution",
      /UNIQUE.*singleton_key/,
    ],
    ['an unknown outcome', "UPDATE execution SET outcome = 'lost', ended_at = 1", /CHECK.*outcome/],
    ['an outcome without an end', "UPDATE execution SET outcome = 'done'", /CHECK/],
    ['a text for a time', "UPDATE execution SET updated_at = 'now'", /cannot store TEXT/],
    ['a record twice', "INSERT INTO record VALUES (2, 1, 1, 2000, 'step', '{}')", /UNIQUE/],
    [
      'a record of an unknown kind',
      "INSERT INTO record VALUES (2, 1, 2, 2000, 'guess', '{}')",
      /CHECK.*kind/,
    ],
    [
      'a record of no execution',
      "INSERT INTO record VALUES (2, 9, 1, 2000, 'step', '{}')",
      /FOREIGN KEY/,
    ],
    ['a changed record', "UPDATE record SET body = '{}'", /never changed/],
    ['work of an unknown state', "UPDATE work SET state = 'lost'", /CHECK.*state/],
    ['work on an unknown clock', "UPDATE work SET axis = 'moon'", /CHECK.*axis/],
    ['a timer that runs', "UPDATE work SET state = 'running' WHERE n = 1", /CHECK/],
    ['a waiter without a ticket', 'UPDATE work SET ticket = NULL WHERE n = 2', /CHECK/],
    ['a slot of no pool', 'UPDATE work SET slot = 1 WHERE n = 1', /CHECK/],
    ['a key of no execution', "INSERT INTO idempotency VALUES ('l', '{}', 9)", /FOREIGN KEY/],
    ['a catalog row that is no object', "UPDATE catalog SET body = '[]'", /CHECK/],
    ['a catalog row that is no JSON', "UPDATE catalog SET body = '{'", /malformed JSON/],
  ])('refuses %s', async (_name, sql, message) => {
    await ready
    expect(() => db.exec(sql)).toThrow(message)
  })

  it('shows the catalog to people', async () => {
    await ready
    expect(db.prepare('SELECT id, region, name, status FROM image').all()).toEqual([
      { id: 'm-1', region: 'a', name: 'x', status: 'Available' },
    ])
    for (const view of ['template', 'component', 'share']) {
      expect(db.prepare(`SELECT * FROM ${view}`).all()).toEqual([])
    }
  })

  it('forgets an execution with all that belongs to it', async () => {
    await ready
    db.exec('SAVEPOINT s; DELETE FROM execution')
    for (const table of ['record', 'work', 'idempotency']) {
      expect(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()).toBe(0)
    }
    db.exec('ROLLBACK TO s; RELEASE s')
  })
})

describe('the plan of every query', () => {
  const { db } = openConnection(':memory:')
  const plan = (sql: string): string => {
    const count = sql.replaceAll(/@\w+/g, '?').split('?').length - 1
    const statement = db.prepare<unknown[], { detail: string }>(
      `EXPLAIN QUERY PLAN ${sql.replaceAll(/@\w+/g, '?')}`,
    )
    return statement
      .all(...Array.from({ length: count }, () => 1))
      .map(({ detail }) => detail)
      .join('; ')
  }
  const find = (query: Partial<ExecutionQuery>) => executionsSql({ limit: 1, ...query })

  const queries = [
    ['due', dueSql, 'work_due (axis=? AND due>? AND due<?)'],
    ['due at the same time', dueSameSql, 'work_due (axis=? AND due=? AND rowid>?)'],
    ['due later', dueLaterSql, 'work_due (axis=? AND due>? AND due<?)'],
    ['a task that goes on', goOnSql, 'work USING INTEGER PRIMARY KEY (rowid=?)'],
    ['waiting', waitingSql, 'work_queue (pool=? AND ticket>?)'],
    ['slots', slotsSql, 'work_slot (pool=?)'],
    ['the work of an execution', workOfSql, 'work_of_execution (execution=?)'],
    ['the records of an execution', recordsSql, '(execution=? AND seq>?)'],
    ['where a history ends', endSql, '(execution=?)'],
    ['the stream', streamSql, 'INTEGER PRIMARY KEY (rowid>?)'],
    ['newest executions', find({}), 'SCAN execution'],
    ['a page of executions', find({ after: 1 }), 'INTEGER PRIMARY KEY (rowid<?)'],
    ['oldest first', find({ after: 1, oldestFirst: true }), 'INTEGER PRIMARY KEY (rowid>?)'],
    [
      'of a key',
      find({ singletonKey: 'a', after: 1 }),
      'execution_by_key (singleton_key=? AND n<?)',
    ],
    [
      'how many of a key',
      executionCountSql({ singletonKey: 'a' }),
      'execution_by_key (singleton_key=?)',
    ],
    [
      'how many have ended',
      tallySql({ singletonKey: 'a', machine: 'm' }),
      'SEARCH tally USING PRIMARY KEY (scope=? AND machine=?)',
    ],
    [
      'images of an execution',
      catalogSql({ kind: 'image', where: { ExecutionId: 'e' } }),
      'image_by_execution (<expr>=?)',
    ],
    [
      'live of a key',
      find({ singletonKey: 'a', live: true }),
      'one_live_execution_per_key (singleton_key=?)',
    ],
    ['live ones', find({ live: true, after: 1 }), 'live_execution (outcome=? AND rowid<?)'],
    ['stuck ones', find({ stuck: true, after: 1 }), 'stuck_execution (n<?)'],
    ['a whole kind', catalogSql({ kind: 'image', after: 'a', limit: 1 }), '(kind=? AND key>?)'],
    [
      'images by name',
      catalogSql({ kind: 'image', where: { ImageName: 'x', Region: 'a' } }),
      'image_by_name (<expr>=? AND <expr>=?)',
    ],
    [
      'images of a family',
      catalogSql({ kind: 'image', where: { Region: 'a', Account: '1', ImageFamily: 'f' } }),
      'image_by_family (<expr>=? AND <expr>=?)',
    ],
    [
      'a page of templates of a region',
      catalogSql({ kind: 'template', where: { Region: 'a' }, after: 'm', limit: 1 }),
      'template_by_region (<expr>=? AND key>?)',
    ],
    [
      'a page of components of a region',
      catalogSql({ kind: 'component', where: { Region: 'a' }, after: 'm', limit: 1 }),
      'component_by_region (<expr>=? AND key>?)',
    ],
    [
      'users of a component',
      catalogSql({ kind: 'reference', where: { ImageComponentId: 'c' }, limit: 1 }),
      'reference_by_component (<expr>=?)',
    ],
    [
      'components of a template',
      catalogSql({ kind: 'reference', where: { ImagePipelineId: 't' } }),
      'reference_by_template (<expr>=?)',
    ],
    [
      'templates by name',
      catalogSql({ kind: 'template', where: { Region: 'a', Name: 'x' } }),
      'template_by_name (<expr>=? AND <expr>=?)',
    ],
    [
      'components by name',
      catalogSql({
        kind: 'component',
        where: { Region: 'a', Name: 'x', ComponentVersion: '1.0.0' },
      }),
      'component_by_name (<expr>=? AND <expr>=?)',
    ],
    [
      'shares of an image',
      catalogSql({ kind: 'share', where: { ImageId: 'm' } }),
      'share_by_image (<expr>=?)',
    ],
  ] as const

  it.each(queries)('%s goes by an index and sorts nothing', (_name, sql, expected) => {
    expect(plan(sql)).toContain(expected)
    expect(plan(sql)).not.toMatch(/TEMP B-TREE|;/)
    expect(sql).not.toMatch(/OFFSET/i)
  })

  it('is made once: SQLite would prepare a statement whose limit it can see anew at every call', () => {
    for (const [, sql] of queries) expect(sql).not.toMatch(/LIMIT [?@]/)
  })
})
