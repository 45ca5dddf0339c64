import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { openImageBuilder } from '../../src/compose.js'
import { Console, plain } from './console.js'

async function baked(): Promise<Console> {
  const console = new Console()
  await console.create(plain('web'))
  await console.run('start web')
  return console
}

describe('record', () => {
  it('prints a scenario of what ran, and says that it replays to the same', async () => {
    const console = await baked()
    const { code, out, err } = await console.run('record')
    expect([code, err]).toEqual([0, '✔ the scenario replays to the same 4 records\n'])
    expect(out).toMatch(/^# 1 execution of test\.db, recorded by bakeline/)
    expect(out).toContain('- start: web\n')
    const file = console.write('again.yaml', out)
    expect((await console.run(`replay ${file}`)).out).toMatch(
      /✔ all as expected: 1 execution, 4 rec/,
    )
  })

  it('writes it to a file, which must not be there already', async () => {
    const console = await baked()
    const file = console.path('incident.yaml')
    expect(await console.run(`record --out ${file}`)).toEqual({
      code: 0,
      out: '',
      err: '✔ ./incident.yaml replays to the same 4 records\n',
    })
    expect(readFileSync(file, 'utf8')).toContain('expect: web')
    const again = await console.run(`record --out ${file}`)
    expect([again.code, again.err]).toEqual([
      2,
      'bakeline: ./incident.yaml exists already: name another with --out\n',
    ])
  })

  it('goes up to a step of one execution, and replays to the same', async () => {
    const console = await baked()
    const { out: list } = await console.run('list --json')
    const id = /exec-[0-9a-f]{20}/.exec(list)?.[0] ?? ''
    const { code, out, err } = await console.run(`record ${id} --at 2`)
    expect([code, err]).toEqual([
      0,
      `Up to step 2 of ${id}.\n✔ the scenario replays to the same 2 records\n`,
    ])
    expect(out).toContain('status: BUILDING')
    const file = console.write('up-to.yaml', out)
    expect((await console.run(`replay ${file}`)).out).toMatch(/✔ all as expected/)
    for (const [wrong, says] of [
      [`record ${id} --at 99`, 'has 4 steps: ask for one from 1 to 4'],
      [`record ${id} --at x`, '--at x is no step'],
      ['record --at 2', 'say of which one'],
      ['record --as-plan --at 2', 'a plan has no steps'],
    ] as const) {
      const refused = await console.run(wrong)
      expect(refused.code).toBe(2)
      expect(refused.err).toContain(says)
    }
  })

  it('answers in JSON', async () => {
    const console = await baked()
    const { out } = await console.run('record --json')
    expect(JSON.parse(out)).toMatchObject({ same: true, executions: 1, records: 4, file: null })
  })

  it('of what is not there is not found, or wrong input', async () => {
    const console = await baked()
    const missing = await console.run('record exec-1')
    expect([missing.code, missing.err]).toEqual([
      4,
      'bakeline: there is no execution "exec-1" in test.db\n',
    ])
    const file = console.path('x.yaml')
    const nothing = await console.run(`record --from ${console.path('nothing.db')} --out ${file}`)
    expect([nothing.code, nothing.err]).toEqual([2, 'bakeline: ./nothing.db does not exist\n'])
    expect(existsSync(file)).toBe(false)
  })

  it('ends with 1 when the scenario goes another way, and says where', async () => {
    const console = new Console()
    await console.create(`${plain('web')}InstanceType: ecs.g6.large\n`)
    await console.run('start web')
    // The history does not know how the world was when it was written.
    const builder = await openImageBuilder({ db: console.db, worker: false, mustExist: true })
    await builder.editWorld({ remove: { instanceTypes: ['ecs.g6.large'] } })
    await builder.engine.close()
    const { code, err } = await console.run('record')
    expect(code).toBe(1)
    expect(err).toMatch(/^✘ the scenario replays to something else:\ncreate template web: refused/)
  })
})
