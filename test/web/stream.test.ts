import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openImageBuilder } from '../../src/compose.js'
import type { Emulator } from '../../src/emulator/create.js'
import { desk, emulator, inChromium, soon, start, template, withBrowser } from './browser.js'

/** How many executions of each status the server has. */
async function truth(served: Emulator): Promise<Record<string, number>> {
  const all = await served.imageBuilder.engine.list({ limit: 20_000 })
  const counts: Record<string, number> = {}
  for (const { status } of all) counts[status] = (counts[status] ?? 0) + 1
  return counts
}

inChromium('the stream of events', () => {
  withBrowser()

  test('goes on without a gap when the server was gone for a while', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bakeline-page-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const db = join(folder, 'page.db')
    const first = await emulator({ db })
    const web = await template(first, 'web')
    const gpu = await template(first, 'gpu')
    const id = await start(first, web)
    const at = await desk(first.url)
    await at.open()
    const { page } = at
    await page.getByRole('row').filter({ hasText: id }).getByText('PREPARING').waitFor()
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    const { port } = first
    await first.close()
    // Somebody else works on the file meanwhile.
    const other = await openImageBuilder({ db, worker: false, mustExist: true })
    await other.startExecution({ ImagePipelineId: gpu, RegionId: 'cn-hangzhou' })
    await other.engine.advance('2m')
    await other.engine.close()
    await page.getByText('Stream lost, last heard').waitFor()
    const second = await emulator({ db, clock: undefined as never, seed: undefined as never, port })
    await page.getByText('Stream lost, last heard').waitFor({ state: 'detached' })
    await soon(() => page.getByRole('row').getByText('BUILDING').count()).toBe(2)
    await second.clock.advance('1h')
    await soon(() => page.getByRole('row').getByText('SUCCESS').count()).toBe(2)
    expect(asked.filter((url) => url.includes('/overview'))).toEqual([])
    expect(asked.some((url) => url.endsWith('events?after=1'))).toBe(true)
  })

  test('takes every record of a storm, some in every frame, and is drawn no oftener than a frame', async () => {
    const served = await emulator()
    const templates: string[] = []
    for (let n = 0; n < 60; n++) templates.push(await template(served, `storm-${n}`))
    const at = await desk(served.url)
    await at.open()
    const { page } = at
    await page.getByText('0, 0 live').waitFor()
    await page.evaluate(`
      window.drawn = { draws: 0, frames: 0 }
      const count = () => { drawn.frames += 1; requestAnimationFrame(count) }
      requestAnimationFrame(count)
      let frame = -1
      new MutationObserver(() => { if (drawn.frames !== frame) drawn.draws += 1; frame = drawn.frames })
        .observe(document.querySelector('.executions-main'), { childList: true, subtree: true, characterData: true })
    `)
    // Four to a frame are some two hundred a second, however fast the machine is.
    const frame = (): Promise<unknown> =>
      page.evaluate('new Promise((resolve) => requestAnimationFrame(resolve))')
    for (let round = 0; round < 5; round++) {
      for (const [index, each] of templates.entries()) {
        await start(served, each)
        if (index % 4 === 3) await frame()
      }
      while ((await served.clock.jump()) !== null) await frame()
    }
    const newest = await served.imageBuilder.engine.read((reader) => reader.counter('record'))
    expect(newest).toBeGreaterThanOrEqual(1_200)
    await page.getByText(`#${newest}`).waitFor()
    const title = await page.locator('.live').getAttribute('title')
    expect(title).toContain(`${newest} taken since the page was opened`)
    await page.getByText('300, 0 live').waitFor()
    const counts = await truth(served)
    for (const [status, count] of Object.entries(counts)) {
      await page.getByRole('button', { name: new RegExp(`^${status} ${count}$`) }).waitFor()
    }
    const { draws, frames } = await page.evaluate<{ draws: number; frames: number }>('drawn')
    expect(draws).toBeLessThanOrEqual(frames)
  })

  test('shows ten thousand executions with sixty rows at most in the document', async () => {
    const served = await emulator()
    const web = await template(served, 'web')
    await start(served, web)
    await served.clock.advance('1h')
    const at = await desk(served.url)
    const { page } = at
    // One execution, told ten thousand times: what is measured is the page.
    await page.route('**/_bakeline/overview*', async (route) => {
      const answer = await route.fetch()
      const body = (await answer.json()) as { rows: { id: string; n: number }[] }
      const [row] = body.rows
      const from = Number(new URL(route.request().url()).searchParams.get('after') ?? '10000')
      const size = 2_500
      const rows = Array.from({ length: size }, (_, index) => {
        const n = from - index
        return { ...row, n, id: `exec-${n}` }
      })
      const next = from - size > 0 ? from - size : null
      await route.fulfill({ json: { ...body, rows, next } })
    })
    await at.open()
    await page.getByText('10000, 0 live').waitFor()
    const rows = page.locator('.line')
    expect(await rows.count()).toBeLessThanOrEqual(60)
    await page.locator('.table-body').evaluate((body) => body.scrollTo(0, 5_000 * 34))
    await page.getByText('exec-4990').waitFor()
    expect(await rows.count()).toBeLessThanOrEqual(60)
    // What comes meanwhile is counted, not pushed in under the pointer.
    await start(served, web)
    await page.getByRole('button', { name: '1 new' }).click()
    await page.getByText('exec-10000').waitFor()
    await page.getByRole('row').getByText('PREPARING').waitFor()
  })

  test('begins anew when the state is replaced', async () => {
    const served = await emulator()
    await start(served, await template(served, 'web'))
    const at = await desk(served.url)
    await at.open()
    await at.page.getByText('1, 1 live').waitFor()
    await served.reset()
    await at.page.getByText('0, 0 live').waitFor()
    await at.page.getByRole('heading', { name: 'No execution yet' }).waitFor()
  })
})
