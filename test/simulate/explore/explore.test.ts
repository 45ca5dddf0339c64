import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { explore } from '../../../src/explore.js'

const file = resolve(import.meta.dirname, '../../../scenarios/explore/every-outcome.yaml')

const missing = (all: readonly { readonly name: string; readonly times: number }[]) =>
  all.filter(({ times }) => times === 0).map(({ name }) => name)

describe('an exploration of two regions and two accounts, whatever fails', () => {
  it('finds everything as documented, and has taken every state and transition there is', async () => {
    const { violations, coverage, cut, alike } = await explore(file, { threads: 1 })
    expect(violations).toEqual([])
    expect(missing(coverage.states)).toEqual([])
    expect(missing(coverage.transitions)).toEqual([])
    expect(missing(coverage.statuses)).toEqual([])
    expect(missing(coverage.outcomes)).toEqual([])
    // Failures, cancels and crashes are all there are; only the starts are bounded.
    expect(Object.keys(cut)).toEqual(['starts'])
    expect(alike.regions).toEqual([['cn-beijing', 'cn-shanghai']])
  })

  it('says the same on one thread and on two', async () => {
    const bounds = { faults: 3 }
    const one = await explore(file, { threads: 1, bounds })
    const other = await explore(file, { threads: 2, bounds })
    expect(other).toEqual(one)
    expect(one.states).toBeGreaterThan(300)
  })
})
