import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Console, web } from './console.js'

const id = 'exec-69e640464ad0fd247ffc'

async function running(): Promise<Console> {
  const console = new Console()
  await console.create(web)
  await console.run('start web --detach')
  return console
}

describe('fork', () => {
  it('plays an execution to its end and leaves the file as it is', async () => {
    const console = await running()
    const { code, out } = await console.run(`fork ${id}`)
    expect(code).toBe(0)
    expect(out).toMatch(/SUCCESS The image is in 2 regions, shared with 1 account\.\n$/)
    expect((await console.run('list')).out).toMatch(/PREPARING/)
  })

  it('plays what would be if, and ends as the execution does', async () => {
    const console = await running()
    const file = console.write('outage.yaml', '- { task: copyImage, fail: outage }\n')
    const { code, out } = await console.run(`fork ${id} --what-if ${file}`)
    expect(code).toBe(1)
    expect(out).toMatch(/PARTITION_SUCCESS Copying to cn-beijing failed: outage\n$/)
    expect((await console.run(`fork ${id}`)).code).toBe(0)
  })

  it('keeps the copy for other commands', async () => {
    const console = await running()
    const to = console.path('copy.db')
    const kept = await console.run(`fork --to ${to}`)
    expect(kept).toEqual({
      code: 0,
      out: './copy.db stands still at 2026-01-05T02:00:00Z.\n',
      err: 'Play it on: bakeline advance --next --db ./copy.db\n',
    })
    expect((await console.run(`advance --next --db ${to}`)).out).toMatch(/BUILDING/)
    const json = await console.run(`fork ${id} --to ${console.path('b.db')} --json`)
    expect(JSON.parse(json.out)).toEqual({ fork: './b.db', now: '2026-01-05T02:00:00Z' })
  })

  it('begins where an earlier step had just been taken', async () => {
    const console = await running()
    await console.run(`watch ${id}`)
    const to = console.path('past.db')
    const kept = await console.run(`fork ${id} --at 2 --to ${to}`)
    expect(kept).toMatchObject({ code: 0, out: expect.stringContaining('stands still at') })
    expect((await console.run(`show ${id} --db ${to}`)).out).toContain('BUILDING')
    const file = console.write('outage.yaml', '- { task: copyImage, fail: outage }\n')
    const { code, out } = await console.run(`fork ${id} --at 2 --what-if ${file}`)
    expect(code).toBe(1)
    expect(out).toContain('PARTITION_SUCCESS')
    expect(await console.run(`fork ${id} --at 99`)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/has \d+ steps: ask for one from 1 to/),
    })
    expect((await console.run(`fork ${id} --at 0`)).err).toContain('--at 0 is no step')
    expect((await console.run('fork --at 3 --to x.db')).err).toContain('say of which')
  })

  it('says what is missing', async () => {
    const console = await running()
    expect(await console.run('fork')).toMatchObject({
      code: 2,
      err: 'bakeline: say which execution is to be played on, or keep the copy with --to FILE\n',
    })
    expect((await console.run('fork exec-none')).code).toBe(4)
    expect(existsSync(console.path('copy.db'))).toBe(false)
  })
})
