import { test } from 'vitest'
import { desk, emulator, inChromium, soon, withBrowser } from './browser.js'

inChromium('what is typed and entered before it could be drawn', () => {
  withBrowser()

  test('is what the clock is advanced by', async () => {
    const served = await emulator()
    const before = (await served.clock.now()).getTime()
    const at = await desk(served.url)
    await at.open()
    await at.page.keyboard.press('T')
    const panel = at.page.getByRole('complementary', { name: 'Clock' })
    await panel.getByLabel('Advance the clock by').evaluate((input: HTMLInputElement) => {
      input.value = '7m'
      input.dispatchEvent(new Event('input', { bubbles: true }))
      input.form?.requestSubmit()
    })
    await soon(async () => (await served.clock.now()).getTime() - before).toBe(7 * 60_000)
  })
})
