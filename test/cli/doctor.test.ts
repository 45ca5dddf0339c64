import { openSync, readFileSync, writeFileSync, writeSync } from 'node:fs'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { Console, plain, web } from './console.js'

const id = 'exec-69e640464ad0fd247ffc'

/** A database with an execution that builds. */
async function building(): Promise<Console> {
  const console = new Console()
  await console.create(web)
  await console.run('start web --detach')
  await console.run('advance 2m')
  return console
}

function tamper(console: Console, sql: string): void {
  const db = new Database(console.db)
  db.pragma('foreign_keys = OFF')
  db.exec(sql)
  db.close()
}

/** Sets the execution aside as the engine does when its step throws. */
const stuck = `
  UPDATE work SET parked = 1;
  UPDATE execution SET stuck =
    '{"message":"boom","event":"xstate.done.actor.buildImage","value":{},"at":1767578520000}'`

describe('doctor', () => {
  it('finds nothing wrong with a sound file', async () => {
    const console = await building()
    const { code, out } = await console.run('doctor')
    expect(code).toBe(0)
    expect(out.replace(/\d+ kB/, 'n kB')).toMatchInlineSnapshot(`
      "✔ database    ./test.db, schema 5, n kB
      ✔ clock       virtual, which stands still until it is advanced; it is 2026-01-05T02:02:00Z
      ✔ integrity   SQLite finds no damage
      ✔ rules       all 10 hold
      ✔ histories   every one folds to its snapshot (1 execution, 2 records so far)
      ✔ step        compiled for execution@1 and image@1
      ✔ running     1 execution
      All is well.
      "
    `)
    const json = JSON.parse((await console.run('doctor --json')).out) as object
    expect(json).toMatchObject({
      ok: true,
      checks: [{ name: 'database', verdict: 'good' }, {}, {}, {}, {}, {}, {}],
    })
  })

  it.each([
    [
      'a snapshot that its history does not lead to',
      `UPDATE execution SET snapshot = replace(snapshot, 'x86_64', 'arm64') || ' '`,
      /✘ histories +1 fault found\n +exec-\w+: the history folds to another snapshot/,
    ],
    [
      'a record that is gone',
      'DELETE FROM record WHERE seq = 2',
      /not so: the records of an execution are 1, 2, 3 ... up to its seq\n +exec-\w+ has 1 up to 1/,
    ],
    [
      'an index that is gone',
      'DROP INDEX one_live_execution_per_key',
      /✘ schema +somebody changed the schema\n +the index one_live_execution_per_key is missing/,
    ],
    [
      'a trigger that was changed',
      `DROP TRIGGER record_is_never_changed; CREATE TRIGGER record_is_never_changed
       BEFORE UPDATE ON record BEGIN SELECT 1; END`,
      /the trigger record_is_never_changed was changed/,
    ],
    [
      'two live executions of a template',
      `DROP INDEX one_live_execution_per_key;
       INSERT INTO execution SELECT n + 1, id || 'f', machine, singleton_key, outcome, status, seq,
         started_at, updated_at, ended_at, stuck, snapshot FROM execution`,
      /a singleton key has one live execution at most\n +ip-\w+ has 2/,
    ],
    [
      'work that belongs to nothing',
      'UPDATE work SET execution = 99',
      /✘ integrity .*\n +row 2 of work belongs to nothing/,
    ],
    [
      'a number that would be given twice',
      `UPDATE counter SET value = 1 WHERE name = 'record'`,
      /a number is given once\n +record is at 1/,
    ],
    [
      'a share of an image that is not there',
      `INSERT INTO catalog VALUES ('share', 'm-none/1', '{"ImageId":"m-none"}')`,
      /a share is of an image that there is\n +m-none\/1/,
    ],
  ])('finds %s', async (_, sql, message) => {
    const console = await building()
    tamper(console, sql)
    const { code, out } = await console.run('doctor')
    expect(code).toBe(1)
    expect(out).toMatch(message)
    expect(out).toMatch(/things? to see to\.\n$/)
  })

  it('names who is stuck and what to do', async () => {
    const console = await building()
    tamper(console, stuck)
    const { code, out } = await console.run('doctor')
    expect(code).toBe(1)
    expect(out).toContain(`${id} since 2026-01-05T02:02:00Z, on xstate.done.actor.buildImage: boom`)
    expect(out).toContain(`bakeline retry ${id}; or give it up: bakeline cancel --force ${id}`)
  })

  it('names who waits for a machine that is not here, and what is overdue with it', async () => {
    const console = await building()
    tamper(
      console,
      `UPDATE execution SET machine = 'execution@9'; UPDATE work SET machine = 'execution@9';
       UPDATE setting SET value = '{"mode":"virtual","now":1767579300000}' WHERE key = 'clock'`,
    )
    const { code, out } = await console.run('doctor')
    expect(code).toBe(0)
    expect(out).toMatch(/! waiting +1 execution for a machine that this version does not have\n/)
    expect(out).toMatch(/! overdue .*\n +exec-\w+: buildImage by 10m, a task of execution@9/)
    const watched = await console.run('watch')
    expect([watched.code, watched.err]).toEqual([
      3,
      expect.stringMatching(/cannot go on: .*machine/),
    ])
    expect((await console.run('list')).out).toMatch(/waits for execution@9/)
    expect((await console.run(`show ${id}`)).out).toMatch(
      /waits for execution@9, which this version/,
    )
    expect(await console.run('advance 1m')).toMatchObject({ code: 3 })
    expect(await console.run(`cancel ${id}`)).toMatchObject({ code: 3 })
  })

  it('says who takes the steps, when it is not the compiled machine', async () => {
    const console = await building()
    const env = { BAKELINE_STEPPER: 'interpreted' }
    const { code, out } = await console.run('doctor', { env })
    expect(code).toBe(0)
    expect(out).toContain(
      '✔ step        xstate takes those of execution@1 and image@1, as was asked',
    )
    expect(await console.run('doctor', { env: { BAKELINE_STEPPER: 'fast' } })).toMatchObject({
      code: 2,
      err: expect.stringContaining('BAKELINE_STEPPER is "fast": it may be compiled or') as string,
    })
  })

  it('says when SQLite finds the file damaged', async () => {
    const console = await building()
    const size = readFileSync(console.db).length
    const file = openSync(console.db, 'r+')
    for (let at = 4096; at < size; at += 4096) writeSync(file, Buffer.alloc(200, 0xff), 0, 200, at)
    const { code, out } = await console.run('doctor')
    expect(code).toBe(1)
    expect(out).toMatch(/✘ integrity +.*damaged/)
  })
})

describe('a stuck execution', () => {
  it('is shown as such, and is freed by retry', async () => {
    const console = await building()
    tamper(console, stuck)
    expect((await console.run('list')).out).toMatch(/BUILDING .* stuck\n/)
    const shown = await console.run(`show ${id}`)
    expect(shown.out).toContain(
      `stuck: boom (on xstate.done.actor.buildImage); mend it, then: bakeline retry ${id}`,
    )
    expect(shown.out).toMatch(/buildImage +parked/)
    expect(await console.run('watch')).toMatchObject({ code: 3 })
    expect(await console.run(`retry ${id}`)).toEqual({
      code: 0,
      out: `${id} goes on: BUILDING\n`,
      err: '',
    })
    expect(await console.run('watch')).toMatchObject({ code: 0 })
  })

  it('is given up with cancel --force', async () => {
    const console = await building()
    tamper(console, stuck)
    expect(await console.run(`cancel --force ${id}`)).toMatchObject({ code: 0 })
    expect(await console.run('doctor')).toMatchObject({ code: 0 })
  })

  it('is not what retry finds in one that goes well', async () => {
    const console = await building()
    expect(await console.run(`retry ${id}`)).toEqual({
      code: 3,
      out: '',
      err: `bakeline: ${id} is not stuck\n`,
    })
    expect(await console.run('retry exec-0')).toMatchObject({ code: 4 })
  })
})

describe('a file that is the wrong one', () => {
  it.each([
    ['text', 'hello, this is no database at all', /is not a SQLite database; name another file/],
    ['a header alone', 'SQLite format 3\0', /is not a SQLite database/],
  ])('with %s is refused and left as it is', async (_, text, message) => {
    const console = new Console()
    writeFileSync(console.db, text)
    for (const line of ['list', 'doctor', 'start web', 'template create -f -']) {
      const { code, out, err } = await console.run(line, { stdin: plain('web') })
      expect([code, out]).toEqual([2, ''])
      expect(err).toMatch(message)
    }
    expect(readFileSync(console.db, 'utf8')).toBe(text)
  })

  it('of another program is refused', async () => {
    const console = new Console()
    tamper(console, 'CREATE TABLE other (a)')
    const before = readFileSync(console.db)
    const { code, err } = await console.run('list')
    expect([code, err]).toEqual([2, expect.stringMatching(/database of another program/)])
    expect(readFileSync(console.db).equals(before)).toBe(true)
  })

  it('of a newer version is refused', async () => {
    const console = await building()
    tamper(console, 'PRAGMA user_version = 99')
    const { code, err } = await console.run('list')
    expect([code, err]).toEqual([
      2,
      expect.stringMatching(/has the schema 99 and this version knows/),
    ])
  })

  it('being a folder is refused', async () => {
    const console = new Console()
    const { code, err } = await console.run(['list', '--db', console.folder])
    expect([code, err]).toEqual([2, 'bakeline: . is a folder; name a file in it or beside it\n'])
  })
})
