import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { coveragePage } from '../../../scripts/coverage-page.js'

it('the coverage table is what the declarations say today', () => {
  const page = readFileSync(new URL('../../../docs/coverage.md', import.meta.url), 'utf8')
  expect(page).toBe(coveragePage())
})
