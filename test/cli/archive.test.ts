import { describe, expect, it } from 'vitest'
import { Console, plain } from './console.js'

async function baked(): Promise<{ console: Console; ids: readonly string[] }> {
  const console = new Console()
  await console.create(plain('web'))
  for (let n = 0; n < 3; n++) await console.run('start web')
  await console.run('start web --detach')
  const listed = JSON.parse((await console.run('list --all --json')).out) as {
    executions: { ExecutionId: string }[]
  }
  return { console, ids: listed.executions.map(({ ExecutionId }) => ExecutionId) }
}

const idsIn = async (console: Console, line: string): Promise<readonly string[]> =>
  (
    JSON.parse((await console.run(line)).out) as { executions: { ExecutionId: string }[] }
  ).executions.map(({ ExecutionId }) => ExecutionId)

describe('archive', () => {
  it('moves ended executions to a file that every other command reads', async () => {
    const { console, ids } = await baked()
    const old = console.path('old.db')
    const { code, out } = await console.run(`archive --to ${console.path('old.db')}`)
    expect(code).toBe(0)
    expect(out).toMatch(
      /^Moved 3 executions with \d+ records to \.\/old\.db\.\n.* has [\d,]+ kB\.\n$/,
    )
    expect(await idsIn(console, 'list --all --json')).toEqual(ids.slice(0, 1))
    expect(await idsIn(console, `list --all --json --db ${old}`)).toEqual(ids.slice(1))
    const show = await console.run(`show ${ids[1]} --db ${old}`)
    expect(show).toMatchObject({ code: 0, out: expect.stringContaining('SUCCESS') as string })
    const history = await console.run(`history ${ids[1]} --db ${old}`)
    expect(history).toMatchObject({ code: 0, out: expect.stringContaining('BUILDING') as string })
    for (const file of [console.db, old]) {
      const doctor = await console.run(`doctor --db ${file}`)
      expect(doctor).toMatchObject({
        code: 0,
        out: expect.stringContaining('All is well') as string,
      })
    }
  })

  it('moves those alone that are old enough, or of one template, or ended so', async () => {
    const { console } = await baked()
    const moved = async (options: string): Promise<unknown> =>
      JSON.parse(
        (await console.run(`archive --to ${console.path('old.db')} --json ${options}`)).out,
      )
    expect(await moved('--older-than 300d')).toMatchObject({ executions: 0 })
    expect(await moved('--outcome failed')).toMatchObject({ executions: 0 })
    expect(await moved('--template web --outcome done')).toMatchObject({ executions: 3 })
  })

  it.each([
    ['archive --to old.db --older-than soon', /--older-than: "soon" is not a duration/],
    ['archive --to old.db --outcome lost', /"lost" is no way to end: .*done, failed, cancelled/],
    ['archive', /required option '--to <file>'/],
  ])('%s is refused', async (line, message) => {
    const { console } = await baked()
    expect(await console.run(line)).toMatchObject({
      code: 2,
      err: expect.stringMatching(message) as string,
    })
  })

  it('starts nothing in an archive', async () => {
    const { console } = await baked()
    await console.run(`archive --to ${console.path('old.db')}`)
    const { code, err } = await console.run(`start web --db ${console.path('old.db')}`)
    expect(code).not.toBe(0)
    expect(err).toMatch(/old\.db is an archive: it is read, and never written/)
  })
})
