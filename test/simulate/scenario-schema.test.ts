import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { scenarioJsonSchema } from '../../src/simulate/scenario/json-schema.js'

it('the published JSON Schema is the one that the code makes: run scripts/scenario-schema.ts', () => {
  const file = new URL('../../scenarios/schema.json', import.meta.url)
  const made: unknown = JSON.parse(JSON.stringify(scenarioJsonSchema()))
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(made)
})
