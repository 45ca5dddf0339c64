import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { coveragePage, withCodesOfNobody } from '../../../scripts/coverage-page.js'

function page(name: string): string {
  return readFileSync(new URL(`../../../docs/${name}`, import.meta.url), 'utf8')
}

it('the coverage table is what the declarations say today', () => {
  expect(page('coverage.md')).toBe(coveragePage())
})

it('the codes that no request gets are told with their reasons', () => {
  const fidelity = page('fidelity.md')
  expect(fidelity).toBe(withCodesOfNobody(fidelity))
  expect(fidelity).toContain('| StartImagePipelineExecution | ')
})
