import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { loadFleet } from '../../../src/simulate/fleet/load.js'
import { fleetJsonSchema } from '../../../src/simulate/fleet/schema.js'
import { ScenarioError } from '../../../src/simulate/scenario/error.js'

const root = new URL('../../../', import.meta.url)
const mistakes = new URL('./mistakes/', import.meta.url)
const examples = new URL('examples/fleets/', root)

const yamls = (folder: URL) => readdirSync(folder).filter((name) => name.endsWith('.yaml'))

function mistakesOf(text: string, file: string): ScenarioError {
  try {
    loadFleet(text, file)
  } catch (error) {
    if (error instanceof ScenarioError) return error
    throw error
  }
  throw new Error('the fleet has no mistake')
}

describe('a fleet file', () => {
  it.each(yamls(examples))('%s is one', (name) => {
    const fleet = loadFleet(readFileSync(new URL(name, examples), 'utf8'), name)
    expect(fleet.templates.size).toBeGreaterThan(0)
    expect(fleet.about?.length).toBeGreaterThan(40)
  })

  it.each(yamls(mistakes))('%s is none: the message is the golden one', async (name) => {
    const { message } = mistakesOf(readFileSync(new URL(name, mistakes), 'utf8'), name)
    const golden = new URL(name.replace('.yaml', '.txt'), mistakes)
    await expect(`${message}\n`).toMatchFileSnapshot(fileURLToPath(golden))
  })

  it('has a published JSON Schema, the one that the code makes: run scripts/fleet-schema.ts', () => {
    const published = readFileSync(new URL('scenarios/fleet-schema.json', root), 'utf8')
    expect(JSON.parse(published)).toEqual(JSON.parse(JSON.stringify(fleetJsonSchema())))
  })

  it('repeats templates, and the rules about them', () => {
    const { templates, plan, arrivals } = loadFleet(
      `
name: Repeated
templates: { web: { BaseImageType: IMAGE }, api: { BaseImageType: IMAGE, Name: own } }
repeat: { web: 3 }
plan: [{ task: buildImage, template: web, duration: 1s }]
arrivals: [{ every: 1h }, { start: [api], at: [2m, 1m] }]
`,
      'x.yaml',
    )
    expect([...templates.keys()]).toEqual(['web#1', 'web#2', 'web#3', 'api'])
    expect(templates.get('web#2')?.parameters['Name']).toBe('web-2')
    expect(templates.get('api')?.parameters['Name']).toBe('own')
    expect(plan.map((rule) => 'template' in rule && rule.template)).toEqual([
      'web#1',
      'web#2',
      'web#3',
    ])
    expect(arrivals.map((each) => each.templates)).toEqual([[...templates.keys()], ['api']])
    expect(arrivals[1]?.process).toEqual({ kind: 'at', times: [60_000, 120_000] })
  })
})
