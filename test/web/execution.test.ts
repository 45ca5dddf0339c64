import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Emulator } from '../../src/emulator/create.js'
import { desk, emulator, inChromium, soon, start, template, withBrowser } from './browser.js'

const plan = [
  { task: 'copyImage', duration: '2m' },
  {
    task: 'copyImage',
    region: 'cn-shanghai',
    attempt: 1,
    duration: '1m',
    fail: { code: 'Throttling', message: 'Request was denied due to request throttling.' },
  },
] as const

/** An execution that copies to three regions, of which one has just failed and will be retried. */
async function copying(): Promise<{ served: Emulator; id: string }> {
  const served = await emulator({ plan })
  const web = await template(served, 'web', {
    ToRegionId: ['cn-beijing', 'cn-shanghai', 'cn-shenzhen'],
    AddAccount: ['1203948579120394'],
  })
  const id = await start(served, web)
  await served.clock.advance('6m10s')
  return { served, id }
}

const slider = (page: Page) => page.getByRole('slider', { name: 'Step that is shown' })
const lit = async (page: Page): Promise<string[]> =>
  page
    .locator('.state.current')
    .evaluateAll((all) => all.map((each) => each.getAttribute('data-state') ?? ''))

inChromium('one execution', () => {
  withBrowser()

  test('lights the state of its machine, and what can happen next is in words and times', async () => {
    const { served, id } = await copying()
    const at = await desk(served.url)
    await at.open(`#/executions/${id}`)
    const { page } = at
    await soon(() => lit(page)).toEqual(['execution.copy'])
    await page.getByRole('heading', { name: id }).waitFor()
    const next = page.locator('.next-bar')
    await next.getByText('retry copyImage').waitFor()
    await next.getByText('CANCEL is refused').waitFor()
    await page.locator('.host-row.retrying').getByText('retry in 20 s').waitFor()
    await page
      .getByRole('region', { name: 'When it happened' })
      .getByText('attempt 2 in 20 s')
      .waitFor()
    await page.locator('.tile.hot').getByText('cn-shanghai').waitFor()
    // A lane for each region and account, and in it a bar for each attempt.
    const labels = await page.locator('.lane-label').allInnerTexts()
    for (const label of ['building', 'cn-beijing', 'cn-shanghai', '1203948579120394 cn-beijing']) {
      expect(labels).toContain(label)
    }
    await served.clock.advance('1h')
    await soon(() => lit(page)).toEqual(['execution.done'])
    const twice = page.locator('.lane', { has: page.getByText('cn-shanghai', { exact: true }) })
    await soon(async () => (await twice.locator('.bar').allInnerTexts()).join(' ')).toMatch(/1.*2/s)
    await page.getByText('4 of 4 available').waitFor()
    await page.getByText('shared with 1 of 1').waitFor()
  })

  test('says in words what the chart draws, of the shown moment', async () => {
    const { served, id } = await copying()
    const at = await desk(served.url)
    await at.open(`#/executions/${id}`)
    const { page } = at
    const button = page.getByRole('button', { name: 'The chart in words' })
    await button.focus()
    await page.keyboard.press('Enter')
    const outline = page.getByRole('group', { name: 'States as an outline' })
    const said = (state: string): Promise<string> =>
      outline
        .locator('li', { has: page.locator(`> code:text-is("${state}")`) })
        .first()
        .locator('> span')
        .innerText()
    await soon(() => said('copy')).toBe(', current since 09:29:00, 0 of 3 tasks done')
    expect(await said('building')).toBe(', left after 4m 00s')
    expect(await said('share')).toBe(', not yet')
    expect(await at.barriers()).toEqual([])
    await page.keyboard.press('Home')
    await soon(() => said('preparing')).toBe(', current since 09:24:00')
    await button.click()
    await page.getByRole('group', { name: 'Chart of execution@1' }).waitFor()
  })

  test('scrubs everything to any step, and a link shows the same moment', async () => {
    const { served, id } = await copying()
    const at = await desk(served.url)
    await at.open(`#/executions/${id}`)
    const { page } = at
    await soon(() => lit(page)).toEqual(['execution.copy'])
    await page.keyboard.press('Home')
    await soon(() => lit(page)).toEqual(['execution.create', 'execution.create.preparing'])
    await page.getByText('You are looking at step 1').waitFor()
    await page.locator('.chip').getByText('PREPARING').waitFor()
    await page.getByText('No image before BUILDING begins.').waitFor()
    await page.keyboard.press('Shift+ArrowRight')
    await page.locator('.chip').getByText('BUILDING').waitFor()
    await soon(() => page.url()).toContain('step=2')
    await soon(() => slider(page).getAttribute('aria-valuetext')).toMatch(
      /^step 2 of 4, preparing to building, 09:25:00 UTC$/,
    )
    await page.getByRole('option', { selected: true }).getByText('preparing → building').waitFor()
    await page.reload()
    await page.locator('.chip').getByText('BUILDING').waitFor()
    // What happens meanwhile arrives, and the view stays where it is.
    await served.clock.advance('1h')
    await page.getByText('You are looking at step 2 of').waitFor()
    await page.locator('.chip').getByText('BUILDING').waitFor()
    await page.getByRole('button', { name: 'Back to now' }).click()
    await page.locator('.chip').getByText('SUCCESS').waitFor()
  })

  test('Escape closes what lies over the view, and then leads back to now', async () => {
    const { served, id } = await copying()
    const at = await desk(served.url)
    await at.open(`#/executions/${id}`)
    const { page } = at
    await soon(() => lit(page)).toEqual(['execution.copy'])
    await page.keyboard.press('Home')
    await page.getByText('You are looking at step 1').waitFor()
    await page.keyboard.press('T')
    const clock = page.getByRole('complementary', { name: 'Clock' })
    await clock.waitFor()
    await page.keyboard.press('Escape')
    await clock.waitFor({ state: 'detached' })
    await page.getByText('You are looking at step 1').waitFor()
    await page.keyboard.press('Escape')
    await page.locator('.chip').getByText('DISTRIBUTING').waitFor()
  })

  test('moves by the slider, by a row of the history and by a bar of the Gantt alike', async () => {
    const { served, id } = await copying()
    const at = await desk(served.url)
    await at.open(`#/executions/${id}`)
    const { page } = at
    await soon(() => lit(page)).toEqual(['execution.copy'])
    const box = await slider(page).boundingBox()
    await page.mouse.click((box?.x ?? 0) + 2, (box?.y ?? 0) + 20)
    await page.getByRole('region', { name: 'Step 1' }).waitFor()
    await page
      .getByRole('option')
      .filter({ hasText: 'building → copy' })
      .or(page.getByRole('option').filter({ hasText: 'create → copy' }))
      .click()
    await page.getByRole('region', { name: 'Step 3' }).waitFor()
    await page.getByText('outstanding.0').waitFor()
    await page.getByText('image.copying').waitFor()
    await page.locator('.bar').first().click()
    await page.getByRole('region', { name: 'Step 2' }).waitFor()
    await page.getByRole('button', { name: 'Filter' }).click()
    await page.getByLabel('Filter the history').fill('throttling')
    const rows = page.getByRole('listbox', { name: 'Steps' }).getByRole('option')
    await soon(() => rows.count()).toBe(1)
  })

  test('a slider that is dragged changes the address now and then, and says the last step in the end', async () => {
    const { served, id } = await copying()
    await served.clock.advance('1h')
    const at = await desk(served.url)
    await at.open(`#/executions/${id}`)
    const { page } = at
    await page.locator('.chip').getByText('SUCCESS').waitFor()
    const steps = Number(await slider(page).getAttribute('aria-valuemax'))
    // No time passes meanwhile, however busy the machine is: the address is told once a second.
    const writes = await page.evaluate<number>(`(() => {
      let writes = 0
      const now = performance.now()
      performance.now = () => now
      const write = history.replaceState.bind(history)
      history.replaceState = (...all) => { writes += 1; write(...all) }
      const press = (key) => document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
      for (let n = 0; n < 30; n++) for (const key of ['Home', 'End']) press(key)
      press('Home')
      delete performance.now
      return writes
    })()`)
    expect(writes).toBeLessThanOrEqual(1)
    await soon(() => page.url()).toContain('step=1')
    await page.getByText(`You are looking at step 1 of ${steps}`).waitFor()
  })

  test('Back leads to the step that was shown last, however soon one left it', async () => {
    const { served, id } = await copying()
    await served.clock.advance('1h')
    const at = await desk(served.url)
    await at.open(`#/executions/${id}`)
    const { page } = at
    await page.locator('.chip').getByText('SUCCESS').waitFor()
    for (const key of ['Home', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key)
    await page.getByRole('link', { name: 'Executions' }).first().click()
    await page.locator('.line').first().waitFor()
    await page.goBack()
    await page.getByText('You are looking at step 3').waitFor()
  })

  test('cancels when the service would, after asking', async () => {
    const served = await emulator()
    const id = await start(served, await template(served, 'web'))
    const at = await desk(served.url)
    await at.open(`#/executions/${id}`)
    const { page } = at
    await page.locator('.chip').getByText('PREPARING').waitFor()
    await page.keyboard.press('c')
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel it' }).click()
    await page.locator('.chip').getByText('CANCELLING').waitFor()
    await soon(() => lit(page)).toEqual(['execution.cancel'])
    const button = page.getByRole('button', { name: 'Cancel', exact: true })
    await soon(() => button.getAttribute('aria-disabled')).toBe('true')
    expect(await button.getAttribute('title')).toContain('InvalidStatus.ImagePipelineExecution')
  })

  test('forks into virtual time and plays the fork on', async () => {
    // At the pace of the wall it is still being prepared, however slow this machine is.
    const served = await emulator({ clock: 'scale=1' })
    const id = await start(served, await template(served, 'web'))
    const at = await desk(served.url)
    await at.open(`#/executions/${id}`)
    const { page } = at
    await page.getByRole('heading', { name: id }).waitFor()
    await page.getByRole('button', { name: 'Fork into virtual time' }).click()
    await page.getByLabel('Name of the copy').fill('try')
    await page.getByRole('button', { name: 'Fork', exact: true }).click()
    await page.getByRole('button', { name: 'Play it here' }).click()
    await page.getByRole('radio', { name: 'Virtual', checked: true }).waitFor()
    await page.getByRole('button', { name: 'Next due' }).first().click()
    await page.locator('.chip').getByText('BUILDING').waitFor()
  })

  test('forks from the step that is shown, and goes another way from there', async () => {
    const { served, id } = await copying()
    await served.clock.advance('1h')
    const at = await desk(served.url, { width: 1600 })
    await at.open(`#/executions/${id}?step=2`)
    const { page } = at
    await page.locator('.chip').getByText('BUILDING').waitFor()
    await page.keyboard.press('f')
    const dialog = page.getByRole('dialog', { name: 'Fork from step 2' })
    await dialog.getByLabel('Name of the copy').fill('again')
    await dialog.getByRole('button', { name: 'Fork', exact: true }).click()
    await dialog.getByRole('button', { name: 'Play it here' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByText('2 steps').first().waitFor()
    await page.locator('.chip').getByText('BUILDING').waitFor()
    await soon(() => page.locator('.clock-time').innerText()).toBe('09:25:00')
    await page.keyboard.press('c')
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel it' }).click()
    await page.locator('.chip').getByText('CANCELLING').waitFor()
    const { snapshots } = (await (await fetch(`${served.url}/_bakeline/snapshots`)).json()) as {
      snapshots: { name: string }[]
    }
    expect(snapshots.map(({ name }) => name)).toEqual(['again', 'before-again'])
  })

  test('is saved as a scenario', async () => {
    const { served, id } = await copying()
    await served.clock.advance('1h')
    const at = await desk(served.url)
    await at.open(`#/executions/${id}`)
    const { page } = at
    await page.locator('.chip').getByText('SUCCESS').waitFor()
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save as scenario' }).click(),
    ])
    expect(saved.suggestedFilename()).toBe(`${id}.yaml`)
    expect(await readFile(await saved.path(), 'utf8')).toContain('code: Throttling')
  })

  test('has four tabs on a phone', async () => {
    const { served, id } = await copying()
    const at = await desk(served.url, { width: 390, height: 844 })
    await at.open(`#/executions/${id}`)
    const { page } = at
    await page.locator('.card.current').getByText('copy', { exact: true }).waitFor()
    for (const [tab, shows] of [
      ['Time', 'cn-beijing'],
      ['History', 'copyImage failed'],
      ['Images', '1 of 4 available'],
    ] as const) {
      await page.getByRole('tab', { name: tab }).click()
      await page.getByText(shows).first().waitFor()
      expect(
        await page.evaluate<number>('document.documentElement.scrollWidth'),
      ).toBeLessThanOrEqual(390)
      expect([tab, await at.barriers()]).toEqual([tab, []])
    }
  })

  test.each([768, 900, 1100, 1279])(
    'fits %i pixels, and a step is read there too',
    async (width) => {
      const { served, id } = await copying()
      const at = await desk(served.url, { width, height: 850 })
      await at.open(`#/executions/${id}`)
      const { page } = at
      await page.locator('.chip').getByText('DISTRIBUTING').waitFor()
      const fits = 'document.documentElement.scrollWidth <= innerWidth'
      expect(await page.evaluate(fits)).toBe(true)
      const side = page.getByRole('complementary', { name: 'History, step and images' })
      if (width >= 900) {
        // There is no room beside: it lies over the Gantt once somebody asks for a step.
        expect(await side.count()).toBe(0)
        await page.locator('.bar').first().click()
        await side.getByRole('region', { name: 'Step 2' }).waitFor()
        const [slide, over] = [await slider(page).boundingBox(), await side.boundingBox()]
        expect(over?.y).toBeGreaterThanOrEqual((slide?.y ?? 0) + (slide?.height ?? 0) - 1)
        await page.keyboard.press('Escape')
        await page.locator('.chip').getByText('DISTRIBUTING').waitFor()
        await side.waitFor()
        await page.keyboard.press('Escape')
        await side.waitFor({ state: 'detached' })
        await page.getByRole('button', { name: 'History' }).click()
        await side.getByRole('listbox', { name: 'Steps' }).waitFor()
      }
      expect(await page.evaluate(fits)).toBe(true)
      expect(await at.barriers()).toEqual([])
    },
  )

  test('that is not there says so, and leads back', async () => {
    const served = await emulator()
    const at = await desk(served.url)
    await at.open('#/executions/exec-nothing')
    await at.page.getByRole('alert').getByText('there is no execution').waitFor()
    await at.page.getByRole('alert').getByRole('link', { name: 'All executions' }).click()
    await at.page.getByRole('heading', { name: 'Executions' }).waitFor()
  })
})

inChromium('the clock', () => {
  withBrowser()

  test('is moved from the bar, from the panel and by keys', async () => {
    const served = await emulator()
    const web = await template(served, 'web')
    const id = await start(served, web)
    const at = await desk(served.url)
    await at.open()
    const { page } = at
    const time = page.locator('.clock-time')
    await soon(() => time.innerText()).toBe('09:24:00')
    await page.getByRole('button', { name: '10 s' }).click()
    await soon(() => time.innerText()).toBe('09:24:10')
    await page.keyboard.press('J')
    await soon(() => time.innerText()).toBe('09:25:00')
    await page.locator('.due').getByText('buildImage ends').waitFor()
    await page.keyboard.press('.')
    await soon(() => time.innerText()).toBe('09:29:00')
    await page.keyboard.press('T')
    const panel = page.getByRole('complementary', { name: 'Clock' })
    await panel.getByLabel('Advance the clock by').fill('five minutes')
    const advance = panel.getByRole('button', { name: 'Advance' })
    await soon(() => advance.getAttribute('title')).toContain('A time such as')
    await panel.getByLabel('Advance the clock by').fill('5s')
    await soon(() => advance.getAttribute('aria-disabled')).toBeNull()
    await panel.getByRole('button', { name: 'Advance' }).click()
    await soon(() => time.innerText()).toBe('09:29:05')
    await panel.getByRole('button', { name: 'Run to the end' }).click()
    await panel.getByText('Nothing is due').waitFor()
    await panel.getByRole('radiogroup', { name: 'How web moves on' }).getByText('at once').click()
    await soon(async () => (await served.progression.get()).templates).toMatchObject({
      [web]: { mode: 'immediate' },
    })
    await page.getByRole('radio', { name: 'Local' }).click()
    await soon(() => time.innerText()).toBe('17:29:20')
    await page.getByRole('row').filter({ hasText: id }).getByText('SUCCESS').waitFor()
  })

  test('runs, pauses and changes its pace', async () => {
    const served = await emulator()
    const at = await desk(served.url)
    await at.open()
    const { page } = at
    await page.getByRole('button', { name: 'Let the clock run' }).click()
    await page.getByRole('radio', { name: 'Scaled', checked: true }).waitFor()
    await page.getByRole('combobox', { name: 'How many times' }).selectOption('600')
    await soon(async () => (await served.imageBuilder.engine.clock()).state).toMatchObject({
      scale: 600,
    })
    await page.keyboard.press('Space')
    await page.getByRole('radio', { name: 'Virtual', checked: true }).waitFor()
    await page.getByRole('radio', { name: 'System' }).click()
    await page.getByRole('radio', { name: 'System', checked: true }).waitFor()
  })
})
