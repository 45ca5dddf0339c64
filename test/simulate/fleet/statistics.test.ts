import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { amount, quantile, relativeWidth, share } from '../../../src/simulate/fleet/estimate.js'
import { countBelow, Sketch } from '../../../src/simulate/fleet/sketch.js'
import { studentQuantile } from '../../../src/simulate/fleet/student.js'

describe("Student's quantile", () => {
  // From the usual tables.
  it.each([
    [0.975, 1, 12.7062],
    [0.975, 2, 4.3027],
    [0.975, 3, 3.1824],
    [0.975, 4, 2.7764],
    [0.975, 9, 2.2622],
    [0.975, 30, 2.0423],
    [0.975, 1_000, 1.9623],
    [0.95, 5, 2.015],
    [0.995, 10, 3.1693],
  ])('of %s with %s degrees is %s', (wanted, freedom, known) => {
    expect(Math.abs(studentQuantile(wanted, freedom) - known)).toBeLessThan(0.001)
  })
})

describe('a sketch', () => {
  const values = fc.array(fc.integer({ min: 0, max: 10_000_000 }), { minLength: 1, maxLength: 200 })

  it('knows every quantile to a fifth of a percent', () => {
    fc.assert(
      fc.property(values, fc.double({ min: 0.01, max: 1, noNaN: true }), (list, wanted) => {
        const sketch = new Sketch()
        for (const value of list) sketch.add(value)
        const sorted = list.toSorted((a, b) => a - b)
        const exact = sorted[Math.ceil(wanted * list.length - 1e-9) - 1] ?? 0
        expect(Math.abs(sketch.quantile(wanted) - exact)).toBeLessThanOrEqual(0.002 * exact + 1e-9)
      }),
    )
  })

  it('of two runs is the sketch of both', () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        const [one, two, both] = [new Sketch(), new Sketch(), new Sketch()]
        for (const value of a) one.add(value)
        for (const value of b) two.add(value)
        for (const value of [...a, ...b]) both.add(value)
        one.merge(two.data())
        expect(one.data()).toEqual(both.data())
      }),
    )
  })

  it('counts what lies below a value, and below none where it is empty', () => {
    const sketch = new Sketch()
    for (let n = 1; n <= 1_000; n++) sketch.add(n * 1_000)
    expect(Math.abs(countBelow(sketch.data(), 500_000) - 500)).toBeLessThanOrEqual(2)
    expect(countBelow(sketch.data(), 0)).toBe(0)
    expect(new Sketch().quantile(0.5)).toBeNaN()
    expect(new Sketch().data()).toMatchObject({ first: 0, count: 0 })
  })
})

describe('bounds', () => {
  it('are those of the mean, where every run counts as much', () => {
    const parts = [1, 2, 3, 4].map((sum) => ({ sum, count: 1 }))
    const { value, low, high } = amount(parts)
    expect(value).toBe(2.5)
    // 3.1824 standard errors of a mean of four.
    expect((high - low) / 2).toBeCloseTo((3.1824 * Math.sqrt(5 / 3)) / 2, 3)
  })

  it('do not leave what is possible, nor claim to know what was never seen', () => {
    const { low } = amount([0, 0, 0, 10].map((sum) => ({ sum, count: 1 })))
    expect(low).toBe(0)
    const never = share([0, 0, 0].map((sum) => ({ sum, count: 100 })))
    expect([never.value, never.low]).toEqual([0, 0])
    // Clopper and Pearson, for none of 300.
    expect(never.high).toBeCloseTo(0.0122, 4)
    const always = share([100, 100].map((sum) => ({ sum, count: 100 })))
    expect([always.value, always.high, always.low < 1]).toEqual([1, 1, true])
    expect(amount([{ sum: 0, count: 0 }]).value).toBeNaN()
    expect(relativeWidth({ value: 0, low: 0, high: 0 })).toBe(0)
  })

  it('of a quantile widen where runs differ', () => {
    const runs = [1, 1, 1, 1].map((factor, n) => {
      const sketch = new Sketch()
      for (let each = 1; each <= 1_000; each++) sketch.add(each * 1_000 * factor * (1 + n / 10))
      return sketch.data()
    })
    const alike = runs.map(() => runs[0] as (typeof runs)[0])
    const widthOf = (of: typeof runs) => {
      const all = new Sketch()
      for (const run of of) all.merge(run)
      return relativeWidth(quantile(all, of, 0.5))
    }
    expect(widthOf(alike)).toBeLessThan(0.001)
    expect(widthOf(runs)).toBeGreaterThan(0.05)
  })
})
