import { expect, test } from 'vitest'
import { desk, emulator, inChromium, soon, start, template, withBrowser } from './browser.js'

inChromium('the lanes of the Gantt', () => {
  withBrowser()

  test('are one for each account, and the failed mark is in those with which sharing failed', async () => {
    const accounts = Array.from({ length: 12 }, (_, n) => String(1_203_948_579_120_300 + n))
    const account = accounts[4] ?? ''
    const fail = { code: 'InvalidAccount.NotFound', message: 'There is no such account.' }
    const served = await emulator({ plan: [{ task: 'shareImage', account, fail }] })
    const web = await template(served, 'web', { AddAccount: accounts })
    const id = await start(served, web)
    const at = await desk(served.url)
    await at.open(`#/executions/${id}`)
    const { page } = at
    const lanes = page.getByRole('group', { name: 'share', exact: true }).locator('.lane')
    const names = (): Promise<string[]> => lanes.locator('.lane-label').allInnerTexts()
    // They are known before anything is shared.
    await soon(names).toEqual(accounts)
    await served.clock.advance('1h')
    await page.locator('.chip').getByText('PARTITION_SUCCESS').waitFor()
    await soon(names).toEqual(accounts)
    // Twelve accounts are two calls, and each lane has the bar of its call.
    expect(await lanes.locator('.bar').count()).toBe(12)
    const failed = lanes.filter({ has: page.locator('.failed-end') })
    await soon(() => failed.locator('.lane-label').allInnerTexts()).toEqual([account])
    const title = await failed.locator('.failed-end').getAttribute('title')
    expect(title).toContain('InvalidAccount.NotFound: There is no such account.')
    // The call went well, for the others: nobody gave up.
    expect(await failed.locator('.bar-note').innerText()).toBe('not shared')
  })

  test('say that a share gave up where its call failed at every attempt', async () => {
    const fail = { code: 'Throttling', message: 'Request was denied due to request throttling.' }
    const served = await emulator({ plan: [{ task: 'shareImage', fail }] })
    const id = await start(
      served,
      await template(served, 'web', { AddAccount: ['1203948579120394'] }),
    )
    await served.clock.advance('1h')
    const at = await desk(served.url)
    await at.open(`#/executions/${id}`)
    const { page } = at
    const lane = page.getByRole('group', { name: 'share', exact: true }).locator('.lane')
    await soon(() => lane.locator('.failed-end').count()).toBe(3)
    await soon(() => lane.locator('.bar-note').allInnerTexts()).toEqual(['gave up'])
  })

  test('fold the accounts of many regions, but for those with which sharing failed', async () => {
    const accounts = ['1203948579120394', '1203948579120395', '1203948579120396']
    const regions = ['cn-beijing', 'cn-shanghai', 'ap-southeast-1', 'eu-central-1']
    const fail = { code: 'InvalidAccount.NotFound', message: 'There is no such account.' }
    const [, account = ''] = accounts
    const served = await emulator({
      plan: [{ task: 'shareImage', region: 'ap-southeast-1', account, fail }],
    })
    const web = await template(served, 'web', { ToRegionId: regions, AddAccount: accounts })
    const id = await start(served, web)
    await served.clock.advance('2h')
    const at = await desk(served.url)
    await at.open(`#/executions/${id}`)
    const labels = at.page.getByRole('group', { name: 'share', exact: true }).locator('.lane-label')
    await soon(() => labels.allInnerTexts()).toEqual(['14 more', `${account} ap-southeast-1`])
    // The name is not cut.
    const isWhole = (label: Element): boolean => label.scrollWidth <= label.clientWidth
    expect(await labels.last().evaluate(isWhole)).toBe(true)
  })
})
