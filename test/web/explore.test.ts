import { expect, test } from 'vitest'
import { desk, emulator, inChromium, soon, withBrowser } from './browser.js'

/** A busy machine takes its time. */
const wide = { ms: 300_000, mebibytes: 512 }
const patient = 200_000

inChromium('an exploration on the page', () => {
  withBrowser()

  test('draws on the chart what it came through, and what it never did', async () => {
    const served = await emulator({ allowances: { explore: wide } })
    const at = await desk(served.url)
    await at.open('#/scenarios?file=basics/plain.yaml')
    const { page } = at
    const text = page.getByRole('textbox', { name: 'Scenario' })
    await soon(() => text.inputValue()).toContain('steps:')
    await text.fill(`${(await text.inputValue()).trimEnd()}\n\nexplore: { faults: 1, starts: 1 }\n`)
    await page.keyboard.press('Tab')
    await page.getByRole('button', { name: 'Explore' }).click()
    await page.getByText('Everything that is to hold held').waitFor()
    const chart = page.getByRole('group', { name: 'Chart of execution@1', exact: false })
    await chart
      .locator('.coverage-state.none', { hasText: 'repairing' })
      .getByText('never')
      .waitFor()
    await chart.locator('.coverage-state.all', { hasText: 'building' }).waitFor()
    await page.getByRole('region', { name: 'How tasks end' }).getByText('buildImage').waitFor()
    await page
      .getByRole('region', { name: 'Answers to calls' })
      .getByText('accepted')
      .first()
      .waitFor()
    await page.getByRole('region', { name: 'Bounds' }).getByText('attempts that fail').waitFor()
    expect(await at.barriers()).toEqual([])
  })

  test('opens what does not hold as a scenario, which shows it when it is run', async () => {
    const served = await emulator({ allowances: { explore: wide, replay: wide } })
    const at = await desk(served.url, { colours: 'dark' })
    await at.open('#/scenarios?file=basics/plain.yaml&show=explore')
    const { page } = at
    await page.locator('button:not([aria-disabled])', { hasText: 'Explore' }).waitFor()
    const rule = page.getByRole('textbox', { name: 'Must always be so' })
    // Typed and entered within one frame: nothing was drawn in between.
    await rule.evaluate((input: HTMLInputElement) => {
      input.value = 'status !='
      input.dispatchEvent(new Event('input', { bubbles: true }))
      input.form?.requestSubmit()
    })
    await page.getByRole('alert').getByText('is no rule', { exact: false }).waitFor()
    await rule.fill('status != "BUILDING"')
    await rule.press('Enter')
    await page.getByText('1 of what is to hold did not').waitFor({ timeout: patient })
    expect(await at.barriers()).toEqual([])
    await page.getByRole('button', { name: 'Open as scenario' }).click()
    await page.getByRole('heading', { name: 'status-building.yaml' }).waitFor()
    const text = page.getByRole('textbox', { name: 'Scenario' })
    await soon(() => text.inputValue()).toContain('start: web')
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    await page.getByRole('button', { name: /web *BUILDING/ }).waitFor()
  })

  test('is stopped by who looks on, and says when it goes too far', async () => {
    const served = await emulator({ allowances: { explore: wide } })
    const at = await desk(served.url)
    await at.open('#/scenarios?file=explore/every-outcome.yaml')
    const { page } = at
    const text = page.getByRole('textbox', { name: 'Scenario' })
    await soon(() => text.inputValue()).toContain('faults: 20')
    await text.fill((await text.inputValue()).replace('starts: 1', 'starts: 4'))
    await page.getByRole('button', { name: 'Explore' }).click()
    await page.getByText(/ open, .* depth /).waitFor()
    expect(await at.barriers()).toEqual([])
    await page.getByRole('button', { name: 'Stop', exact: true }).click()
    await page.getByText('Press X', { exact: false }).waitFor()
  })
})

inChromium('a fleet on the page', () => {
  withBrowser()

  test('is opened, played with how far it is, and reported with its plots', async () => {
    const served = await emulator({ allowances: { fleet: wide } })
    const at = await desk(served.url)
    at.page.setDefaultTimeout(patient)
    await at.open('#/fleet')
    const { page } = at
    await page.getByRole('button', { name: 'One copy at a time' }).click()
    const text = page.getByRole('textbox', { name: 'Fleet' })
    await soon(() => text.inputValue()).toContain('name: One copy at a time')
    const good = await text.inputValue()
    await text.fill(good.replace('arrivals:', 'arivals:'))
    await page.getByText('did you mean "arrivals"?', { exact: false }).waitFor()
    await text.fill(good)
    await soon(() => page.locator('.editor-problems li').count()).toBe(0)
    expect(await at.barriers()).toEqual([])
    await page.keyboard.press('Control+Enter')
    await page.getByRole('heading', { name: 'Lead time' }).waitFor()
    for (const name of ['Refused starts', 'Outcomes', 'What to look at', 'Time by status']) {
      await page.getByRole('heading', { name }).waitFor()
    }
    await soon(() => page.locator('.fleet-panel.lead svg').count()).toBe(1)
    expect(await at.barriers()).toEqual([])
    const [kept] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'HTML' }).click(),
    ])
    expect(kept.suggestedFilename()).toBe('One-copy-at-a-time.html')
  })

  test('that takes too long says what is allowed, and fits a phone', async () => {
    const served = await emulator({ allowances: { fleet: { ms: 1, mebibytes: 512 } } })
    const at = await desk(served.url, { width: 390, height: 844, colours: 'dark' })
    await at.open('#/fleet?file=queue.yaml')
    const { page } = at
    await soon(() => page.getByRole('textbox', { name: 'Fleet' }).inputValue()).not.toBe('')
    await page.getByRole('button', { name: 'Play', exact: true }).click()
    await page.getByRole('alert').getByText('takes longer than 1ms', { exact: false }).waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth > innerWidth')).toBe(false)
    expect(await at.barriers()).toEqual([])
  })
})

inChromium('ways of waiting on the page', () => {
  withBrowser()

  test('stand in a table, and a cell leads to its cases and to their scenarios', async () => {
    const served = await emulator({ allowances: { pollers: wide, replay: wide } })
    const at = await desk(served.url)
    at.page.setDefaultTimeout(patient)
    await at.open('#/pollers')
    const { page } = at
    await page.getByRole('row', { name: /until it has ended 42 of 42/ }).waitFor()
    const cell = page.getByRole('button', {
      name: /while not SUCCESS, PARTITION_SUCCESS: *hangs 12/,
    })
    await cell.click()
    await page.getByRole('heading', { name: 'while not SUCCESS' }).waitFor()
    expect(await at.barriers()).toEqual([])
    await page.getByRole('button', { name: 'Open as scenario' }).first().click()
    const text = page.getByRole('textbox', { name: 'Scenario' })
    await soon(() => text.inputValue()).toContain('while not SUCCESS hangs here')
    await page.keyboard.press('Control+Enter')
    await page.getByText('All as expected').waitFor()
  }, 300_000)
})
