import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { contrast, distance, mixed, type Rgb, rgbOf, type Sight } from './colour.js'

const css = readFileSync(resolve(import.meta.dirname, '../../web/styles/tokens.css'), 'utf8')

function tokensOf(selector: string): ReadonlyMap<string, Rgb> {
  const block = css.slice(css.indexOf(`${selector} {`)).split('}')[0] ?? ''
  return new Map(
    [...block.matchAll(/--([\w-]+): (#\w{6});/g)].map(([, name = '', hex = '']) => [
      name,
      rgbOf(hex),
    ]),
  )
}

const schemes = { light: tokensOf(':root'), dark: tokensOf('[data-theme="dark"]') } as const
const stages = ['preparing', 'repairing', 'building', 'testing', 'distributing', 'releasing']
const outcomes = ['success', 'partition-success', 'test-failed', 'failed', 'cancelled']
const statuses = [...stages, 'cancelling', ...outcomes]
const sights: readonly Sight[] = ['usual', 'protan', 'deutan', 'tritan']

describe.each(['light', 'dark'] as const)('the %s colours', (scheme) => {
  const token = (name: string): Rgb => {
    const found = schemes[scheme].get(name)
    if (found === undefined) throw new Error(`${scheme} has no ${name}`)
    return found
  }
  const grounds = ['surface', 'canvas', 'hover', 'inset', 'accent-tint']

  test('both schemes have the same tokens', () => {
    expect([...schemes.light.keys()]).toEqual([...schemes.dark.keys()])
    expect(schemes.light.size).toBeGreaterThan(20)
  })

  test('every status can be read wherever it stands, also on its own chip', () => {
    for (const status of statuses) {
      const chip = mixed(token(status), token('surface'), 0.12)
      for (const ground of [...['surface', 'hover', 'accent-tint'].map(token), chip]) {
        expect(contrast(token(status), ground), status).toBeGreaterThanOrEqual(4.5)
      }
    }
  })

  test('every text can be read wherever it stands', () => {
    for (const text of ['ink', 'ink-2', 'ink-3']) {
      for (const ground of grounds) {
        expect(contrast(token(text), token(ground)), `${text} on ${ground}`).toBeGreaterThanOrEqual(
          4.5,
        )
      }
    }
    expect(contrast(token('accent'), token('surface'))).toBeGreaterThanOrEqual(4.5)
    expect(contrast(token('accent'), token('accent-tint'))).toBeGreaterThanOrEqual(4.5)
    expect(contrast(token('on-accent'), token('accent'))).toBeGreaterThanOrEqual(4.5)
  })

  test('text can be read on the bars of the Gantt and on the lines of a diff', () => {
    for (const status of statuses) {
      const bar = mixed(token(status), token('surface'), 0.26)
      expect(contrast(token('ink'), bar), status).toBeGreaterThanOrEqual(4.5)
    }
    for (const [colour, share] of [
      ['success', 0.16],
      ['failed', 0.13],
    ] as const) {
      const line = mixed(token(colour), token('surface'), share)
      expect(contrast(token('ink-2'), line)).toBeGreaterThanOrEqual(4.5)
    }
  })

  test('outlines that mean something can be seen', () => {
    expect(contrast(token('rule'), token('surface'))).toBeGreaterThanOrEqual(3)
  })

  test('the five outcomes differ from one another to every sight', () => {
    const least = scheme === 'light' ? 15 : 21
    for (const sight of sights) {
      for (const [index, one] of outcomes.entries()) {
        for (const other of outcomes.slice(index + 1)) {
          const far = distance(token(one), token(other), sight)
          expect(far, `${one} and ${other}, ${sight}`).toBeGreaterThanOrEqual(least)
        }
      }
    }
  })

  test('neighbouring stages differ to every sight', () => {
    const least = scheme === 'light' ? 18 : 22
    for (const sight of sights) {
      for (const [index, one] of stages.entries()) {
        const other = stages[index + 1]
        if (other === undefined) continue
        const far = distance(token(one), token(other), sight)
        expect(far, `${one} and ${other}, ${sight}`).toBeGreaterThanOrEqual(least)
      }
    }
  })
})
