import { expect, test } from 'vitest'
import { Console, plain } from '../cli/console.js'
import { desk, emulator, inChromium, soon, start, template, withBrowser } from './browser.js'

inChromium('a file that the command line exports', () => {
  withBrowser()

  test('opens from disk with the chart, the Gantt, the history and the slider, and asks for nothing', async () => {
    const console = new Console()
    await console.create(plain('web'))
    await console.run('start web')
    const { out } = await console.run('list --json')
    const id = /exec-[0-9a-f]{20}/.exec(out)?.[0] ?? ''
    const file = console.path('incident.html')
    expect((await console.run(`export ${id} --html -o ${file}`)).code).toBe(0)
    // Whatever it asks for but itself, and every error on its console, fails the test.
    const at = await desk(`file://${file}`)
    await at.page.goto(at.url)
    const { page } = at
    await page.locator('.state.current[data-state="execution.done"]').waitFor()
    await page.getByRole('region', { name: 'When it happened' }).waitFor()
    await page.getByRole('slider', { name: 'Step that is shown' }).waitFor()
    await page.getByRole('option').filter({ hasText: 'preparing → building' }).click()
    await page.locator('.state.current[data-state="execution.create.building"]').waitFor()
    await page.keyboard.press('ArrowRight')
    await page.getByRole('region', { name: 'Step 3' }).waitFor()
    await soon(() => page.url()).toContain('step=3')
    expect(await at.barriers()).toEqual([])
  })

  test('is the same from a server that has the execution', async () => {
    const served = await emulator()
    const id = await start(served, await template(served, 'web', { ToRegionId: ['cn-beijing'] }))
    await served.clock.advance('6m')
    const console = new Console()
    const file = console.path('live.html')
    const { code } = await console.run(`export ${id} --from ${served.url} -o ${file}`)
    expect(code).toBe(0)
    const at = await desk(`file://${file}`)
    await at.page.goto(at.url)
    await at.page.locator('.state.current[data-state="execution.copy"]').waitFor()
    await at.page.locator('.host-row').getByText('cn-beijing').waitFor()
  })
})
