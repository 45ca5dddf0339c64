import { expect, onTestFinished, test } from 'vitest'
import type { Page } from 'playwright-core'
import { createMachine } from 'xstate'
import { createEngine, memory, serveInspector } from '../../src/index.js'
import { desk, emulator, inChromium, soon, start, template, withBrowser } from './browser.js'

const regions =
  'cn-beijing cn-shanghai cn-shenzhen cn-hongkong cn-qingdao cn-zhangjiakou cn-huhehaote cn-chengdu ap-southeast-1 ap-southeast-3 ap-southeast-5 ap-northeast-1 eu-central-1 eu-west-1 us-east-1 us-west-1 me-east-1 ap-southeast-6 ap-southeast-7 ap-northeast-2'.split(
    ' ',
  )

/** A change of the document: what, where, and in which part of the view. */
interface Mutation {
  readonly type: 'attributes' | 'childList' | 'characterData'
  readonly name: string | null
  readonly target: string
  readonly inside: string
}

/** Notes every change of the document from here on. */
const watchDocument = `
  window.changed_ = []
  const element = (node) => (node.nodeType === 1 ? node : node.parentElement)
  const named = (found) => (found === null ? '' : found.getAttribute('class').split(' ')[0])
  new MutationObserver((all) => {
    for (const { type, attributeName, target } of all) {
      const at = element(target)
      const part = at?.closest('.host-rows, .state, .chart-lines, .pill, .pill-step, .chart-size') ?? null
      changed_.push({ type, name: attributeName, target: at?.localName ?? '', inside: named(part) })
    }
  }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true })`

const frame = 'new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))'

/** The changes that the step before the shown one asks of the document. */
async function stepBack(page: Page): Promise<readonly Mutation[]> {
  await page.evaluate('changed_.length = 0')
  await page.keyboard.press('ArrowLeft')
  await page.evaluate(frame)
  await page.evaluate(frame)
  return page.evaluate<Mutation[]>('changed_.splice(0)')
}

inChromium('what the page keeps to', () => {
  withBrowser()

  test('another step of twenty regions changes few nodes, and nothing of the chart but classes and words', async () => {
    const served = await emulator()
    const wide = await template(served, 'wide', {
      ToRegionId: regions,
      AddAccount: Array.from({ length: 20 }, (_, n) => String(1_203_948_579_120_394 + n)),
    })
    const id = await start(served, wide)
    await served.clock.advance('6h')
    const at = await desk(served.url)
    await at.open(`#/executions/${id}`)
    const { page } = at
    await page.locator('.state.current').waitFor()
    await page.evaluate(watchDocument)
    const steps = Number(await page.getByRole('slider').getAttribute('aria-valuemax'))
    expect(steps).toBeGreaterThan(60)
    await stepBack(page)
    const counts: number[] = []
    for (let step = steps - 2; step > 1; step--) {
      const mutations = await stepBack(page)
      counts.push(mutations.length)
      // In the chart, a state has its place and its size; the lines of the last steps lie over the others.
      const boxes = mutations.filter(({ inside }) => inside === 'state' || inside === 'chart-size')
      for (const { type, name, target } of boxes) {
        if (type === 'attributes') expect(name).toMatch(/^(class|aria-current)$/)
        if (type === 'childList')
          expect([step, target]).toEqual([step, expect.stringMatching(/^(div|p|span)$/)])
      }
      const lines = mutations.filter(({ inside }) => inside === 'chart-lines')
      for (const { type, name } of lines) {
        if (type === 'attributes') expect(name).toMatch(/^(class|points|d|transform|pathLength)$/)
      }
    }
    counts.sort((a, b) => a - b)
    expect(counts[Math.floor(counts.length / 2)]).toBeGreaterThan(5)
    // Of some twelve hundred elements.
    expect(counts[Math.floor(counts.length / 2)]).toBeLessThanOrEqual(40)
    expect(counts.at(-1)).toBeLessThanOrEqual(400)
  })

  test('the chart of an execution needs no layout engine, and is laid out once', async () => {
    const served = await emulator()
    const ids = [
      await start(served, await template(served, 'web')),
      await start(served, await template(served, 'api')),
    ]
    const at = await desk(served.url)
    const { page } = at
    const engines = enginesOf(page)
    await at.open()
    for (const id of ids) {
      await page.getByRole('link', { name: id }).click()
      await page.getByRole('heading', { name: id }).waitFor()
      await page.locator('.state.current').first().waitFor()
      await page.keyboard.press('g')
      await page.keyboard.press('e')
      await page.locator('.line').first().waitFor()
    }
    expect(engines).toEqual([])
    await soon(() => page.evaluate(layouts)).toEqual(['execution@1'])
  })

  test('the layout engine comes with the first chart of another machine, and is asked only once', async () => {
    const engine = await createEngine({ store: memory(), machines: [lamp], worker: false })
    const { id } = await engine.start(lamp)
    const inspector = await serveInspector(engine)
    onTestFinished(async () => {
      await inspector.close()
      await engine.close()
    })
    const at = await desk(inspector.url)
    const { page } = at
    const engines = enginesOf(page)
    await at.open()
    await page.locator('.line').first().waitFor()
    expect(engines).toEqual([])
    await at.open(`#/executions/${id}`)
    await page.locator('.state.current').first().waitFor()
    expect(engines).toHaveLength(1)
    const places = await page.evaluate<string[]>(drawn)
    expect(places).toHaveLength(2)
    await page.reload()
    await page.locator('.state.current').first().waitFor()
    expect(engines).toHaveLength(1)
    expect(await page.evaluate(drawn)).toEqual(places)
  })
})

const lamp = createMachine({
  id: 'lamp',
  initial: 'off',
  states: { off: { on: { PRESS: 'on' } }, on: { on: { PRESS: 'off' } } },
})

/** The machines whose layout the page waited for. */
const layouts = "performance.getEntriesByName('layout').map(({ detail }) => detail)"

/** Where each state stands, and each line. */
const drawn = `[...document.querySelectorAll('.chart .state')].map((state) =>
  state.dataset.state + state.style.cssText +
  [...document.querySelectorAll('.chart-lines polyline')].map((line) => line.getAttribute('points')))`

/** The layout engines that a page loads from here on. */
function enginesOf(page: Page): readonly string[] {
  const engines: string[] = []
  page.on('request', (request) => {
    if (request.url().includes('elk')) engines.push(request.url())
  })
  return engines
}
