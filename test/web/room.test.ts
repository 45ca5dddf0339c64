import type { Locator } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { assign, fromPromise, setup } from 'xstate'
import { createEngine, memory, serveInspector } from '../../src/index.js'
import { desk, emulator, inChromium, soon, start, template, withBrowser } from './browser.js'

/** From where to where the words of elements reach, in pixels from the left. */
function reachOf(words: Locator): Promise<readonly (readonly [number, number])[]> {
  return words.evaluateAll((all) =>
    all.map((each) => {
      const range = document.createRange()
      range.selectNodeContents(each)
      const { left, right } = range.getBoundingClientRect()
      return [left, right] as const
    }),
  )
}

inChromium('words on the page have room', () => {
  withBrowser()

  test('on a phone: what can happen next is whole, and what is refused has its own line', async () => {
    const served = await emulator()
    const id = await start(served, await template(served, 'web', { ToRegionId: ['cn-beijing'] }))
    await served.clock.advance('6m')
    const at = await desk(served.url, { width: 390, height: 844 })
    await at.open(`#/executions/${id}`)
    const list = at.page.locator('.next-list')
    await list.getByText('copyImage ends').waitFor()
    const [next, room] = [list.locator('.next').first(), await list.boundingBox()]
    const [words = [0, 0]] = await reachOf(next)
    expect((await next.boundingBox())?.height).toBe(28)
    expect(words[1]).toBeLessThanOrEqual((room?.x ?? 0) + (room?.width ?? 0))
    const refused = await at.page.locator('.next.refused').boundingBox()
    expect(refused?.y).toBeGreaterThanOrEqual((room?.y ?? 0) + (room?.height ?? 0))
  })

  test('below a tablet’s view: what is due is one phrase', async () => {
    const served = await emulator()
    const id = await start(served, await template(served, 'web', { ToRegionId: ['cn-beijing'] }))
    await served.clock.advance('6m')
    const at = await desk(served.url, { width: 768, height: 1024 })
    await at.open(`#/executions/${id}`)
    const due = at.page.locator('.clockbar .due-line')
    await soon(() => due.textContent()).toBe('cn-beijing copyImage ends')
    const [all = [0, 0]] = await reachOf(due)
    const [what = [0, 0]] = await reachOf(due.locator('.cut'))
    // Thirty characters of a face in which all are as wide.
    expect(all[1] - all[0]).toBeLessThan(((what[1] - what[0]) / 14) * 30)
  })

  test('over the faults: the names of regions do not touch', async () => {
    const served = await emulator()
    const regions = ['ap-southeast-1', 'ap-southeast-3', 'cn-zhangjiakou', 'cn-huhehaote']
    const others = ['cn-beijing', 'cn-shanghai', 'cn-shenzhen', 'eu-central-1', 'us-east-1']
    await template(served, 'web', { ToRegionId: [...regions, ...others] })
    const at = await desk(served.url, { width: 1280, height: 800 })
    await at.open('#/faults')
    const heads = at.page.locator('.fault-matrix thead th:not(:first-child)')
    await soon(() => heads.count()).toBe(11)
    const places = await reachOf(heads)
    for (const [index, [left]] of places.entries()) {
      expect(left - (places[index - 1]?.[1] ?? 0)).toBeGreaterThanOrEqual(8)
    }
  })

  test('in the API: choices stay inside their form', async () => {
    const served = await emulator()
    const at = await desk(served.url, { width: 1280, height: 800 })
    await at.open('#/api/CreateImagePipeline')
    const field = at.page.locator('.api-field').filter({ hasText: 'RepairMode' })
    const customized = field.getByText('Customized')
    await customized.waitFor()
    const [inside, around] = [await customized.boundingBox(), await field.boundingBox()]
    const right = (inside?.x ?? 0) + (inside?.width ?? 0)
    expect(right).toBeLessThanOrEqual((around?.x ?? 0) + (around?.width ?? 0) - 16)
  })
})

inChromium('a dialog that is longer than its window', () => {
  withBrowser()

  test('has its last line in sight', async () => {
    const served = await emulator()
    const at = await desk(served.url, { width: 390, height: 844 })
    await at.open('#/executions')
    const { page } = at
    await page.getByRole('heading', { name: 'Executions', level: 1 }).waitFor()
    await page.keyboard.press('?')
    const [close, dialog] = [page.getByRole('button', { name: 'Close' }), page.getByRole('dialog')]
    await close.waitFor()
    const [button, around] = [await close.boundingBox(), await dialog.boundingBox()]
    const bottom = (button?.y ?? 0) + (button?.height ?? 0)
    expect(bottom).toBeLessThanOrEqual((around?.y ?? 0) + (around?.height ?? 0) - 8)
  })
})

inChromium('an execution that is stuck', () => {
  withBrowser()

  test('says that nothing can happen next, and waits are told in hours and minutes', async () => {
    const machine = setup({
      types: {} as { context: { total: number } },
      actors: { charge: fromPromise(async () => 1) },
    }).createMachine({
      id: 'order',
      context: { total: 1 },
      initial: 'open',
      states: {
        open: { after: { 1_800_000: 'charging' } },
        charging: {
          invoke: {
            src: 'charge',
            onDone: {
              target: 'paid',
              actions: assign({
                total: () => {
                  throw new Error('the price is not known')
                },
              }),
            },
          },
        },
        paid: { type: 'final' },
      },
    })
    const now = Date.parse('2026-03-14T09:24:00Z')
    const engine = await createEngine({
      store: memory({ clock: { mode: 'virtual', now } }),
      machines: [machine],
      tasks: { charge: async () => 1 },
    })
    const inspector = await serveInspector(engine)
    onTestFinished(async () => {
      await inspector.close()
      await engine.close()
    })
    const { id } = await engine.start(machine)
    await engine.advance('10m')
    const at = await desk(inspector.url, { width: 1280, height: 800 })
    await at.open(`#/executions/${id}`)
    const { page } = at
    await page.locator('.next-bar').getByText('timer after 30 min').waitFor()
    await soon(() => page.locator('.clockbar .due-line').textContent()).toBe('timer after 30 min')
    await engine.advance('30m')
    await page.getByRole('alert').getByText('It is stuck').waitFor()
    await page.getByText('nothing: it is stuck').waitFor()
    await page.getByRole('option').filter({ hasText: 'after 30 min' }).waitFor()
    // The names of its states stand clear of the marks of their lanes.
    const group = page.locator('.lane-group-name').filter({ hasText: 'charging' })
    const [words = [0, 0]] = await reachOf(group)
    const mark = await page.locator('.lane-icon').last().locator('svg').boundingBox()
    expect((mark?.x ?? 0) - words[1]).toBeGreaterThanOrEqual(4)
  })
})
