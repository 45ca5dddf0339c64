import { expect, test } from 'vitest'
import { desk, emulator, inChromium, soon, withBrowser } from './browser.js'

inChromium('a scenario on the page', () => {
  withBrowser()

  test('is opened, written with help, played, and shown as a tree beside the chart', async () => {
    const served = await emulator()
    const at = await desk(served.url)
    await at.open('#/scenarios')
    const { page } = at
    await page.getByRole('searchbox', { name: 'Find one of the scenarios' }).fill('region')
    await page.getByRole('button', { name: 'One of three regions fails for good' }).click()
    const text = page.getByRole('textbox', { name: 'Scenario' })
    await soon(() => text.inputValue()).toContain('PARTITION_SUCCESS')
    const good = await text.inputValue()

    // What is wrong stands at its line, and is not played.
    await text.fill(good.replace('expect: web', 'expekt: web'))
    const line = good.split('\n').findIndex((each) => each.includes('expect: web')) + 1
    await page.getByText(`line ${line}:`, { exact: false }).waitFor()
    await page.locator('.editor-gutter .wrong', { hasText: String(line) }).waitFor()
    await page.getByText('did you mean "expect"?', { exact: false }).waitFor()
    await page.keyboard.press('Control+Enter')
    expect(await page.getByRole('region', { name: 'The run' }).count()).toBe(0)

    // The schema knows what may stand at the cursor.
    await text.fill(`${good.trimEnd()}\n  - adv`)
    await text.press('Control+Space')
    await page.getByRole('button', { name: 'advance:' }).click()
    await soon(() => text.inputValue()).toMatch(/- advance: $/)
    await page.keyboard.type('1m')
    await soon(() => page.locator('.editor-problems li').count()).toBe(0)
    expect(await at.barriers()).toEqual([])

    await page.keyboard.press('Control+Enter')
    await page.getByText('All as expected').waitFor()
    await page.getByRole('button', { name: 'advance 1m' }).waitFor()
    const chart = page.getByRole('group', { name: 'Chart of execution@1' })
    await chart.locator('.state.final.current').waitFor()
    await page.getByRole('button', { name: /^0:00 *web *PREPARING/ }).click()
    await chart.locator('.state.current', { hasText: 'preparing' }).waitFor()
    await page.getByRole('heading', { name: 'Step 1' }).waitFor()
    await page.keyboard.press('j')
    await chart.locator('.state.leaf.current', { hasText: 'building' }).waitFor()
    await page.getByRole('button', { name: /copied to cn-beijing/ }).click()
    await chart.getByText('retrying').waitFor()
    await chart.locator('.line.visited').first().waitFor()
    expect(await at.barriers()).toEqual([])

    // What was written is still there when the page is loaded anew.
    await page.keyboard.press('e')
    await page.reload()
    await soon(() => text.inputValue()).toContain('advance: 1m')
    await page.getByRole('button', { name: 'Take back' }).click()
    await soon(() => text.inputValue()).toBe(good)
  })

  test('that does not go as expected leads to the line that says so', async () => {
    const served = await emulator()
    const at = await desk(served.url, { colours: 'dark' })
    await at.open('#/scenarios?file=basics/plain.yaml')
    const { page } = at
    const text = page.getByRole('textbox', { name: 'Scenario' })
    await soon(() => text.inputValue()).toContain('SUCCESS')
    await text.fill((await text.inputValue()).replace('status: SUCCESS', 'status: FAILED'))
    await page.getByRole('button', { name: 'Take back' }).waitFor()
    await page.keyboard.press('Control+Enter')
    await page.getByText('1 not as expected').waitFor()
    expect(await at.barriers()).toEqual([])
    await page.getByRole('region', { name: 'Not as expected' }).getByRole('button').click()
    await page.locator('.editor-gutter .wrong').waitFor()
  })

  test('that takes too long is refused, with what is allowed and what to do', async () => {
    const served = await emulator({ allowances: { replay: { ms: 1, mebibytes: 256 } } })
    const at = await desk(served.url)
    await at.open('#/scenarios')
    const { page } = at
    await soon(() => page.getByRole('textbox', { name: 'Scenario' }).inputValue()).not.toBe('')
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    const refused = page.getByRole('alert')
    await refused.getByText('TIMEOUT').waitFor()
    await refused.getByText('takes longer than 1ms', { exact: false }).waitFor()
    await refused.getByText('bakeline replay FILE', { exact: false }).waitFor()
    expect(await at.barriers()).toEqual([])
  })

  test('is read, played and looked at on a phone', async () => {
    const served = await emulator()
    const at = await desk(served.url, { width: 390, height: 844 })
    await at.open('#/scenarios?file=failures/one-region-fails.yaml')
    const { page } = at
    const sideways = () => page.evaluate('document.documentElement.scrollWidth > innerWidth')
    await soon(() => page.getByRole('textbox', { name: 'Scenario' }).inputValue()).not.toBe('')
    expect(await sideways()).toBe(false)
    expect(await at.barriers()).toEqual([])
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    await page.getByText('All as expected').waitFor()
    expect(await sideways()).toBe(false)
    await page.getByRole('button', { name: /cn-qingdao attempt 2 failed/ }).click()
    await page.locator('.card.current', { hasText: 'copy' }).waitFor()
    expect(await sideways()).toBe(false)
    expect(await at.barriers()).toEqual([])
  })
})
