import ELK from 'elkjs/lib/elk.bundled.js'
import { describe, expect, test } from 'vitest'
import type { AnyStateMachine } from 'xstate'
import { executionMachine } from '../../machines/execution.js'
import { imageMachine } from '../../machines/image.js'
import { machineJson } from '../../src/engine/machine-json.js'
import { type Box, type Layout, layoutOf } from '../../web/chart/layout.js'
import type { MachineModel } from '../../web/chart/machine.js'
import { pillHeight, pillPlace } from '../../web/chart/pill-place.js'
import { endedRun, inChromium, soon, withBrowser } from './browser.js'

// What the browser's bundle calls a class is a module here.
const elk = new (ELK as unknown as new () => Parameters<typeof layoutOf>[1])()

function laidOut(machine: AnyStateMachine): Promise<Layout> {
  return layoutOf(JSON.parse(JSON.stringify(machineJson(machine))) as MachineModel, elk)
}

type Rect = Pick<Box, 'x' | 'y' | 'width' | 'height'>

function overlap(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

/** What has a name or words in it: states, and of one with others inside its head. */
function named({ boxes }: Layout): readonly Rect[] {
  return boxes.map((box) => {
    const inside = boxes.some(
      (other) => other !== box && other.depth > box.depth && overlap(other, box),
    )
    return inside ? { ...box, height: 27 } : box
  })
}

describe('the name of the last transition', () => {
  test.each([
    ['execution', executionMachine, { pill: 128, step: 36 }],
    ['execution, after a hundred steps', executionMachine, { pill: 128, step: 48 }],
    ['image', imageMachine, { pill: 90, step: 36 }],
  ] as const)(
    'is off every name of %s, whichever transition it was',
    async (_, machine, widths) => {
      const layout = await laidOut(machine)
      for (const line of layout.lines) {
        const { pill, step } = pillPlace(layout, line, widths)
        const rects = [
          { ...pill, width: widths.pill, height: pillHeight },
          { ...step, width: widths.step, height: pillHeight },
        ] as const
        expect([line.edge.id, overlap(...rects)]).toEqual([line.edge.id, false])
        for (const rect of rects) {
          expect(rect.x).toBeGreaterThanOrEqual(0)
          expect(rect.x + rect.width).toBeLessThanOrEqual(layout.width)
          const over = named(layout).filter((other) => overlap(rect, other))
          expect([line.edge.id, over]).toEqual([line.edge.id, []])
        }
      }
    },
  )

  test('is above the outermost state, where it is too long for any other place', async () => {
    const layout = await laidOut(executionMachine)
    const inside = layout.lines.find(({ edge }) => edge.from.startsWith('execution.create.'))
    const create = layout.boxes.find(({ id }) => id === 'execution.create')
    if (inside === undefined || create === undefined) throw new Error('no line in create')
    const { pill } = pillPlace(layout, inside, { pill: 400, step: 36 })
    expect(pill.y + pillHeight).toBeLessThan(create.y)
  })
})

inChromium('the last transition in the chart', () => {
  withBrowser()

  test('is named with its step wherever its line leads, and covers no name', async () => {
    const page = await endedRun()
    const steps = Number(await page.getByRole('slider').getAttribute('aria-valuemax'))
    for (let step = steps; step > 1; step--) {
      await soon(() => page.locator('.pill-step').textContent()).toBe(`step ${step}`)
      await soon(() => page.locator('.pill').textContent()).toMatch(/ done$/)
      const covered = await page.evaluate<string[]>(`
        [...document.querySelectorAll('.state-name, .state-task, .state-time, .host-row')]
          .filter((name) => [...document.querySelectorAll('.pill, .pill-step')].some((plate) => {
            const [a, b] = [name.getBoundingClientRect(), plate.getBoundingClientRect()]
            return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
          }))
          .map((name) => name.textContent)`)
      expect([step, covered]).toEqual([step, []])
      await page.keyboard.press('ArrowLeft')
    }
    await soon(() => page.locator('.pill, .pill-step').count()).toBe(0)
  })
})
