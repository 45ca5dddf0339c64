import { describe, expect, test } from 'vitest'
import { executionMachine } from '../../machines/execution.js'
import { machineJson } from '../../src/engine/machine-json.js'
import { edgesOf } from '../../web/chart/edges.js'
import { type MachineModel, pathsIn } from '../../web/chart/machine.js'
import { backward, onward, type Walk, walkFrom, waysFrom } from '../../web/chart/walk.js'
import { desk, emulator, inChromium, soon, start, template, withBrowser } from './browser.js'

const twentyRegions =
  'cn-beijing cn-shanghai cn-shenzhen cn-hongkong cn-qingdao cn-zhangjiakou cn-huhehaote cn-chengdu ap-southeast-1 ap-southeast-3 ap-southeast-5 ap-northeast-1 eu-central-1 eu-west-1 us-east-1 us-west-1 me-east-1 ap-southeast-6 ap-southeast-7 ap-northeast-2'.split(
    ' ',
  )

const { root } = machineJson(executionMachine) as unknown as MachineModel
const paths = pathsIn(root)
const edges = [...edgesOf(root).values()].flat()
const ways = (at: string) => waysFrom(paths.get(at) ?? [], edges)
const on = (walk: Walk): Walk => onward(walk, ways(walk.at))

describe('who walks through a chart', () => {
  test('goes along lines, the usual ones first, and into what is inside', () => {
    expect(ways('execution.create').map(({ to }) => to)).toEqual([
      'execution.create.preparing',
      'execution.copy',
      'execution.cancel',
      'execution.release',
    ])
    const inside = ways('execution.create.testing').map(({ to }) => to)
    expect(inside).toContain('execution.copy')
    expect(ways('execution.done')).toEqual([])
  })

  test('takes another way whenever they came back, in the same order', () => {
    let walk = walkFrom('execution.create')
    const seen: string[] = []
    for (let turn = 0; turn < 5; turn++) {
      walk = on(walk)
      seen.push(walk.at)
      walk = backward(walk, edges)
      expect(walk.at).toBe('execution.create')
    }
    expect(seen[1]).toBe('execution.copy')
    expect(seen[4]).toBe(seen[0])
  })

  test('stays where no way leads on, and comes back also where they began', () => {
    expect(on(walkFrom('execution.done')).at).toBe('execution.done')
    expect(backward(walkFrom('execution.copy'), edges).at).toBe('execution.create')
  })
})

inChromium('the chart by keys', () => {
  withBrowser()

  test('is walked through, says where one stands, and shows the steps of a state', async () => {
    const served = await emulator()
    const id = await start(served, await template(served, 'web', { ToRegionId: ['cn-beijing'] }))
    await served.clock.advance('6m')
    const at = await desk(served.url)
    await at.open(`#/executions/${id}`)
    const { page } = at
    await page.locator('.state.current[data-state="execution.copy"]').waitFor()
    const chart = page.getByRole('group', { name: 'Chart of execution@1' })
    await chart.focus()
    const focused = page.locator('.state.focused')
    const place = () => focused.getAttribute('data-state')
    await soon(place).toBe('execution.copy')
    await soon(() => chart.getByRole('status').textContent()).toMatch(/^copy, current, /)
    await page.keyboard.press('ArrowLeft')
    await soon(place).toBe('execution.create')
    await page.keyboard.press('ArrowRight')
    await soon(place).toBe('execution.create.preparing')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowDown')
    await soon(place).toBe('execution.copy')
    await page.locator('.line.walked').waitFor()
    expect(await at.barriers()).toEqual([])
    await page.keyboard.press('Enter')
    await page.getByText('Only steps of copy').waitFor()
    await soon(() => page.getByRole('listbox').getByRole('option').allTextContents()).toHaveLength(
      1,
    )
    await page.getByRole('button', { name: 'All steps' }).click()
    await soon(() => page.getByRole('option', { name: /preparing → building/ }).count()).toBe(1)
  })

  test('is one tab stop, also where tasks are folded; brackets unfold and fold them there', async () => {
    const served = await emulator()
    const id = await start(served, await template(served, 'wide', { ToRegionId: twentyRegions }))
    await served.clock.advance('6m')
    const at = await desk(served.url)
    await at.open(`#/executions/${id}`)
    const { page } = at
    const copy = page.locator('.state.current[data-state="execution.copy"]')
    const [rows, folds] = [copy.locator('.host-row:not(.fold)'), copy.locator('.fold')]
    await folds.first().waitFor()
    const chart = page.getByRole('group', { name: 'Chart of execution@1' })
    const hasFocus = () =>
      chart.evaluate((box) => [box === document.activeElement, box.matches(':focus-within')])
    await chart.focus()
    await page.keyboard.press(']')
    await soon(() => rows.count()).toBe(20)
    await soon(() => chart.getByRole('status').textContent()).toBe('tasks of copy: each is shown')
    await page.keyboard.press('PageDown')
    const list = copy.locator('.host-rows')
    await soon(() => list.evaluate(({ scrollTop }) => scrollTop)).toBeGreaterThan(100)
    expect(await at.barriers()).toEqual([])
    await page.keyboard.press('Tab')
    expect(await hasFocus()).toEqual([false, false])
    await page.keyboard.press('Shift+Tab')
    expect(await hasFocus()).toEqual([true, true])
    await page.keyboard.press('[')
    await soon(() => rows.count()).toBe(0)
    // The mouse folds too, and leaves who walks where they are.
    await folds.first().click()
    await soon(() => rows.count()).toBeGreaterThan(0)
    expect(await hasFocus()).toEqual([true, true])
    await page.keyboard.press('?')
    await page.getByText('Unfold all; in the chart, the tasks of a state').waitFor()
  })

  test('shows a retry as a loop at its row, with when the next attempt begins', async () => {
    const served = await emulator({
      plan: [
        {
          task: 'copyImage',
          duration: '1m',
          attempt: 1,
          fail: { code: 'Throttling', message: 'x' },
        },
      ],
    })
    const id = await start(served, await template(served, 'web', { ToRegionId: ['cn-beijing'] }))
    await served.clock.advance('6m10s')
    const at = await desk(served.url)
    await at.open(`#/executions/${id}`)
    await at.page.locator('.host-row.retrying .row-loop').waitFor()
    await at.page.locator('.next-bar').getByText('next attempt in 20 s').waitFor()
  })

  test('is scrubbed to a time between two steps, which a link shows too', async () => {
    const served = await emulator()
    const id = await start(served, await template(served, 'web'))
    await served.clock.advance('4m')
    const at = await desk(served.url)
    await at.open(`#/executions/${id}`)
    const { page } = at
    const slider = page.getByRole('slider', { name: 'Step that is shown' })
    await page.locator('.state.current').first().waitFor()
    await page.locator('.bar').first().waitFor()
    const box = await slider.boundingBox()
    const [x, y] = [(box?.x ?? 0) + 5, (box?.y ?? 0) + 20]
    await page.keyboard.down('Shift')
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x + 25, y)
    await page.mouse.up()
    await page.keyboard.up('Shift')
    const said = () => slider.getAttribute('aria-valuetext')
    await soon(said).toMatch(/^after step 1 of 2, started, 09:24:(?!00)\d\d UTC$/)
    await page.getByText('after step 1').first().waitFor()
    const before = await said()
    await page.reload()
    await soon(said).toBe(before)
    await page.keyboard.press('ArrowRight')
    await soon(said).toMatch(/^step 2 of 2/)
  })
})
