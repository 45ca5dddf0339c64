import { describe, expect, it } from 'vitest'
import { Console, plain, web } from './console.js'
import { bare, escape, onTerminal } from './terminal.js'

/** The tree that stands on a terminal when a start has ended. */
async function treeOf(
  template: string,
  { plan, world }: { readonly plan?: string; readonly world?: string } = {},
): Promise<{ screen: string; frames: string[]; code: number; raw: string }> {
  const console = new Console()
  const options = [
    plan === undefined ? '' : `--plan ${console.write('plan.yaml', plan)}`,
    world === undefined ? '' : `--world ${console.write('world.yaml', world)}`,
  ]
  await console.create(template, options.join(' '))
  const { code, out } = await console.run('start web', { terminal: [110, 40] })
  return { ...onTerminal(out), code, raw: out }
}

describe('the tree on a terminal', () => {
  it('ends with a line for each stage and region', async () => {
    const { screen, code } = await treeOf(`${web}TestContent: RUN true\nRepairMode: Standard\n`)
    expect(code).toBe(0)
    expect(screen).toMatchInlineSnapshot(`
      "web  exec-69e640464ad0fd247ffc  SUCCESS  9m30s  The image is in 2 regions, shared with 1 account.
      ├─ ✔ prepare      1m
      ├─ ✔ repair       1m
      ├─ ✔ build        4m
      ├─ ✔ test         1m
      ├─ ✔ cn-hangzhou  m-bp19hslk1s1q4b2qyrwn, shared with 1 account
      ├─ ✔ cn-beijing   m-2zeyztsewy4op12i0hjy, copied in 2m, shared with 1 account
      └─ ✔ release      20s
         2026-01-05T02:09:30Z, clock virtual
      "
    `)
  })

  it('shows what recovered, what failed for good and with whom nothing is shared', async () => {
    const { screen, code } = await treeOf(
      web
        .replace('[cn-hangzhou, cn-beijing]', '[cn-beijing, cn-shanghai]')
        .replace(/"\]/, '", "42"]'),
      {
        plan:
          '- { task: copyImage, region: cn-beijing, attempt: 1-2, fail: Too busy. }\n' +
          '- { task: copyImage, region: cn-shanghai, fail: { code: NoStock, message: Sold out. } }\n',
        world: 'accounts: [{ AccountId: "42", closed: true }]\n',
      },
    )
    expect(code).toBe(1)
    expect(screen).toMatchInlineSnapshot(`
      "web  exec-69e640464ad0fd247ffc  PARTITION_SUCCESS  13m  Copying to cn-shanghai failed: Sold out.
      ├─ ✔ prepare      1m
      ├─ ✔ build        4m
      ├─ ✘ cn-hangzhou  m-bp19hslk1s1q4b2qyrwn, shared with 1 account, not with 42
      ├─ ✘ cn-beijing   m-2zeyztsewy4op12i0hjy, copied in 7m30s at attempt 3, shared with 1 account, not with 42
      ├─ ✘ cn-shanghai  copy failed: NoStock, Sold out.
      └─ ✔ release      20s
         2026-01-05T02:13:00Z, clock virtual
      "
    `)
  })

  it('shows what was not reached', async () => {
    const { screen, code } = await treeOf(web, { plan: '- { task: buildImage, fail: No. }\n' })
    expect(code).toBe(1)
    expect(screen).toMatchInlineSnapshot(`
      "web  exec-69e640464ad0fd247ffc  FAILED  5m20s  No.
      ├─ ✔ prepare      1m
      ├─ ✘ build        failed after 4m: InternalError
      ├─ - cn-hangzhou  no image
      ├─ - cn-beijing   not reached
      └─ ✔ release      20s
         2026-01-05T02:05:20Z, clock virtual
      "
    `)
  })

  it('is repainted in place, each time in one write', async () => {
    const { frames } = await treeOf(web, {
      plan: '- { task: copyImage, attempt: 1, fail: Too busy. }\n',
    })
    expect(frames.length).toBeGreaterThan(6)
    expect(frames.map((frame) => frame.split('\n')[0]?.split('  ')[2])).toEqual(
      expect.arrayContaining(['PREPARING', 'BUILDING', 'DISTRIBUTING', 'RELEASING', 'SUCCESS']),
    )
    for (const frame of frames) expect(frame.match(/^web {2}exec-/gm)).toHaveLength(1)
    expect(frames.find((frame) => frame.includes('attempt 2 in 30s'))).toBeDefined()
    expect(frames.find((frame) => frame.includes('0%  copying, 2m left, attempt 2'))).toBeDefined()
  })

  it('is coloured, unless NO_COLOR, --no-color or the terminal says otherwise', async () => {
    const console = new Console()
    await console.create(plain('web'))
    const terminal = [100, 30] as const
    const coloured = new RegExp(`${escape}\\[3\\dm`)
    const list = async (line: string, env: Record<string, string> = {}): Promise<string> =>
      (await console.run(line, { terminal, env })).out
    expect(await list('start web')).toMatch(coloured)
    expect(await list('list')).toMatch(coloured)
    expect(await list('list --no-color')).not.toContain(escape)
    expect(await list('list', { NO_COLOR: '1' })).not.toContain(escape)
    expect(await list('list', { NO_COLOR: '' })).toMatch(coloured)
    expect(await list('list', { TERM: 'dumb' })).not.toContain(escape)
    expect((await console.run('list')).out).not.toContain(escape)
  })

  it('hides the cursor while it paints and gives it back at the end', async () => {
    const { raw } = await treeOf(web)
    expect(raw.startsWith('\u001b[?25l')).toBe(true)
    expect(raw.endsWith('\u001b[?25h')).toBe(true)
    expect(raw.split('\u001b[?25h')).toHaveLength(2)
  })

  it('keeps to the columns and rows of a small window until it is over', async () => {
    const console = new Console()
    await console.create(web)
    const { out } = await console.run('start web', { terminal: [40, 5] })
    const { frames, screen } = onTerminal(out)
    for (const frame of frames.slice(0, -1)) {
      expect(frame.trimEnd().split('\n').length).toBeLessThanOrEqual(4)
      for (const line of frame.split('\n')) expect(bare(line).length).toBeLessThan(40)
    }
    expect(frames[0]).toContain('… and 4 more lines')
    // The last picture is whole: nothing is painted over it any more.
    expect(screen).toContain('The image is in 2 regions, shared with 1 account.')
  })

  it('shows several executions below each other', async () => {
    const console = new Console()
    await console.create(`${plain('one')}---\n${plain('two')}`)
    await console.run('start one --detach')
    await console.run('start two --detach')
    const { out } = await console.run('watch', { terminal: [100, 40] })
    expect(onTerminal(out).screen.match(/^(one|two) {2}exec-\w+ {2}SUCCESS/gm)).toHaveLength(2)
  })

  it('waits for a slot where five copies run already', async () => {
    const console = new Console()
    const names = ['t1', 't2', 't3', 't4', 't5', 't6']
    const copying = names.map((name) => `${plain(name)}ToRegionId: [cn-beijing]\n`)
    await console.create(copying.join('---\n'))
    for (const name of names) await console.run(`start ${name} --detach`)
    await console.run('advance 6m')
    const { out } = await console.run('list --template t6 --json')
    const { executions } = JSON.parse(out) as { executions: { ExecutionId: string }[] }
    const shown = await console.run(`show ${executions[0]?.ExecutionId}`)
    expect(shown.out).toMatch(/… cn-beijing +copying, waits for a slot\n/)
    expect(shown.out).toMatch(/copy.cn-beijing +waiting +when it gets a slot/)
  })
})
