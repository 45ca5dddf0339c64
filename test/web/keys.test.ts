import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { desk, emulator, inChromium, soon, start, template, withBrowser } from './browser.js'

const regions =
  'cn-beijing cn-shanghai cn-shenzhen cn-qingdao cn-zhangjiakou cn-huhehaote cn-chengdu cn-hongkong ' +
  'ap-southeast-1 ap-northeast-1 eu-central-1 us-east-1 us-west-1 me-east-1'

const press = async (page: Page, ...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key)
}

inChromium('the keys', () => {
  withBrowser()

  test('lead to every view, move the clock, and are told', async () => {
    const served = await emulator()
    await start(served, await template(served, 'web'))
    const at = await desk(served.url)
    await at.open()
    const { page } = at
    for (const [key, name] of [
      ['t', 'Templates'],
      ['s', 'lifecycle.yaml'],
      ['l', 'nightly.yaml'],
      ['f', 'Faults'],
      ['a', 'CreateImagePipeline'],
      ['e', 'Executions'],
    ] as const) {
      await press(page, 'g', key)
      await page.getByRole('heading', { name, level: 1 }).waitFor()
    }
    await page.locator('.line').waitFor()

    const time = page.locator('.clock-time')
    await press(page, 'J')
    await soon(() => time.innerText()).toBe('09:25:00')
    await press(page, '.')
    await soon(() => time.innerText()).toBe('09:29:00')
    await press(page, 'Space')
    await page.getByRole('radio', { name: 'Scaled', checked: true }).waitFor()
    await press(page, 'Space')
    await page.getByRole('radio', { name: 'Virtual', checked: true }).waitFor()
    const clock = page.getByRole('complementary', { name: 'Clock' })
    await press(page, 'T')
    await clock.waitFor()
    await press(page, 'T')
    await clock.waitFor({ state: 'detached' })

    await press(page, '?')
    const told = page.getByRole('dialog', { name: 'All shortcuts' })
    for (const words of ['Go to Pollers', 'Jump to what is due next', 'Search in this view']) {
      await told.getByText(words).waitFor()
    }
    // Who speaks to the machine, or types with something else, turns single letters off.
    await told.getByRole('checkbox', { name: 'Single letters do something' }).uncheck()
    await press(page, 'Escape')
    await told.waitFor({ state: 'detached' })
    await press(page, 'g', 't', 'T')
    await press(page, 'Control+k')
    const palette = page.getByRole('combobox', { name: 'Find or do anything' })
    await palette.waitFor()
    expect(await clock.count()).toBe(0)
    expect(new URL(page.url()).hash).toBe('#/executions')
    await palette.fill('go to faults')
    await press(page, 'Enter')
    await page.getByRole('heading', { name: 'Faults' }).waitFor()
  })

  test('walk the list, search it, start and open', async () => {
    const served = await emulator()
    const web = await template(served, 'web')
    for (let n = 0; n < 3; n++) {
      await start(served, web)
      await served.clock.advance('1h')
    }
    const at = await desk(served.url)
    await at.open()
    const { page } = at
    const lines = page.locator('.line')
    await soon(() => lines.count()).toBe(3)
    const ids = await page.locator('.line a').allInnerTexts()
    const selected = (): Promise<string> => page.locator('.line[aria-selected=true] a').innerText()
    await press(page, 'j', 'j')
    await soon(selected).toBe(ids[1])
    await press(page, 'ArrowDown', 'k', 'ArrowUp')
    await soon(selected).toBe(ids[0])
    await press(page, '/')
    // While one types, letters are letters.
    await page.keyboard.type('gtn')
    await page.getByRole('heading', { name: 'Nothing matches' }).waitFor()
    await page.getByRole('searchbox').fill('')
    await press(page, 'Escape', 'n')
    const templates = page.getByRole('combobox', { name: /^Template/ })
    await templates.and(page.locator(':focus')).waitFor()
    await press(page, 'Control+Enter')
    await soon(() => lines.count()).toBe(4)
    const newest = await page.locator('.line a').first().innerText()
    await soon(selected).toBe(newest)
    await page.locator('.table-body').focus()
    await press(page, 'Enter')
    await page.getByRole('heading', { name: newest }).waitFor()
  })

  test('go through the steps of an execution, its times and what can be done with it', async () => {
    const plan = [{ task: 'copyImage', region: 'cn-beijing', duration: '30s' }] as const
    const served = await emulator({ plan })
    const web = await template(served, 'web', { ToRegionId: regions.split(' ') })
    const id = await start(served, web)
    await served.clock.advance('6m')
    const at = await desk(served.url)
    await at.open(`#/executions/${id}`)
    const { page } = at
    const slider = page.getByRole('slider', { name: 'Step that is shown' })
    const step = async (): Promise<number> => Number(await slider.getAttribute('aria-valuenow'))
    await page.locator('.chip').getByText('DISTRIBUTING').waitFor()
    const last = await step()
    for (const [keys, shown] of [
      [['Home'], 1],
      [['ArrowRight'], 2],
      [['Shift+ArrowRight'], 3],
      [['ArrowLeft', 'ArrowLeft'], 1],
      [['End', 'Shift+ArrowLeft', 'Shift+ArrowLeft'], 2],
      [['k'], 3],
      [['j', 'ArrowDown'], 1],
      [['ArrowUp'], 2],
      [['Escape'], last],
    ] as const) {
      await press(page, ...keys)
      await soon(step).toBe(shown)
    }

    const lanes = page.locator('.lane')
    const folded = await lanes.count()
    await press(page, ']')
    await soon(() => lanes.count()).toBeGreaterThan(folded + 10)
    await press(page, '[')
    await soon(() => lanes.count()).toBe(folded)
    const building = page.locator('.bar').nth(1)
    const wide = async (): Promise<number> => (await building.boundingBox())?.width ?? 0
    const fits = await wide()
    await press(page, '+')
    await soon(
      async () => (await page.locator('.bar').count()) === 0 || (await wide()) !== fits,
    ).toBe(true)
    await press(page, '0')
    await soon(wide).toBe(fits)
    await press(page, '-')
    await soon(wide).toBeLessThan(fits)

    const rows = page.getByRole('listbox', { name: 'Steps' }).getByRole('option')
    const all = await rows.count()
    await press(page, '/')
    const filter = page.getByRole('textbox', { name: 'Filter the history' })
    await filter.and(page.locator(':focus')).waitFor()
    await page.keyboard.type('started')
    await soon(async () => (await rows.count()) < all).toBe(true)
    await press(page, 'Escape')
    await soon(() => rows.count()).toBe(all)
    await page.locator('.chip').click()
    await press(page, 'f')
    await page.getByRole('dialog', { name: 'Fork into virtual time' }).waitFor()
    await press(page, 'Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await press(page, 'c')
    await page.getByText('InvalidStatus.ImagePipelineExecution', { exact: false }).first().waitFor()
    const [saved] = await Promise.all([page.waitForEvent('download'), press(page, 's')])
    expect(saved.suggestedFilename()).toBe(`${id}.yaml`)
    await press(page, 'Control+k')
    await page.getByRole('combobox', { name: 'Find or do anything' }).fill('command that repeats')
    await press(page, 'Enter')
    await soon(() => page.evaluate<string>('navigator.clipboard.readText()')).toContain(
      `bakeline record ${id}`,
    )
  })

  test('find templates, operations and scenarios, and scroll what is read', async () => {
    const served = await emulator()
    for (const name of ['web', 'gpu']) await template(served, name)
    const at = await desk(served.url)
    await at.open('#/templates')
    const { page } = at
    const rows = page.locator('.templates-table tbody tr')
    await soon(() => rows.count()).toBe(2)
    await press(page, '/')
    await page.keyboard.type('gp')
    await soon(() => rows.count()).toBe(1)
    await press(page, 'Escape', 'ArrowDown')
    await page.getByRole('heading', { name: 'gpu' }).waitFor()
    expect(page.url()).toContain('q=gp')

    await at.open('#/api/CopyImage')
    await page.getByRole('tabpanel', { name: 'Node.js' }).focus()
    await press(page, 'ArrowDown')
    await page.getByRole('heading', { name: 'CopyImage', exact: true }).click()
    await press(page, 'ArrowDown')
    await page.getByRole('heading', { name: 'CancelCopyImage' }).waitFor()
    await press(page, 'k', '/')
    await page.keyboard.type('regions')
    await page.getByRole('link', { name: 'DescribeRegions' }).waitFor()

    await at.open('#/scenarios')
    await page.getByRole('button', { name: 'The whole life of an image' }).waitFor()
    await page.getByRole('heading', { name: 'lifecycle.yaml' }).click()
    await press(page, '/')
    await page.keyboard.type('windows')
    await page.getByRole('button', { name: 'A Windows image' }).waitFor()
    const buffer = Buffer.from('name: My own\nsteps: []\n')
    const mine = { name: 'mine.yaml', mimeType: 'application/yaml', buffer }
    await page.locator('input[type=file]').setInputFiles(mine)
    await page.getByRole('heading', { name: 'mine.yaml' }).waitFor()
    await soon(() => page.getByRole('textbox', { name: 'Scenario' }).inputValue()).toContain(
      'My own',
    )
  })
})
