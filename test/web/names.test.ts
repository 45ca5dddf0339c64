import type { Page } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { setup } from 'xstate'
import { createEngine, memory, serveInspector } from '../../src/index.js'
import {
  desk,
  emulator,
  endedRun,
  inChromium,
  soon,
  start,
  template,
  withBrowser,
} from './browser.js'

/** States of the chart whose names are not to be read whole. */
function cutNames(page: Page): Promise<readonly string[]> {
  return page
    .locator('.state-name')
    .evaluateAll((all) =>
      all.filter((each) => each.scrollWidth > each.clientWidth).map((each) => each.textContent),
    )
}

inChromium('the names of states in the chart', () => {
  withBrowser()

  test('are whole at every step, also where a state was just entered', async () => {
    const page = await endedRun()
    const slider = page.getByRole('slider')
    const steps = Number(await slider.getAttribute('aria-valuemax'))
    for (let step = steps; step > 0; step--) {
      await soon(() => slider.getAttribute('aria-valuenow')).toBe(String(step))
      expect([step, await cutNames(page)]).toEqual([step, []])
      await page.keyboard.press('ArrowLeft')
    }
    // A small state says how long in a figure.
    await page.keyboard.press('ArrowRight')
    await soon(() => page.locator('.state.leaf.current .state-time').innerText()).toBe('0s')
  })

  test('have the room to themselves where a time beside them would cut them', async () => {
    const machine = setup({ types: {} as { events: { type: 'GO' } } }).createMachine({
      id: 'long',
      initial: 'waitForThePayment',
      states: { waitForThePayment: { on: { GO: 'sent' } }, sent: {} },
    })
    const now = Date.parse('2026-03-14T09:24:00Z')
    const engine = await createEngine({
      store: memory({ clock: { mode: 'virtual', now } }),
      machines: [machine],
    })
    const inspector = await serveInspector(engine)
    onTestFinished(async () => {
      await inspector.close()
      await engine.close()
    })
    const { id } = await engine.start(machine)
    await engine.advance('12m34s')
    const at = await desk(inspector.url)
    await at.open(`#/executions/${id}`)
    const { page } = at
    const state = page.locator('.state.current')
    await state.waitFor()
    expect(await cutNames(page)).toEqual([])
    const [time, title] = [state.locator('.state-time'), state.locator('.state-title')]
    expect(await time.innerText()).toBe('12m 34s')
    const [words, room] = [await time.boundingBox(), await title.boundingBox()]
    // Below what is seen.
    expect(words?.y).toBeGreaterThanOrEqual((room?.y ?? 0) + (room?.height ?? 0))
  })
})

inChromium('the names of tasks in the chart', () => {
  withBrowser()

  test('are whole beside how long a pause is, of which the words give way and not the time', async () => {
    const fail = { code: 'Throttling', message: 'Request was denied.' }
    const region = 'ap-southeast-1'
    const failing = { task: 'copyImage', region, duration: '1m', fail } as const
    const served = await emulator({
      plan: [
        { ...failing, attempt: 1 },
        { ...failing, attempt: 2 },
      ],
    })
    const regions = { ToRegionId: [region] }
    const id = await start(served, await template(served, 'web', regions))
    await served.clock.advance('7m30s')
    const at = await desk(served.url, { width: 1280, height: 800 })
    await at.open(`#/executions/${id}`)
    const { page } = at
    const row = page.locator('.host-row.retrying').filter({ hasText: region })
    const seen = () =>
      row.evaluate((element) => {
        const name = element.querySelector('.host-name')
        const words = element.querySelector('.host-words')
        if (name === null || words === null) return null
        const { top, bottom } = words.getBoundingClientRect()
        const read = [...words.querySelectorAll('.note > *')].filter((word) => {
          const { y, height } = word.getBoundingClientRect()
          return y + height / 2 > top && y + height / 2 < bottom
        })
        const text = read.map(({ textContent }) => textContent.trim()).join(' ')
        return [name.scrollWidth <= name.clientWidth, text]
      })
    await soon(seen).toEqual([true, '1m 00s'])
  })
})
