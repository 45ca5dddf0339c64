import { describe, expect, test } from 'vitest'
import { expectedTasks } from '../../web/model/ecs.js'
import { nameText } from '../../web/model/words.js'
import { desk, emulator, inChromium, soon, start, template, withBrowser } from './browser.js'

function accountsOf(count: number): string[] {
  return Array.from({ length: count }, (_, n) => String(1_203_948_579_120_300 + n))
}

const throttled = { code: 'Throttling', message: 'Request was denied.' }

describe('a share', () => {
  const names = (regions: readonly string[], accounts: readonly string[]): string[] => {
    const [region = '', ...others] = regions
    const copies = others.map((each) => ({ region: each, imageId: 'm-1' }))
    const { share = [] } = expectedTasks('execution@1', { region, copies, accounts })
    return share.map(({ name }) => nameText(name))
  }
  const two = ['cn-hangzhou', 'cn-beijing']

  test('is named by its region and its account, or how many those are', () => {
    expect(names(two, accountsOf(1))).toEqual([
      'cn-hangzhou 1203948579120300',
      'cn-beijing 1203948579120300',
    ])
    expect(names(two, accountsOf(3))).toEqual(['cn-hangzhou 3 accounts', 'cn-beijing 3 accounts'])
  })

  test('is named without the region where there is one, as its lanes are', () => {
    expect(names(['cn-hangzhou'], accountsOf(1))).toEqual(['1203948579120300'])
    expect(names(['cn-hangzhou'], accountsOf(2))).toEqual(['2 accounts'])
  })

  test('says which accounts it has where one call cannot take all', () => {
    expect(names(['cn-hangzhou'], accountsOf(21))).toEqual([
      '1–10 of 21 accounts',
      '11–20 of 21 accounts',
      '1203948579120320',
    ])
  })
})

inChromium('shares on the page', () => {
  withBrowser()

  test('have one name in the chart and in the history, before they start and after', async () => {
    const accounts = accountsOf(2)
    const served = await emulator()
    const web = await template(served, 'web', { ToRegionId: ['cn-beijing'], AddAccount: accounts })
    const id = await start(served, web)
    const at = await desk(served.url)
    await at.open(`#/executions/${id}`)
    const { page } = at
    const rows = page.locator('[data-state="execution.share"] .host-row .host-name')
    const short = ['cn-hangzhou ×2', 'cn-beijing ×2']
    await soon(() => rows.allTextContents()).toEqual(short)
    expect(await rows.first().getAttribute('title')).toBe(`2 accounts: ${accounts.join(', ')}`)
    await served.clock.advance('1h')
    await page.locator('.state.current[data-state="execution.done"]').waitFor()
    await soon(() => rows.allTextContents()).toEqual(short)
    const first = page.getByRole('option').filter({ hasText: 'cn-hangzhou ×2' })
    await soon(() => first.textContent()).toContain('shareImage done')
    const where = first.locator('.history-where')
    expect(await where.evaluate((cell) => cell.scrollWidth <= cell.clientWidth)).toBe(true)
    await first.click()
    await page
      .getByRole('region', { name: /^Step/ })
      .getByText('shareImage cn-hangzhou 2 accounts')
      .waitFor()
    // The last of them leaves the state: its pill has the words of the history.
    await page.keyboard.press('ArrowRight')
    await soon(() => page.locator('.pill').textContent()).toBe('shareImage done')
  })

  test('are named alike by the clock, which tells of all executions', async () => {
    const accounts = accountsOf(12)
    const served = await emulator({
      plan: [{ task: 'shareImage', region: 'cn-beijing', attempt: 1, fail: throttled }],
    })
    const web = { ToRegionId: ['cn-beijing'], AddAccount: accounts }
    const id = await start(served, await template(served, 'web', web))
    const alone = await start(served, await template(served, 'alone', { AddAccount: ['12345'] }))
    const until = async (execution: string): Promise<void> => {
      const { engine } = served.imageBuilder
      while ((await engine.get(execution))?.value !== 'share') await served.clock.jump()
    }
    await until(alone)
    const at = await desk(served.url)
    await at.open(`#/executions/${id}`)
    const { page } = at
    const next = page.locator('.clockbar .due-line')
    await soon(() => next.textContent()).toBe('cn-hangzhou …2345 shareImage ends')
    await until(id)
    await page.keyboard.press('T')
    const due = page.locator('.due-row a')
    await soon(() => due.allTextContents()).toEqual([
      'cn-hangzhou 1–10 shareImage ends',
      'cn-hangzhou 11–12 shareImage ends',
      'cn-beijing 1–10 shareImage ends',
      'cn-beijing 11–12 shareImage ends',
    ])
    await served.clock.jump()
    await soon(() => due.first().textContent()).toBe('cn-beijing 1–10 retry shareImage')
    expect(await due.first().getAttribute('title')).toBe(
      `retry shareImage cn-beijing 1–10 of 12 accounts, ${id}`,
    )
  })

  test('say how far they reached where that is not all: in the chart, the history, the images', async () => {
    const accounts = accountsOf(2)
    const [first = '', second = ''] = accounts
    const fail = { code: 'InvalidAccount.NotFound', message: 'There is no such account.' }
    const served = await emulator({
      plan: [
        { task: 'shareImage', region: 'cn-beijing', account: first, fail },
        { task: 'shareImage', region: 'us-east-1', account: first, fail },
        { task: 'shareImage', region: 'us-east-1', account: second, fail },
      ],
    })
    const regions = { ToRegionId: ['cn-beijing', 'us-east-1', 'eu-west-1'], AddAccount: accounts }
    const id = await start(served, await template(served, 'web', regions))
    const at = await desk(served.url)
    await at.open(`#/executions/${id}`)
    const { page } = at
    await soon(() => page.locator('.reach').textContent()).toBe('shared with 0 of 2')
    await served.clock.advance('1h')
    await page.locator('.chip').getByText('PARTITION_SUCCESS').waitFor()
    const share = page.locator('[data-state="execution.share"]')
    const rowOf = (region: string) => share.locator('.host-row').filter({ hasText: region })
    await soon(() => rowOf('cn-hangzhou').locator('.unseen').textContent()).toBe('done')
    await soon(() => rowOf('cn-beijing').locator('.unseen').textContent()).toBe('done in part')
    await soon(() => rowOf('cn-beijing').locator('.note').textContent()).toBe('only 1 of 2')
    await soon(() => rowOf('us-east-1').locator('.note').textContent()).toBe('not shared')
    expect(await share.locator('.host-foot').textContent()).toBe('2 of 4 done')
    const marks = await Promise.all(
      ['cn-hangzhou', 'cn-beijing', 'us-east-1'].map((region) =>
        rowOf(region).locator('svg').first().innerHTML(),
      ),
    )
    expect(new Set(marks).size).toBe(3)
    const told = page.getByRole('listbox').getByRole('option')
    await told.filter({ hasText: 'shareImage in part' }).filter({ hasText: 'cn-beijing' }).waitFor()
    await told.filter({ hasText: 'shareImage refused' }).filter({ hasText: 'us-east-1' }).waitFor()
    await soon(() => page.locator('.reach').textContent()).toBe('shared with 0 of 2, 2 in part')
    expect(await page.locator('.reach').getAttribute('title')).toContain(`cn-beijing: ${first}`)
    expect(await at.barriers()).toEqual([])
  })

  test('count the accounts that have every image, as far as they came at a step', async () => {
    const accounts = accountsOf(12)
    const served = await emulator({
      plan: [{ task: 'shareImage', region: 'cn-beijing', duration: '5m' }],
    })
    const web = { ToRegionId: ['cn-beijing'], AddAccount: accounts }
    const id = await start(served, await template(served, 'web', web))
    const { engine } = served.imageBuilder
    while ((await engine.get(id))?.value !== 'share') await served.clock.jump()
    await served.clock.jump()
    const at = await desk(served.url)
    await at.open(`#/executions/${id}`)
    const reach = () => at.page.locator('.reach').textContent()
    await soon(reach).toBe('shared with 0 of 12')
    await served.clock.advance('1h')
    await soon(reach).toBe('shared with 12 of 12')
  })
})
