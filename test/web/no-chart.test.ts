import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createMachine } from 'xstate'
import { createEngine, memory, serveInspector, sqlite } from '../../src/index.js'
import { type Desk, desk, inChromium, withBrowser } from './browser.js'

/** A way through so many states. */
function long(states: number) {
  const names = Array.from({ length: states }, (_, n) => `s${n}`)
  return createMachine({
    id: 'long',
    initial: 's0',
    states: Object.fromEntries(
      names.map((name, n) => [name, n + 1 < states ? { on: { GO: `s${n + 1}` } } : {}]),
    ),
  })
}

/** The page of an execution over an engine that has these machines. */
async function sat(engine: Awaited<ReturnType<typeof createEngine>>): Promise<Desk> {
  const inspector = await serveInspector(engine)
  onTestFinished(async () => {
    await inspector.close()
    await engine.close()
  })
  return desk(inspector.url)
}

inChromium('what cannot be drawn', () => {
  withBrowser()

  test('is an outline with the reason, of a machine that is too large to lay out', async () => {
    const machine = long(401)
    const engine = await createEngine({ store: memory(), machines: [machine] })
    const { id } = await engine.start(machine)
    await engine.send(id, { type: 'GO' })
    const at = await sat(engine)
    await at.open(`#/executions/${id}`)
    const tree = at.page.locator('.state-tree')
    await tree
      .getByText('There is no chart: it has 401 states, and 400 at most are laid out.')
      .waitFor()
    await tree.locator('[aria-current="step"]').getByText('s1', { exact: true }).waitFor()
    expect(await tree.getByRole('listitem').count()).toBe(401)
    await at.page.keyboard.press('Home')
    await tree.locator('[aria-current="step"]').getByText('s0', { exact: true }).waitFor()
    expect(await at.barriers()).toEqual([])
  })

  test('is an outline with the reason where what lays out cannot be loaded', async () => {
    const machine = long(3)
    const engine = await createEngine({ store: memory(), machines: [machine] })
    const { id } = await engine.start(machine)
    const at = await sat(engine)
    await at.page.route(/elk-worker/, (route) => route.abort())
    await at.open(`#/executions/${id}`)
    const tree = at.page.locator('.state-tree')
    await tree.getByText('what lays it out cannot be loaded').waitFor()
    await tree.locator('[aria-current="step"]').getByText('s0').waitFor()
    await engine.send(id, { type: 'GO' })
    await tree.locator('[aria-current="step"]').getByText('s1').waitFor()
    expect(await at.barriers()).toEqual([])
  })

  test('shows the states that its history names, where the server has the machine no more', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bakeline-no-machine-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const db = join(folder, 'orders.db')
    const machine = long(3)
    const before = await createEngine({ store: sqlite(db), machines: [machine] })
    const { id } = await before.start(machine)
    await before.send(id, { type: 'GO' })
    await before.close()
    expect(existsSync(db)).toBe(true)
    const at = await sat(await createEngine({ store: sqlite(db), machines: [] }))
    await at.open(`#/executions/${id}`)
    const tree = at.page.locator('.state-tree')
    await tree.getByText('There is no chart:').waitFor()
    await tree.getByText('The states that its history names:').waitFor()
    await tree.locator('.current').getByText('s1').waitFor()
    await tree.getByText('s0').waitFor()
    await at.page.getByRole('option').filter({ hasText: 's0 → s1' }).waitFor()
    expect(await at.barriers()).toEqual([])
  })
})
