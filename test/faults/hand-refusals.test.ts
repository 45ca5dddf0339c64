import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openImageBuilder } from '../../src/compose.js'
import type { ImageBuilder } from '../../src/imagebuilder/image-builder.js'
import { temporaryFolder } from '../store/folder.js'
import { unsound } from './invariants.js'

const path = temporaryFolder()

let file: string
let builder: ImageBuilder
let id: string

beforeEach(async () => {
  file = path()
  builder = await openImageBuilder({ db: file, clock: 'virtual', worker: false })
  const { ImagePipelineId } = await builder.createTemplate({
    RegionId: 'cn-hangzhou',
    Name: 'web',
    BaseImageType: 'IMAGE',
    BaseImage: 'aliyun_3_x64_20G_alibase_20240819.vhd',
  })
  id = (await builder.startExecution({ RegionId: 'cn-hangzhou', ImagePipelineId })).ExecutionId
})

afterEach(() => builder.engine.close())

/** Writes to the file past the engine, as anybody with `sqlite3` may. */
function byHand(sql: string): unknown {
  const db = new Database(file)
  try {
    return db.prepare(sql).run()
  } finally {
    db.close()
  }
}

/** A second live row beside the first. */
const copy = `INSERT INTO execution (n, id, machine, singleton_key, status, seq, started_at,
    updated_at, snapshot)
  SELECT n + 1, 'exec-by-hand', machine, singleton_key, status, seq, started_at, updated_at, snapshot
  FROM execution`

describe('a file into which somebody writes by hand', () => {
  it('refuses a second live execution of a template', () => {
    expect(() => byHand(copy)).toThrow('UNIQUE constraint failed: execution.singleton_key')
  })

  it('takes one when the first has ended', async () => {
    await builder.engine.cancel(id)
    expect(() => byHand(copy)).not.toThrow()
  })

  it.each([
    ['a record of no execution', '9, 1, at, kind, body FROM record', /FOREIGN KEY/],
    ['a record of what has its number', '1, 1, at, kind, body FROM record', /UNIQUE/],
  ])('refuses %s', (_, values, why) => {
    const sql = `INSERT INTO record (n, execution, seq, at, kind, body) SELECT 100, ${values}`
    expect(() => byHand(sql)).toThrow(why)
  })

  it.each([
    ['a record in the past', '2, at - 1', 'record 2 is before its predecessor'],
    ['a record with a gap before it', '3, at', 'record 3 follows record 1'],
  ])('takes %s, and who has it checked is told', async (_, place, problem) => {
    byHand(`INSERT INTO record (n, execution, seq, at, kind, body)
      SELECT 100, 1, ${place}, kind, body FROM record`)
    expect(await builder.engine.verify()).toContainEqual({ executionId: id, problem })
  })

  it('refuses that a record is changed', () => {
    expect(() => byHand("UPDATE record SET body = '{}'")).toThrow('a record is never changed')
  })

  it('refuses work and keys of no execution', () => {
    expect(() => byHand('UPDATE work SET execution = 9')).toThrow('FOREIGN KEY')
    expect(() => byHand("INSERT INTO idempotency VALUES ('x', '{}', 9)")).toThrow('FOREIGN KEY')
  })

  it('is sound after all that, and goes on', async () => {
    expect(() => byHand(copy)).toThrow()
    expect(() => byHand('UPDATE work SET execution = 9')).toThrow()
    expect(unsound(file)).toEqual([])
    await builder.engine.advance('1h')
    expect((await builder.execution(id))?.Status).toBe('SUCCESS')
    expect(await builder.engine.verify()).toEqual([])
  })
})
