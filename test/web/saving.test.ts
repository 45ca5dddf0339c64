import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { desk, emulator, inChromium, start, template, withBrowser } from './browser.js'

inChromium('what is saved of an execution', () => {
  withBrowser()

  test('ends at the step that is shown, where that is not now, and says so', async () => {
    const served = await emulator()
    const id = await start(served, await template(served, 'web'))
    await served.clock.advance('1h')
    const at = await desk(served.url, { width: 1600 })
    await at.open(`#/executions/${id}?step=2`)
    const { page } = at
    await page.locator('.chip').getByText('BUILDING').waitFor()
    const [saved] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('s')])
    expect(saved.suggestedFilename()).toBe(`${id}-step-2.yaml`)
    await page.getByText(`Saved ${id}-step-2.yaml, up to step 2`).waitFor()
    const text = await readFile(await saved.path(), 'utf8')
    expect(text).toContain('status: BUILDING')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Save as scenario' }).waitFor()
  })
})
