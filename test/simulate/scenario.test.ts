import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { terminalStatuses } from '../../machines/status.js'
import { loadScenario } from '../../src/simulate/scenario/load.js'
import type { Step } from '../../src/simulate/scenario/types.js'

const load = (text: string) => loadScenario(text, 'x.yaml')
const web = 'name: One\ntemplates: { web: { BaseImageType: IMAGE, BaseImage: m-1 } }\n'
const stepsOf = (steps: string): readonly Step[] => load(`${web}steps:\n${steps}`).steps

describe('a scenario', () => {
  it('needs a name and steps only', () => {
    expect(load('name: Nothing happens\nsteps: []')).toEqual({
      file: 'x.yaml',
      name: 'Nothing happens',
      about: null,
      explore: {},
      seed: 1,
      at: Date.UTC(2026, 0, 5, 2),
      region: 'cn-hangzhou',
      world: {},
      ids: { components: {}, templates: {}, executions: {} },
      components: new Map(),
      templates: new Map(),
      plan: [],
      before: [],
      steps: [],
    })
  })

  it('fills in region and name of what it declares, unless they are given', () => {
    const scenario = load(`
name: One
region: cn-beijing
components:
  hardening: { Content: RUN true }
templates:
  web: { BaseImage: m-1 }
  other: { BaseImage: m-1, RegionId: cn-shenzhen, Name: golden }
steps: []
`)
    expect(scenario.components.get('hardening')).toEqual({
      line: 5,
      column: 3,
      parameters: { RegionId: 'cn-beijing', Name: 'hardening', Content: 'RUN true' },
    })
    expect(scenario.templates.get('web')?.parameters).toMatchObject({ RegionId: 'cn-beijing' })
    expect(scenario.templates.get('other')?.parameters).toMatchObject({
      RegionId: 'cn-shenzhen',
      Name: 'golden',
    })
  })

  it('leaves the values of parameters to the service', () => {
    const odd = '{ BaseImageType: 3, ToRegionId: cn-beijing, ImageOptions: x, Tag: { a: 1 } }'
    const { templates } = load(`name: One\ntemplates: { web: ${odd} }\nsteps: []`)
    expect(templates.get('web')?.parameters).toMatchObject({ BaseImageType: 3, ImageOptions: 'x' })
  })

  it('creates before its first step what no step creates, components first', () => {
    const scenario = load(`
name: One
templates: { web: {}, late: {} }
components: { hardening: { Content: RUN true } }
steps:
  - create: late
    refused: InvalidImage.NotFound
`)
    expect(scenario.before).toEqual([
      { is: 'component', key: 'hardening' },
      { is: 'template', key: 'web' },
    ])
    expect(scenario.steps).toEqual([
      {
        kind: 'create',
        line: 6,
        column: 5,
        target: { is: 'template', key: 'late' },
        refused: 'InvalidImage.NotFound',
      },
    ])
  })

  it('names templates in rules by key, while a plan has them by Name', () => {
    const scenario = load(`
name: One
templates: { web: { Name: golden } }
plan: [{ task: copyImage, template: web, fail: { code: CopyFailed } }]
steps:
  - plan: [{ task: copyImage, template: web, fail: false }]
`)
    expect(scenario.plan).toEqual([
      { task: 'copyImage', template: 'golden', fail: { code: 'CopyFailed' } },
    ])
    expect(scenario.steps[0]).toMatchObject({ rules: [{ template: 'golden', fail: false }] })
  })

  it('may change the world, and use what it added', () => {
    const { world } = load(`
name: One
world:
  regions: [{ RegionId: cn-moon }]
  vSwitches: [{ VSwitchId: vsw-1, VpcId: vpc-1, ZoneId: a, RegionId: cn-moon }]
steps:
  - edit: { remove: { vSwitches: [vsw-1] } }
`)
    expect(world.regions).toEqual([{ RegionId: 'cn-moon' }])
  })

  it('may write text once and refer to it', () => {
    const { templates } = load(`
name: One
templates: { web: { BaseImage: &image m-1 }, other: { BaseImage: *image } }
steps: []
`)
    expect(templates.get('other')?.parameters['BaseImage']).toBe('m-1')
  })
})

describe('the executions of a scenario', () => {
  const namesOf = (steps: string) =>
    stepsOf(steps).flatMap((step) => (step.kind === 'start' ? [step.as] : []))

  it('are named by their template, then with a number', () => {
    expect(namesOf('  - start: web\n'.repeat(3))).toEqual(['web', 'web#2', 'web#3'])
  })

  it('skip names that are taken', () => {
    const steps = '  - { start: web, as: web#2 }\n  - start: web\n  - start: web\n'
    expect(namesOf(steps)).toEqual(['web#2', 'web', 'web#3'])
  })

  it('have no name when the start is refused or repeats another', () => {
    const steps = `
  - { start: web, token: a }
  - { start: web, refused: OperationDenied }
  - { start: web, token: a, same: web }
  - start: web
`
    expect(namesOf(steps)).toEqual(['web', null, null, 'web#2'])
  })
})

describe('a step', () => {
  it('is waited with until the execution has ended, for a week at most', () => {
    const [, wait] = stepsOf('  - start: web\n  - wait: web\n')
    expect(wait).toEqual({
      kind: 'wait',
      line: 5,
      column: 5,
      execution: 'web',
      until: terminalStatuses,
      within: 7 * 86_400_000,
    })
  })

  it('may wait for one status or several', () => {
    const [, one, two] = stepsOf(`
  - start: web
  - { wait: web, until: BUILDING, within: 2h }
  - { wait: web, until: [TESTING, FAILED] }
`)
    expect(one).toMatchObject({ until: ['BUILDING'], within: 7_200_000 })
    expect(two).toMatchObject({ until: ['TESTING', 'FAILED'] })
  })

  it('may be a word alone', () => {
    expect(stepsOf('  - crash\n  - crash: true\n')).toEqual([
      { kind: 'crash', line: 4, column: 5 },
      { kind: 'crash', line: 5, column: 5 },
    ])
  })

  it('may be one thing that is due, a step in which the process dies, or a check', () => {
    const steps = stepsOf(`
  - { start: web, dies: after commit }
  - { next: web, task: copy.cn-beijing, dies: before commit }
  - { next: web, dies: 3 }
  - check
  - check: status-in-order
  - check: [status-in-order, no-step-throws]
`)
    expect(steps).toMatchObject([
      { kind: 'start', dies: 1 },
      { kind: 'next', execution: 'web', task: 'copy.cn-beijing', dies: 0 },
      { kind: 'next', execution: 'web', task: null, dies: 3 },
      { kind: 'check', invariants: null },
      { kind: 'check', invariants: ['status-in-order'] },
      { kind: 'check', invariants: ['status-in-order', 'no-step-throws'] },
    ])
    expect(() => stepsOf('  - check: status-in-odor\n')).toThrow('did you mean "status-in-order"?')
    expect(() => stepsOf('  - { start: web, dies: soon }\n')).toThrow('"before commit"')
    expect(() => stepsOf('  - { next: wab }\n')).toThrow('"wab" is not an execution')
  })

  it('says how far it is explored', () => {
    const { explore } = load('name: x\nexplore: { faults: 1, states: 50 }\nsteps: []')
    expect(explore).toEqual({ faults: 1, states: 50 })
    expect(() => load('name: x\nexplore: { fault: 1 }\nsteps: []')).toThrow('"faults"')
  })

  it('expects of an execution what it says, and looks at nothing else', () => {
    const [, expected] = stepsOf(`
  - start: web
  - expect: web
    status: SUCCESS
    error: none
    never: FAILED
    always: [PREPARING, SUCCESS]
    lasted: 7m30s
    images: { cn-hangzhou: Available, cn-beijing: none }
    shared: { cn-hangzhou: ["0123"] }
    attempts: { copy.cn-beijing: 3, share.cn-beijing.1: 1, buildImage: 0 }
`)
    expect(expected).toEqual({
      kind: 'expectExecution',
      line: 6,
      column: 5,
      execution: 'web',
      status: 'SUCCESS',
      error: null,
      never: ['FAILED'],
      always: ['PREPARING', 'SUCCESS'],
      lasted: 450_000,
      images: { 'cn-hangzhou': 'Available', 'cn-beijing': 'none' },
      shared: { 'cn-hangzhou': ['0123'] },
      attempts: { 'copy.cn-beijing': 3, 'share.cn-beijing.1': 1, buildImage: 0 },
    })
  })

  it('expects of a template what only a template has, also where an execution has its name', () => {
    const steps = '  - start: web\n  - delete: web\n  - { expect: web, exists: false, live: 0 }\n'
    expect(stepsOf(steps)[2]).toEqual({
      kind: 'expectTemplate',
      line: 6,
      column: 5,
      template: 'web',
      exists: false,
      live: 0,
    })
  })
})

describe('a scenario in JSON', () => {
  const duration = fc.constantFrom('1s', '2m', '1h30m')
  const code = fc.constantFrom('InvalidImage.NotFound', 'OperationDenied')
  const step = fc.oneof(
    fc.constant('crash'),
    fc.record({ advance: duration }),
    fc.record({ start: fc.constant('web') }),
    fc.record({ start: fc.constant('web'), refused: code }),
    fc.record({ create: fc.constantFrom('web', 'tool') }),
    fc.record(
      { wait: fc.constant('first'), until: fc.constantFrom('ended', 'BUILDING'), within: duration },
      { requiredKeys: ['wait'] },
    ),
    fc.record({
      expect: fc.constant('first'),
      lasted: duration,
      message: fc.string({ minLength: 1 }),
    }),
    fc.record({
      plan: fc.array(fc.record({ task: fc.constant('copyImage'), duration }), { maxLength: 2 }),
    }),
  )
  const scenario = fc.record({
    name: fc.string({ minLength: 1 }),
    seed: fc.integer(),
    components: fc.record({ tool: fc.record({ Content: fc.string() }) }),
    templates: fc.record({ web: fc.record({ BaseImage: fc.string(), Description: fc.string() }) }),
    steps: fc
      .array(step, { maxLength: 8 })
      .map((steps) => [{ create: 'web' }, { start: 'web', as: 'first' }].concat(steps as [])),
  })

  it('is the same as in YAML, but for its lines', () => {
    fc.assert(
      fc.property(scenario, fc.constantFrom(0, 2, '\t'), (value, indent) => {
        const fromJson = withoutLines(load(JSON.stringify(value, null, indent)))
        expect(withoutLines(load(stringify(value)))).toEqual(fromJson)
      }),
    )
  })

  it('may name its schema', () => {
    expect(load('{"$schema": "./schema.json", "name": "One", "steps": []}').name).toBe('One')
  })
})

function withoutLines(value: object): unknown {
  const maps = (key: string, inner: unknown) => {
    if (key === 'line' || key === 'column') return undefined
    return inner instanceof Map ? Object.fromEntries(inner) : inner
  }
  return JSON.parse(JSON.stringify(value, maps))
}
