import { expect, test } from 'vitest'
import type { Emulator } from '../../src/emulator/create.js'
import {
  type Desk,
  desk,
  emulator,
  inChromium,
  soon,
  start,
  template,
  withBrowser,
} from './browser.js'

const throttled = { code: 'Throttling', message: 'Request was denied due to request throttling.' }

/** Executions that ended and one that copies, a component, and faults of tasks and of calls. */
async function busy(): Promise<{ served: Emulator; id: string }> {
  const plan = [
    { task: 'copyImage', region: 'cn-shanghai', attempt: 1, duration: '1m', fail: throttled },
  ] as const
  const served = await emulator({ plan })
  const web = await template(served, 'web', {
    ToRegionId: ['cn-beijing', 'cn-shanghai'],
    AddAccount: ['1203948579120394'],
    BuildContent: 'RUN yum update -y',
  })
  await served.imageBuilder.createComponent({
    RegionId: 'cn-hangzhou',
    Name: 'nginx',
    Content: 'RUN yum install -y nginx',
  })
  await start(served, web)
  await served.clock.advance('1h')
  const id = await start(served, web)
  await served.clock.advance('6m10s')
  const fault = { operation: 'DescribeRegions', first: 1, latency: '1s' }
  await fetch(`${served.url}/_bakeline/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(fault),
  })
  return { served, id }
}

/** Where one can be, and what is there once all of it is. */
function places(
  { page }: Desk,
  id: string,
): readonly (readonly [hash: string, there: () => Promise<unknown>])[] {
  const heading = (name: string) => () => page.getByRole('heading', { name, level: 1 }).waitFor()
  const drawn = async (): Promise<void> => {
    await page.locator('.chip').getByText('DISTRIBUTING').waitFor()
    await page.locator('.state.current, .card.current').first().waitFor()
  }
  const text = async (): Promise<unknown> =>
    soon(() => page.locator('textarea.editor-text').inputValue()).not.toBe('')
  return [
    ['#/executions', () => page.locator('.line').nth(1).waitFor()],
    [`#/executions/${id}`, drawn],
    [`#/executions/${id}?step=2`, () => page.locator('.chip').getByText('BUILDING').waitFor()],
    ['#/executions/exec-none', () => page.getByRole('alert').waitFor()],
    ['#/templates', () => page.getByRole('button', { name: /^web/ }).click()],
    ['#/templates?of=components', () => page.getByRole('button', { name: /^nginx/ }).click()],
    ['#/scenarios', text],
    ['#/fleet', text],
    [
      '#/faults',
      () =>
        page
          .getByRole('button', { name: /Throttling/ })
          .first()
          .waitFor(),
    ],
    ['#/faults?of=calls', () => page.getByText('0 of 0').waitFor()],
    ['#/api/CreateImagePipeline', heading('CreateImagePipeline')],
    ['#/nowhere', () => page.getByText('There is no view “nowhere”').waitFor()],
  ]
}

inChromium('everybody', () => {
  withBrowser()

  test.each(['light', 'dark'] as const)(
    'is let in to every view, in %s colours',
    async (colours) => {
      const { served, id } = await busy()
      const at = await desk(served.url, { colours })
      await at.open()
      const { page } = at
      for (const [hash, there] of places(at, id)) {
        await page.goto(`${at.url}/${hash}`)
        await there()
        expect([hash, await at.barriers()]).toEqual([hash, []])
      }

      // What opens over a view keeps nobody out either.
      await page.goto(`${at.url}/#/executions`)
      await page.locator('.start-form button[type=submit]').click()
      await page.getByRole('alert').getByText('HasRunningExecution').waitFor()
      for (const [key, name] of [
        ['T', 'Clock'],
        ['?', 'All shortcuts'],
        ['Control+k', 'Find or do anything'],
      ] as const) {
        await page.keyboard.press(key)
        const over = page
          .getByRole('dialog', { name })
          .or(page.getByRole('complementary', { name }))
        await over.waitFor()
        expect([name, await at.barriers()]).toEqual([name, []])
        await page.keyboard.press('Escape')
        await over.waitFor({ state: 'detached' })
      }
      await page.goto(`${at.url}/#/executions/${id}`)
      await page.locator('.chip').waitFor()
      await page.getByRole('button', { name: 'More' }).click()
      await page.getByRole('button', { name: 'Copy Repeats it' }).waitFor()
      expect(await at.barriers()).toEqual([])
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      await page.keyboard.press('f')
      await page.getByRole('dialog', { name: 'Fork into virtual time' }).waitFor()
      expect(await at.barriers()).toEqual([])
    },
  )

  test('has all of every view on 320 pixels, which is a phone at twice its size', async () => {
    const { served, id } = await busy()
    const at = await desk(served.url, { width: 390, height: 844 })
    await at.open()
    const { page } = at
    const sideways = 'document.documentElement.scrollWidth > innerWidth'
    for (const [hash, there] of places(at, id)) {
      await page.goto(`${at.url}/${hash}`)
      await there()
      await soon(async () => [hash, await page.evaluate(sideways)]).toEqual([hash, false])
      await page.setViewportSize({ width: 320, height: 640 })
      await soon(async () => [hash, await page.evaluate(sideways)]).toEqual([hash, false])
      await page.setViewportSize({ width: 390, height: 844 })
    }
    // The clock is on screen everywhere, and what moves it on is behind it.
    await page.getByRole('button', { name: 'Advance…' }).click()
    const clock = page.getByRole('complementary', { name: 'Clock' })
    await clock.getByLabel('Advance the clock by').fill('20s')
    await clock.getByRole('button', { name: 'Advance' }).click()
    await soon(() => clock.locator('.big-clock').innerText()).toMatch(/^10:30:30/)
  })

  test('sees the last transition drawn, unless less motion is asked for; and reads both times', async () => {
    const { served, id } = await busy()
    const at = await desk(served.url)
    await at.open(`#/executions/${id}`)
    const { page } = at
    await page.locator('.state.current').first().waitFor()
    await served.clock.advance('1h')
    await page.locator('.state.current[data-state="execution.done"]').waitFor()
    await page.locator('.line.heat-0 > polyline').first().waitFor({ state: 'attached' })
    const moves = (): Promise<string> =>
      page.evaluate<string>(
        `getComputedStyle(document.querySelector('.line.heat-0 > polyline')).animationName`,
      )
    expect(await moves()).toBe('none')
    await page.emulateMedia({ reducedMotion: 'no-preference' })
    expect(await moves()).toBe('draw')
    // Not while one looks back: there each step is there at once.
    await page.keyboard.press('ArrowLeft')
    await page.getByText('You are looking at step').waitFor()
    await soon(moves).toBe('none')

    const first = page.getByRole('option', { name: /started create.preparing/ }).locator('time')
    const both = await first.getAttribute('title')
    expect(await first.getAttribute('datetime')).toBe('2026-03-14T10:24:00.000Z')
    expect(both).toContain('10:24:00')
    expect(both).toContain('18:24:00')
    expect(await first.innerText()).toBe('10:24:00')
    await page.getByRole('radio', { name: 'Local' }).click()
    await soon(() => first.innerText()).toBe('18:24:00')
    expect(await page.locator('.gantt-axis').textContent()).toContain('18:')
    // A choice lasts.
    await page.reload()
    await soon(() => first.innerText()).toBe('18:24:00')
    await page.getByRole('button', { name: 'Dark colours' }).click()
    await soon(() => page.evaluate('document.documentElement.dataset.theme')).toBe('dark')
  })
})
