import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type Costs, differences, measureCosts } from '../../bench/operations.js'

const cost = (cpu: number, statements: number | null = null) => ({
  what: 'a thing',
  cpu,
  statements,
})

describe('the costs of operations', () => {
  test('what is kept in git names every operation that is measured', async () => {
    const kept = JSON.parse(readFileSync('bench/operations.json', 'utf8')) as Costs
    const now = await measureCosts(1, 0.05)
    expect(Object.keys(now)).toEqual(Object.keys(kept))
    // What so short a run costs may be less than the clock of the processor can tell.
    for (const [name, { statements, what }] of Object.entries(now)) {
      expect(what).toBe(kept[name]?.what)
      expect(statements === null, name).toBe(kept[name]?.statements === null)
      if (statements !== null) expect(statements, name).toBeGreaterThan(0)
    }
  })

  test('a difference beyond the noise is told, with both figures', () => {
    expect(differences({ step: cost(10) }, { step: cost(11) })).toEqual([])
    expect(differences({ step: cost(10) }, { step: cost(15) })).toEqual([
      'step: cpu 10 → 15 (+50 %)',
    ])
    expect(differences({ step: cost(10) }, { step: cost(5) })).toEqual(['step: cpu 10 → 5 (-50 %)'])
  })

  test('statements are counted, so that one more is a difference', () => {
    expect(differences({ start: cost(10, 7) }, { start: cost(10, 8) })).toEqual([
      'start: statements 7 → 8',
    ])
  })

  test('what came and what went is named', () => {
    expect(differences({ old: cost(1) }, { young: cost(2) })).toEqual([
      'old is gone',
      'young is new: 2 yardsticks',
    ])
  })
})
