import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { executionMachine } from '../../machines/execution.js'
import { machineJson } from '../../src/engine/machine-json.js'
import { explore } from '../../src/explore.js'
import { countText, extentOf, marksOf } from '../../web/chart/coverage.js'
import { foldedIn } from '../../web/chart/exploration.js'
import { edgesOf } from '../../web/chart/edges.js'
import type { MachineModel } from '../../web/chart/machine.js'
import { exportedPage } from '../../src/page/export.js'
import { desk, inChromium, withBrowser } from './browser.js'

const machine = JSON.parse(JSON.stringify(machineJson(executionMachine))) as MachineModel
const edges = [...edgesOf(machine.root).values()].flat()
const plain = resolve(import.meta.dirname, '../../scenarios/basics/plain.yaml')

test('every transition of an exploration is marked once, on a line or within a state', async () => {
  const { coverage } = await explore(plain, { threads: 1, bounds: { faults: 1, starts: 1 } })
  const { states, lines } = marksOf(machine, edges, coverage)
  const marked = [
    ...[...lines.values()].flatMap(({ transitions }) => transitions),
    ...[...states.values()].flatMap(({ within }) => within),
  ]
  const times = (all: readonly { readonly times: number }[]) =>
    all.map((each) => each.times).sort((a, b) => a - b)
  expect(times(marked)).toEqual(times(coverage.transitions))
})

test('what was never come through is told apart from what was, and a group by its members', () => {
  const { states, lines } = marksOf(machine, edges, {
    states: [
      { name: 'create.preparing', times: 2 },
      { name: 'create.building', times: 1 },
      { name: 'copy', times: 1 },
    ],
    transitions: [
      {
        name: 'a',
        times: 3,
        from: 'create.preparing',
        event: 'xstate.error.actor.prepareInstance',
        guard: null,
        to: 'release',
      },
      {
        name: 'b',
        times: 5,
        from: 'copy',
        event: 'xstate.done.actor.copy.*',
        guard: null,
        to: 'copy',
      },
      { name: 'c', times: 1, from: 'create.preparing', event: 'CANCEL', guard: null, to: 'cancel' },
      { name: 'd', times: 7, from: 'copy', event: '', guard: 'allHaveEnded', to: 'share' },
    ],
  })
  expect(states.get('execution.create')).toMatchObject({ all: 4, taken: 2, times: 3 })
  expect(states.get('execution.copy')?.within).toEqual([
    { text: 'copy done', times: 5 },
    { text: 'copy failed', times: 0 },
  ])
  expect(states.get('execution.share')).toMatchObject({ all: 1, taken: 0 })
  const extents = Object.fromEntries([...lines].map(([id, mark]) => [id, extentOf(mark)]))
  expect(extents).toMatchObject({
    'execution.create execution.release': 'some',
    'execution.create execution.cancel': 'some',
    'execution.copy execution.share': 'all',
    'execution.share execution.release': 'none',
  })
  expect(lines.get('execution.create execution.release')?.transitions[0]).toEqual({
    source: 'execution.create.preparing',
    text: 'prepareInstance failed',
    times: 3,
  })
})

test('a count is told in little room', () => {
  expect([0, 9_999, 12_345, 1_250_000].map(countText)).toEqual(['0', '9999', '12k', '1.2M'])
})

inChromium('what an exploration came to, as a file from disk', () => {
  withBrowser()

  test('shows what was never come through in words, in light and dark, wide and narrow', async () => {
    const exploration = await explore(plain, {
      threads: 1,
      bounds: { faults: 0, starts: 1, cancels: 0 },
      always: ['status != "SUCCESS"'],
    })
    const { name } = exploration
    const html = await exportedPage({ exploration, machine, name, version: '0' })
    const folder = mkdtempSync(join(tmpdir(), 'bakeline-explored-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const file = join(folder, 'explored.html')
    writeFileSync(file, html ?? '')
    for (const look of [{}, { width: 390, colours: 'dark' }] as const) {
      const at = await desk(`file://${file}`, look)
      await at.page.goto(at.url)
      await at.page.getByText('1 of what is to hold did not.').waitFor()
      const failed = at.page.locator('[data-state="execution.failed"]')
      expect(await failed.textContent()).toContain('never')
      expect(await at.page.locator('[data-state="execution.done"]').textContent()).toMatch(/\d/)
      await at.page
        .getByRole('region', { name: 'Transitions' })
        .getByText('never')
        .first()
        .waitFor()
      await at.page.getByLabel(/A scenario of \d+ steps? that shows it/).waitFor()
      expect(await at.barriers()).toEqual([])
    }
  })
})

test('what was folded together is told: regions, accounts and templates', () => {
  const alike = { regions: [['cn-a', 'cn-b']], accounts: [], templates: [['web#1', 'web#2']] }
  expect(foldedIn({ alike })).toEqual(['cn-a = cn-b', 'web#1 = web#2'])
})
