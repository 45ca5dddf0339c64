import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { desk, emulator, inChromium, soon, start, template, withBrowser } from './browser.js'

/** Whether all of the row of the shown step can be seen. */
const inSight = (page: Page): Promise<boolean> =>
  page.getByRole('listbox', { name: 'Steps' }).evaluate((box) => {
    const row = box.querySelector('[aria-selected=true]')?.getBoundingClientRect()
    const { top, bottom } = box.getBoundingClientRect()
    return row !== undefined && row.top >= top - 1 && row.bottom <= bottom + 1
  })

inChromium('the shown step', () => {
  withBrowser()

  test('is in sight in the history, also once that is lower, and once more rows are there', async () => {
    const served = await emulator()
    const regions = ['cn-beijing', 'cn-shanghai', 'cn-shenzhen', 'cn-hongkong', 'us-east-1']
    const id = await start(served, await template(served, 'web', { ToRegionId: regions }))
    await served.clock.advance('1h')
    const at = await desk(served.url)
    const { page } = at
    for (const step of [1, 3, 5]) {
      await at.open(`#/executions/${id}?step=${step}`)
      await page.getByText(`You are looking at step ${step} of`).waitFor()
      await soon(() => inSight(page)).toBe(true)
      for (const height of [760, 700, 760]) {
        await page.setViewportSize({ width: 1440, height })
        await soon(() => inSight(page)).toBe(true)
      }
    }
  })

  test('stays out of sight where somebody scrolled away from it', async () => {
    const served = await emulator()
    const regions = ['cn-beijing', 'cn-shanghai', 'cn-shenzhen', 'cn-hongkong', 'us-east-1']
    const id = await start(served, await template(served, 'web', { ToRegionId: regions }))
    await served.clock.advance('1h')
    const at = await desk(served.url, { height: 760 })
    const { page } = at
    await at.open(`#/executions/${id}?step=1`)
    await page.getByText('You are looking at step 1 of').waitFor()
    await soon(() => inSight(page)).toBe(true)
    const box = page.getByRole('listbox', { name: 'Steps' })
    await box.getByText('jump 1h').waitFor()
    await soon(() => inSight(page)).toBe(true)
    // The list hears of it before the next frame is drawn.
    await box.evaluate(async (element) => {
      element.scrollTo(0, 0)
      for (let n = 0; n < 2; n++) await new Promise((drawn) => requestAnimationFrame(drawn))
    })
    await page.setViewportSize({ width: 1440, height: 720 })
    await page.locator('.chip').getByText('PREPARING').waitFor()
    expect(await box.evaluate(({ scrollTop }) => scrollTop)).toBe(0)
  })

  test('has its line beside the plate of a jump, not behind it', async () => {
    const served = await emulator()
    const id = await start(served, await template(served, 'web'))
    await served.clock.advance('1m')
    await served.clock.advance('3m')
    await served.clock.advance('1h')
    const at = await desk(served.url)
    const { page } = at
    await at.open(`#/executions/${id}?step=1`)
    const plates = page.locator('.clock-line > b')
    for (const step of [1, 2, 3]) {
      await page.getByText(`You are looking at step ${step} of`).waitFor()
      await plates.first().waitFor()
      const head = (await page.locator('.now-line').last().boundingBox())?.x ?? 0
      const over = await plates.evaluateAll(
        (all, x) =>
          all.filter((each) => {
            const { left, right } = each.getBoundingClientRect()
            return left < x + 1 && right > x
          }).length,
        head,
      )
      expect([step, over]).toEqual([step, 0])
      await page.keyboard.press('ArrowRight')
    }
  })

  test('has whole names of regions in the rows of the chart, whatever stands beside them', async () => {
    const served = await emulator({ plan: [{ task: 'copyImage', duration: '4m' }] })
    const regions = ['ap-southeast-1', 'ap-northeast-1']
    const id = await start(served, await template(served, 'web', { ToRegionId: regions }))
    await served.clock.advance('1m')
    await served.clock.advance('4m')
    await served.clock.advance('3m7s')
    const at = await desk(served.url, { width: 1360 })
    const { page } = at
    await at.open(`#/executions/${id}`)
    const rows = page.locator('.host-row.running')
    await rows.first().getByText('77 %').waitFor()
    const room = await rows.first().evaluate((row) => {
      const [name, note] = ['.mono', '.note'].map((each) => row.querySelector(each))
      const right = (each?: Element | null): number => each?.getBoundingClientRect().right ?? 0
      return {
        whole: name != null && name.scrollWidth <= name.clientWidth,
        // What is at the right stands at the right.
        free: right(row) - right(note),
      }
    })
    expect(room.whole).toBe(true)
    expect(room.free).toBeLessThan(10)
  })
})
