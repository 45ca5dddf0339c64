import { expect, test } from 'vitest'
import { desk, emulator, inChromium, soon, start, template, withBrowser } from './browser.js'

inChromium('the axis of the Gantt', () => {
  withBrowser()

  test('has little free room, also behind a long cut, and no label twice', async () => {
    const served = await emulator({
      plan: [
        { task: 'prepareInstance', duration: '9h' },
        { task: 'buildImage', duration: '1m' },
      ],
    })
    const id = await start(served, await template(served, 'web'))
    await served.clock.advance('9h')
    await served.clock.advance('20s')
    const at = await desk(served.url)
    await at.open(`#/executions/${id}`)
    const { page } = at
    await page.locator('.cut-mark').getByText(/^8h/).waitFor()
    const planned = page.locator('.planned')
    await planned.waitFor()
    const room = async (): Promise<number> => {
      const [bar, axis] = [
        await planned.boundingBox(),
        await page.locator('.gantt-axis').boundingBox(),
      ]
      if (bar === null || axis === null) throw new Error('no bar')
      return axis.x + axis.width - (bar.x + bar.width)
    }
    // For the words when it is due, and not much more.
    await soon(room).toBeLessThan(150)
    expect(await room()).toBeGreaterThan(100)
    const labels = await page.locator('.tick span:not(.hidden)').allTextContents()
    expect(labels.length).toBeGreaterThan(2)
    expect(labels).toEqual([...new Set(labels)])
  })

  test('has no length of a cut below a plate that has to be there', async () => {
    const served = await emulator({ plan: [{ task: 'prepareInstance', duration: '1h' }] })
    const id = await start(served, await template(served, 'web'))
    await served.clock.advance('1h')
    await served.imageBuilder.engine.transact((tx) => tx.setPace(1))
    await served.imageBuilder.engine.transact((tx) => tx.setPace(0))
    const at = await desk(served.url, { width: 1300 })
    await at.open(`#/executions/${id}`)
    const { page } = at
    const plate = page.locator('.clock-line b').last()
    await plate.waitFor()
    const covered = await page.evaluate<boolean>(`
      [...document.querySelectorAll('.cut-mark span')].some((words) =>
        [...document.querySelectorAll('.clock-line b')].some((plate) => {
          const [a, b] = [words.getBoundingClientRect(), plate.getBoundingClientRect()]
          return a.left < b.right && b.left < a.right
        }))`)
    expect(covered).toBe(false)
  })
})
