import { expect, test } from 'vitest'
import { desk, emulator, inChromium, soon, start, template, withBrowser } from './browser.js'

inChromium('the faults', () => {
  withBrowser()

  test('are set from the matrix by keys, hit, and cleared', async () => {
    const served = await emulator()
    const web = await template(served, 'web', { ToRegionId: ['cn-beijing'] })
    const at = await desk(served.url, { colours: 'dark' })
    await at.open('#/faults')
    const { page } = at
    const id = await start(served, web)
    await page.getByRole('button', { name: /^copyImage in cn-hangzhou: .*never runs/ }).click()
    await page.keyboard.press('ArrowRight')
    await page.getByText(`Would hit the next copyImage in cn-beijing of ${id}`).waitFor()
    await page.getByRole('button', { name: 'Set fault' }).click()
    await page.getByText('1 set, 0 hit so far').waitFor()
    await served.clock.advance('10m')
    await page.getByRole('button', { name: /#1: 1 hit, InternalError/ }).waitFor()
    await page.getByRole('link', { name: id }).waitFor()
    expect(await at.barriers()).toEqual([])
    await page.getByRole('button', { name: 'Clear all' }).click()
    await page.getByText('No fault set.').waitFor()
  })

  test('are about a template, an attempt, an account, and come as late as is said', async () => {
    const served = await emulator()
    await template(served, 'web', { AddAccount: ['1203948579120394'] })
    const at = await desk(served.url)
    await at.open('#/faults')
    const { page } = at
    const form = page.getByRole('form', { name: 'New fault of a task' })
    await form.getByLabel('Task').selectOption('shareImage')
    await form.getByLabel('Template').selectOption('web')
    await form.getByRole('radio', { name: '2', exact: true }).click()
    await form.getByLabel('Error code').fill('Throttling')
    await form.getByLabel('After').fill('later')
    await page.getByText('A duration is 90s, 8m or 1h 30m.').waitFor()
    await page.keyboard.press('Control+Enter')
    await form.getByLabel('After').fill('')
    await page.getByText('A duration is 90s, 8m or 1h 30m.').waitFor({ state: 'detached' })
    // A failure of one account cannot come at another time than those of the share's others.
    await form.getByLabel('After').fill('45s')
    await form.getByLabel('Account').fill('1203948579120394')
    await form.getByText('off: all of a share ends at once').waitFor()
    expect(await form.getByLabel('After').inputValue()).toBe('')
    expect(await form.getByLabel('After').isEditable()).toBe(false)
    await page.keyboard.press('Control+Enter')
    const set = page.getByRole('region', { name: 'Faults that are set' })
    await set.getByText('web, 1203948579120394').waitFor()
    await form.getByLabel('Task').selectOption('buildImage')
    await form.getByLabel('After').fill('30s')
    await form.getByRole('button', { name: 'Set fault' }).click()
    await set.getByRole('row', { name: /^buildImage web/ }).waitFor()
    const { plan } = (await (await fetch(`${served.url}/_bakeline/plan`)).json()) as {
      plan: object[]
    }
    const shared = { template: 'web', attempt: 2, fail: { code: 'Throttling' } }
    expect(plan).toEqual([
      { ...shared, task: 'shareImage', account: '1203948579120394' },
      { ...shared, task: 'buildImage', duration: '30s' },
    ])
    await set.getByRole('button', { name: /^Take shareImage .* away$/ }).click()
    await set.getByRole('button', { name: /^Take buildImage .* away$/ }).click()
    await page.getByText('No fault set.').waitFor()
  })

  test('are taken away one by one as quickly as one likes', async () => {
    const served = await emulator()
    const rules = ['copyImage', 'buildImage', 'testImage'].map((task) => ({
      task,
      attempt: 1,
      fail: 'X',
    }))
    const body = JSON.stringify({ plan: rules })
    const headers = { 'content-type': 'application/json' }
    await fetch(`${served.url}/_bakeline/plan`, { method: 'PUT', headers, body })
    const at = await desk(served.url)
    await at.open('#/faults')
    const { page } = at
    const away = page.getByRole('button', { name: /^Take .* away$/ })
    await soon(() => away.count()).toBe(3)
    await away.evaluateAll((buttons) => {
      for (const button of buttons.slice(0, 2)) (button as HTMLElement).click()
    })
    await soon(() => away.count()).toBe(1)
    const left = await fetch(`${served.url}/_bakeline/plan`)
    expect(await left.json()).toMatchObject({ plan: [rules[0]] })
  })

  test('can have an attempt that never ends, and are counted in the navigation', async () => {
    const served = await emulator()
    const web = await template(served, 'web')
    const at = await desk(served.url)
    await at.open('#/faults')
    const { page } = at
    const link = page
      .getByRole('navigation', { name: 'Views' })
      .getByRole('link', { name: /Faults/ })
    await link.getByText('0', { exact: true }).waitFor()
    await page.getByRole('combobox', { name: /^Task/ }).selectOption('buildImage')
    await page.getByRole('radio', { name: 'never ends' }).click()
    await page.getByRole('button', { name: 'Set fault' }).click()
    await link.getByText('1', { exact: true }).waitFor()
    await page
      .getByRole('region', { name: 'Faults that are set' })
      .getByText('never ends')
      .waitFor()
    const id = await start(served, web)
    await served.clock.advance('300d')
    expect((await served.imageBuilder.execution(id))?.Status).toBe('BUILDING')
    expect(await at.barriers()).toEqual([])
  })

  test('of calls count what they met and what they hit', async () => {
    const served = await emulator()
    const at = await desk(served.url)
    await at.open('#/faults?of=calls')
    const { page } = at
    await page.getByLabel('Operation').selectOption('DescribeRegions')
    const account = page.getByLabel('Account')
    await account.fill('1203948579120394')
    await page.getByLabel('Latency').fill('soon')
    await page.getByText('A latency is 250ms, 3s or 1m.').waitFor()
    await page.getByLabel('Latency').fill('5ms')
    await page.getByLabel('n', { exact: true }).fill('2')
    await page.getByRole('button', { name: 'Set fault' }).click()
    await page.getByText('the first 2, 1203948579120394').waitFor()
    await page.getByText('400 Throttling.User after 5ms').waitFor()
    await account.fill('')
    await page.getByRole('button', { name: 'Set fault' }).click()
    await page.getByText('the first 2', { exact: true }).waitFor()
    const query = 'Action=DescribeRegions&Version=2014-05-26&AccessKeyId=a'
    for (const status of [400, 400, 200]) {
      expect((await fetch(`${served.url}/?${query}`, { method: 'POST' })).status).toBe(status)
    }
    // These calls are of another account than the first fault is about.
    await page.getByText('2 of 3').waitFor()
    await page.getByText('0 of 0').waitFor()
    await page
      .getByRole('button', { name: /^Take .* away$/ })
      .first()
      .click()
    await page.getByText('0 of 0').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Clear all' }).click()
    await page.getByText('No fault set.').waitFor()
  })

  test('can let the process die as an attempt ends, and the page goes on', async () => {
    const served = await emulator()
    const web = await template(served, 'web', { ToRegionId: ['cn-beijing'] })
    const id = await start(served, web)
    const at = await desk(served.url)
    await at.open('#/faults')
    const { page } = at
    await page.getByRole('button', { name: /^copyImage in cn-beijing/ }).click()
    await page.getByRole('radio', { name: 'crash' }).click()
    await page.getByRole('button', { name: 'Set fault' }).click()
    const set = page.getByRole('region', { name: 'Faults that are set' })
    await set
      .getByRole('row', { name: /copyImage cn-beijing crash after it is kept 1 0 of 1/ })
      .waitFor()
    expect(await at.barriers()).toEqual([])
    await expect(served.clock.advance('1h')).rejects.toMatchObject({ code: 'CLOSED' })
    await set.getByRole('row', { name: /1 of 1/ }).waitFor()
    await served.clock.advance('1h')
    expect((await served.imageBuilder.execution(id))?.Status).toBe('SUCCESS')
    await page.getByRole('link', { name: 'Executions', exact: true }).click()
    await page
      .getByRole('row', { name: new RegExp(id) })
      .getByText('SUCCESS')
      .waitFor()
  })

  test('let a region be down for a while, or a share of the attempts fail', async () => {
    const served = await emulator()
    const web = await template(served, 'web', { ToRegionId: ['cn-beijing'] })
    const at = await desk(served.url)
    await at.open('#/faults')
    const { page } = at
    await page.getByRole('radio', { name: 'region down' }).click()
    await page.getByText('Say which region is down.').waitFor()
    await page.getByRole('button', { name: /^copyImage in cn-beijing/ }).click()
    await page.getByLabel('Lasts').fill('5h')
    await page.getByRole('button', { name: 'Set fault' }).click()
    await page.getByRole('button', { name: /copyImage in cn-beijing: down/ }).waitFor()
    const id = await start(served, web)
    await served.clock.advance('2h')
    expect((await served.imageBuilder.execution(id))?.Status).toBe('PARTITION_SUCCESS')
    await page.getByRole('button', { name: 'Clear all' }).click()
    await page.getByRole('radio', { name: 'fail', exact: true }).click()
    await page.getByLabel('Of these').fill('100')
    await page.getByRole('radio', { name: 'every' }).click()
    await page.getByRole('button', { name: 'Set fault' }).click()
    await page.getByText('cn-beijing, 100 %').waitFor()
    expect(await at.barriers()).toEqual([])
  })

  test('of calls can be a crash after it is kept: the caller is cut off, and it is there', async () => {
    const served = await emulator()
    const at = await desk(served.url)
    await at.open('#/faults?of=calls')
    const { page } = at
    await page.getByLabel('Operation').selectOption('CreateImagePipeline')
    await page.getByRole('radio', { name: 'crash' }).click()
    await page.getByText('All was done, and the caller is cut off').waitFor()
    await page.getByRole('button', { name: 'Set fault' }).click()
    await page.getByText('0 of 0').waitFor()
    const wanted = new URLSearchParams({
      Action: 'CreateImagePipeline',
      Version: '2014-05-26',
      AccessKeyId: 'a',
      RegionId: 'cn-hangzhou',
      BaseImageType: 'IMAGE',
      BaseImage: 'aliyun_3_x64_20G_alibase_20240819.vhd',
    })
    await expect(fetch(`${served.url}/?${wanted.toString()}`, { method: 'POST' })).rejects.toThrow()
    await page.getByText('1 of 1').waitFor()
    await soon(async () => (await served.imageBuilder.templates()).length).toBe(1)
  })

  test('the process dies at a press, and what it did is there', async () => {
    const served = await emulator()
    const web = await template(served, 'web')
    const id = await start(served, web)
    const at = await desk(served.url)
    await at.open('#/faults')
    const { page } = at
    await page.getByRole('button', { name: 'Crash now' }).click()
    await page.getByText('another has opened what it left').waitFor()
    await served.clock.advance('10m')
    await page.getByRole('link', { name: 'Executions', exact: true }).click()
    await page
      .getByRole('row', { name: new RegExp(id) })
      .getByText('SUCCESS')
      .waitFor()
  })
})
