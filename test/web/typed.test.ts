import { test } from 'vitest'
import { desk, emulator, inChromium, soon, withBrowser } from './browser.js'

inChromium('what the clock is to be advanced by', () => {
  withBrowser()

  test('is what was typed, also where it was entered before it could be drawn', async () => {
    const served = await emulator()
    const before = (await served.clock.now()).getTime()
    const at = await desk(served.url)
    await at.open()
    await at.page.keyboard.press('T')
    const panel = at.page.getByRole('complementary', { name: 'Clock' })
    // The clock has been read: before, there is nothing to advance.
    await panel.locator('button:not([aria-disabled])', { hasText: 'Advance' }).waitFor()
    await panel.getByLabel('Advance the clock by').evaluate((input: HTMLInputElement) => {
      input.value = '7m'
      input.dispatchEvent(new Event('input', { bubbles: true }))
      input.form?.requestSubmit()
    })
    await soon(async () => (await served.clock.now()).getTime() - before).toBe(7 * 60_000)
  })

  test('is refused in words where the clock moves by itself', async () => {
    const served = await emulator({ clock: 'system' })
    const at = await desk(served.url)
    await at.open()
    await at.page.keyboard.press('T')
    const panel = at.page.getByRole('complementary', { name: 'Clock' })
    await panel.getByText('Goes as the wall does', { exact: false }).waitFor()
    await panel.getByLabel('Advance the clock by').press('Enter')
    await at.page.getByText('The clock moves by itself: pause it first').waitFor()
  })
})
