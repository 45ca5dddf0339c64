import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { machineJson } from '../../src/engine/machine-json.js'
import { stepsOf } from '../../src/imagebuilder/steps.js'
import { exportedPage } from '../../src/page/export.js'
import { ManualWall } from '../helpers/manual-wall.js'
import { desk, emulator, inChromium, soon, start, template, withBrowser } from './browser.js'

inChromium('what was done to the clock', () => {
  withBrowser()

  test('stands on the ruler and between the steps, as it comes, and in an exported file', async () => {
    const served = await emulator()
    const id = await start(served, await template(served, 'web'))
    const at = await desk(served.url)
    await at.open(`#/executions/${id}`)
    const { page } = at
    await page.locator('.lane').first().waitFor()
    await served.clock.advance('4m20s')
    const ruler = page.locator('.clock-line')
    const steps = page.getByRole('listbox', { name: 'Steps, newest first' })
    await ruler.getByText('jump 4m 20s').waitFor()
    await steps.getByText('jump 4m 20s').waitFor()
    await served.imageBuilder.engine.transact((tx) => tx.setPace(1))
    await ruler.getByText('1×').waitFor()
    // It began before the steps that it led to.
    await soon(() => steps.textContent()).toMatch(/started.*jump 4m 20s.*preparing → building.*1×/)
    await served.imageBuilder.engine.transact((tx) => tx.setPace(0))
    await ruler.getByText('still').waitFor()
    expect(await at.barriers()).toEqual([])
  })

  test("is told once where the wall's clock was set back, with the step that it holds", async () => {
    const wall = new ManualWall()
    const served = await emulator({
      clock: 'system',
      wall,
      plan: [{ task: 'prepareInstance', duration: '1m' }],
    })
    const id = await start(served, await template(served, 'web'))
    await wall.advance(60_000)
    const at = await desk(served.url)
    await at.open(`#/executions/${id}`)
    const { page } = at
    await page.getByRole('option', { name: /preparing → building/ }).waitFor()
    const [ruler, steps] = [
      page.locator('.clock-line'),
      page.getByRole('listbox', { name: 'Steps, newest first' }),
    ]
    // Nothing is written for it alone: it is seen with the first step that came after it.
    wall.jump(-3_600_000)
    await served.imageBuilder.cancelExecution({ ExecutionId: id, RegionId: 'cn-hangzhou' })
    await ruler.locator('b.back').getByText('set back 1h 00m').waitFor()
    const title = "the wall's clock was set back 1h 00m: time stands still until it catches up"
    await soon(() => ruler.last().getAttribute('title')).toBe(title)
    await soon(() => steps.textContent()).toMatch(/preparing → building.*set back 1h 00m.*cancel/)
    // The step that it holds has the time of the one before it.
    const times = page.getByRole('option').locator('time')
    expect(new Set(await times.allTextContents())).toEqual(new Set(['02:00:00', '02:01:00']))
    expect(await at.barriers()).toEqual([])
    await wall.advance(2 * 3_600_000)
    await page.locator('.state.current[data-state="execution.cancelled"]').waitFor()
    await soon(() => ruler.locator('b.back').count()).toBe(1)
    await soon(() => steps.getByText(/^set back/).count()).toBe(1)
  })

  test('stands in an exported file', async () => {
    const served = await emulator()
    const id = await start(served, await template(served, 'web'))
    await served.clock.advance('1h')
    const { engine } = served.imageBuilder
    const definition = engine.definition('execution@1')
    const machine = definition === undefined ? null : machineJson(definition.machine)
    const html = await exportedPage({
      data: await stepsOf(engine, id),
      machine,
      clock: await engine.read((reader) => reader.clockChanges({ limit: 10 })),
      now: 0,
      name: id,
      version: '0',
    })
    const folder = mkdtempSync(join(tmpdir(), 'bakeline-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const file = join(folder, 'execution.html')
    writeFileSync(file, html ?? '')
    const at = await desk(`file://${file}`)
    await at.page.goto(at.url)
    await at.page.locator('.clock-line').getByText('jump 1h 00m').waitFor()
  })
})
