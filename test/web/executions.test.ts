import { expect, test } from 'vitest'
import { desk, emulator, inChromium, soon, start, template, withBrowser } from './browser.js'

inChromium('the list of executions', () => {
  withBrowser()

  test('says what to do while there is nothing, and does it', async () => {
    const served = await emulator()
    const at = await desk(served.url)
    await at.open()
    const { page } = at
    await page.getByRole('heading', { name: 'No execution yet' }).waitFor()
    await page.getByRole('button', { name: 'Make an example template' }).click()
    await page.getByRole('button', { name: 'Start', exact: false }).first().waitFor()
    await page.locator('.start-form button[type=submit]').click()
    await page.getByRole('row').filter({ hasText: 'PREPARING' }).waitFor()
    expect(page.url()).toContain('sel=exec-')
  })

  test('shows a start, every step and the end without being asked again', async () => {
    const served = await emulator()
    const web = await template(served, 'web', { ToRegionId: ['cn-beijing'] })
    const at = await desk(served.url)
    const { page } = at
    const listening = page.waitForRequest(/_bakeline\/events/)
    await at.open()
    await page.getByText('0, 0 live').waitFor()
    await listening
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    const id = await start(served, web)
    const row = page.getByRole('row').filter({ hasText: id })
    await row.getByText('PREPARING').waitFor()
    await served.clock.advance('2m')
    await row.getByText('BUILDING').waitFor()
    await served.clock.advance('1h')
    await row.getByText('SUCCESS').waitFor()
    await row.getByText('2 of 2').waitFor()
    await page.getByText('1, 0 live').waitFor()
    // What is due is asked for when something happened; the list itself is told.
    expect(asked.filter((path) => path !== '/_bakeline/due')).toEqual([])
  })

  test('filters by facet and by search, and keeps both in its address', async () => {
    const served = await emulator()
    const [web, gpu] = [await template(served, 'web'), await template(served, 'gpu')]
    for (const each of [web, gpu]) await start(served, each)
    await served.clock.advance('1h')
    await start(served, web)
    const at = await desk(served.url)
    await at.open()
    const { page } = at
    const rows = page.locator('.line')
    await soon(() => rows.count()).toBe(3)
    await page.getByRole('button', { name: /SUCCESS 2/ }).click()
    await soon(() => rows.count()).toBe(2)
    await page.keyboard.press('/')
    await page.keyboard.type('template:gpu')
    await soon(() => rows.count()).toBe(1)
    expect(page.url()).toContain('q=template%3Agpu')
    await page.reload()
    await soon(() => rows.count()).toBe(1)
    await page.getByRole('searchbox').fill('nothing-of-the-kind')
    await page.getByRole('button', { name: 'Clear the filter' }).click()
    await soon(() => rows.count()).toBe(3)
    await page.getByRole('button', { name: /^SUCCESS/ }).click({ modifiers: ['Alt'] })
    await soon(() => rows.count()).toBe(1)
    await page.getByRole('searchbox').fill('colour:red')
    await page.getByText('is not understood').waitFor()
  })

  test('shows a refusal in the service’s own words, with the way to what is in the way', async () => {
    const served = await emulator()
    const web = await template(served, 'web')
    const id = await start(served, web)
    const at = await desk(served.url)
    await at.open()
    const { page } = at
    await page.locator('.start-form button[type=submit]').click()
    const alert = page.getByRole('alert')
    await alert.getByText('InvalidImagePipeline.HasRunningExecution').waitFor()
    await alert.getByText('It can be cancelled while PREPARING.').waitFor()
    await alert.getByRole('button', { name: 'Start when it ends' }).click()
    await served.clock.advance('1h')
    await soon(() => page.locator('.line').count()).toBe(2)
    await page.locator('.start-form button[type=submit]').click()
    await page.getByRole('alert').getByRole('link', { name: 'Open it' }).click()
    await page.getByRole('heading', { name: /^exec-/ }).waitFor()
    expect(page.url()).not.toContain(id)
  })

  test.each([390, 768, 900, 1100])('has no line over another at %i pixels', async (width) => {
    const served = await emulator()
    const web = await template(served, 'web', { ToRegionId: ['cn-beijing'] })
    for (let n = 0; n < 4; n++) {
      await start(served, web)
      await served.clock.advance('1h')
    }
    const at = await desk(served.url, { width, height: 800 })
    await at.open()
    await soon(() => at.page.locator('.line').count()).toBe(4)
    const wide = 'document.documentElement.scrollWidth > innerWidth'
    expect(await at.page.evaluate(wide)).toBe(false)
    const over = await at.page.locator('.line').evaluateAll((lines) =>
      lines.flatMap((line) => {
        const { top, bottom } = line.getBoundingClientRect()
        return [...line.children]
          .map((cell) => cell.getBoundingClientRect())
          .filter((cell) => cell.height > 0 && (cell.top < top - 1 || cell.bottom > bottom + 1))
      }),
    )
    expect(over).toEqual([])
  })

  test('fits a phone without scrolling sideways', async () => {
    const served = await emulator()
    await start(served, await template(served, 'web'))
    const at = await desk(served.url, { width: 390, height: 844 })
    await at.open()
    await at.page.locator('.line').waitFor()
    const wide = await at.page.evaluate<number>('document.documentElement.scrollWidth')
    expect(wide).toBeLessThanOrEqual(390)
    expect(await at.barriers()).toEqual([])
    await at.page.getByRole('button', { name: 'Start', exact: true }).first().click()
    await at.page.getByLabel('Client token').waitFor()
  })
})
