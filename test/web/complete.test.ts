import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { completions, type Schema } from '../../web/model/complete.js'

const schemaIn = (file: string): Schema => JSON.parse(readFileSync(file, 'utf8')) as Schema
const scenarios = schemaIn('scenarios/schema.json')
const fleets = schemaIn('scenarios/fleet-schema.json')
const lifecycle = readFileSync('scenarios/lifecycle.yaml', 'utf8').trimEnd()

describe('what may stand at the cursor of a scenario', () => {
  const offered = (text: string) => completions(scenarios, text)

  test('is a field of the file, of a template, of a rule of the plan', () => {
    expect(offered('te')).toContain('templates: ')
    expect(offered('templates:\n  web:\n    ToReg')).toContain('ToRegionId: ')
    expect(offered('plan:\n  - task: buildImage\n    dur')).toContain('duration: ')
  })

  test('is a step, also behind a whole scenario', () => {
    expect(offered('steps:\n  - ')).toEqual(expect.arrayContaining(['start: ', 'advance: ']))
    expect(offered(`${lifecycle}\n  - adv`)).toEqual(['advance: '])
  })

  test('is one of the words that a field takes', () => {
    expect(offered('plan:\n  - task: te')).toEqual(['testImage'])
    expect(offered('steps:\n  - expect: web\n    status: PAR')).toEqual(['PARTITION_SUCCESS'])
  })
})

test('a fleet has its own words', () => {
  expect(completions(fleets, 'arr')).toContain('arrivals: ')
  expect(completions(fleets, 'sweep: {}\nstop:\n  pre')).toContain('precision: ')
})
