import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { assign, fromPromise, setup } from 'xstate'
import { createEngine, memory, serveInspector } from '../../src/index.js'
import { machineJson } from '../../src/engine/machine-json.js'
import { stepsOf } from '../../src/imagebuilder/steps.js'
import { exportedPage } from '../../src/page/export.js'
import { desk, emulator, inChromium, soon, start, template, withBrowser } from './browser.js'

const order = setup({
  types: {} as { events: { type: 'PAY' } | { type: 'CANCEL' } },
  actors: { charge: fromPromise<string, { amount: number }>(async () => 'receipt') },
}).createMachine({
  id: 'order',
  initial: 'open',
  states: {
    open: { on: { PAY: 'charging', CANCEL: 'gone' }, after: { 1_800_000: 'gone' } },
    charging: { invoke: { src: 'charge', input: { amount: 42 }, onDone: 'paid', onError: 'open' } },
    paid: { type: 'final' },
    gone: { type: 'final' },
  },
})

const counter = setup({
  types: {} as { context: { n: number; last: string }; events: { type: 'TICK' } },
}).createMachine({
  id: 'counter',
  context: { n: 0, last: '' },
  initial: 'even',
  states: {
    even: {
      on: { TICK: { target: 'odd', actions: assign({ n: ({ context }) => context.n + 1 }) } },
    },
    odd: {
      on: { TICK: { target: 'even', actions: assign({ n: ({ context }) => context.n + 1 }) } },
    },
  },
})

inChromium('a machine of one’s own', () => {
  withBrowser()

  test('has a chart, timers and events on a page over its engine', async () => {
    const engine = await createEngine({ store: memory(), machines: [order] })
    const inspector = await serveInspector(engine)
    onTestFinished(async () => {
      await inspector.close()
      await engine.close()
    })
    const { id } = await engine.start(order, { singletonKey: 'cart-7' })
    const at = await desk(inspector.url)
    await at.open()
    const { page } = at
    await page.getByRole('row').filter({ hasText: 'cart-7' }).getByRole('link').click()
    await page.locator('.state.current[data-state="order.open"]').waitFor()
    const next = page.locator('.next-bar')
    await next.getByText('PAY', { exact: true }).waitFor()
    await next.getByText('timer after 30 min').waitFor()
    await expect(page.getByRole('region', { name: 'Images' }).count()).resolves.toBe(0)
    await engine.send(id, { type: 'PAY' })
    await page.locator('.state.current[data-state="order.paid"]').waitFor()
    await page.getByRole('option').filter({ hasText: 'charging → paid' }).waitFor()
    expect(await at.barriers()).toEqual([])
    const answer = await page.request.post(`${inspector.url}/?Action=DescribeImages`)
    expect(answer.status()).toBe(404)
  })
})

/** Nothing of a pipeline: states in states, two beside each other, and one that remembers. */
const player = setup({
  types: {} as { events: { type: 'PLAY' | 'PAUSE' | 'MUTE' } },
}).createMachine({
  id: 'player',
  initial: 'on',
  states: {
    on: {
      type: 'parallel',
      on: { PAUSE: 'paused' },
      states: {
        track: {
          initial: 'intro',
          states: { intro: { after: { 60_000: 'song' } }, song: {} },
        },
        sound: { initial: 'loud', states: { loud: { on: { MUTE: 'quiet' } }, quiet: {} } },
        last: { type: 'history', history: 'deep' },
      },
    },
    paused: { on: { PLAY: '#player.on.last' } },
  },
})

inChromium('a machine that is no pipeline', () => {
  withBrowser()

  test('lights states beside each other, remembers, and is moved by the clock and scrubbed', async () => {
    const engine = await createEngine({
      store: memory({ clock: { mode: 'virtual', now: Date.parse('2026-03-14T09:24:00Z') } }),
      machines: [player],
    })
    const inspector = await serveInspector(engine)
    onTestFinished(async () => {
      await inspector.close()
      await engine.close()
    })
    const { id } = await engine.start(player)
    const at = await desk(inspector.url)
    await at.open(`#/executions/${id}`)
    const { page } = at
    const lit = (): Promise<string[]> =>
      page
        .locator('.state.current')
        .evaluateAll((all) => all.map((each) => each.getAttribute('data-state') ?? '').sort())
    const on = (track: string, sound: string): string[] =>
      ['', '.sound', `.sound.${sound}`, '.track', `.track.${track}`].map(
        (each) => `player.on${each}`,
      )
    await soon(lit).toEqual(on('intro', 'loud'))
    await page.keyboard.press('.')
    await soon(lit).toEqual(on('song', 'loud'))
    await soon(() => page.locator('.clock-time').innerText()).toBe('09:25:00')
    await engine.send(id, { type: 'MUTE' })
    await engine.send(id, { type: 'PAUSE' })
    await soon(lit).toEqual(['player.paused'])
    await engine.send(id, { type: 'PLAY' })
    await soon(lit).toEqual(on('song', 'quiet'))
    await page.keyboard.press('Home')
    await soon(lit).toEqual(on('intro', 'loud'))
    for (const word of ['Images', 'Save as scenario', 'ImagePipeline', 'Start an execution']) {
      expect([word, await page.getByText(word).count()]).toEqual([word, 0])
    }
    expect(await at.barriers()).toEqual([])
  })
})

inChromium('an exported file', () => {
  withBrowser()

  async function saved(html: string | null, name = 'run.html'): Promise<string> {
    const folder = mkdtempSync(join(tmpdir(), 'bakeline-export-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const file = join(folder, name)
    await writeFile(file, html ?? '')
    return file
  }

  test('shows every step from disk, without a server', async () => {
    const served = await emulator()
    const id = await start(served, await template(served, 'web', { ToRegionId: ['cn-beijing'] }))
    await served.clock.advance('1h')
    const { engine } = served.imageBuilder
    const definition = engine.definition('execution@1')
    const machine = definition === undefined ? null : machineJson(definition.machine)
    const data = await stepsOf(engine, id)
    const html = await exportedPage({ data, machine, now: 0, name: id, version: '0' })
    const at = await desk(`file://${await saved(html)}`)
    await at.page.goto(at.url)
    const { page } = at
    await page.locator('.state.current[data-state="execution.done"]').waitFor()
    await page.keyboard.press('Home')
    await page.locator('.state.current[data-state="execution.create.preparing"]').waitFor()
    await soon(() => page.url()).toContain('step=1')
    await page.getByText('You are looking at step 1').waitFor()
    expect(await at.barriers()).toEqual([])
  })

  test('of a thousand steps is small, and any step of it is there at once', async () => {
    const engine = await createEngine({ store: memory(), machines: [counter], worker: false })
    onTestFinished(() => engine.close())
    const { id } = await engine.start(counter)
    for (let n = 1; n < 1_000; n++) await engine.send(id, { type: 'TICK' })
    const data = await stepsOf(engine, id)
    const machine = machineJson(counter)
    const file = await saved(await exportedPage({ data, machine, now: 0, name: id, version: '0' }))
    expect(statSync(file).size).toBeLessThanOrEqual(400_000)
    const at = await desk(`file://${file}`)
    await at.page.goto(`${at.url}#/?step=700`)
    const { page } = at
    await page.getByRole('region', { name: 'Step 700' }).waitFor()
    await page.getByRole('button', { name: 'All of it' }).click()
    await page.getByText('"n": 699').waitFor()
    await page.keyboard.press('ArrowRight')
    await page.getByText('"n": 700').waitFor()
    expect(await page.getByRole('option').count()).toBeLessThanOrEqual(60)
  })
})
