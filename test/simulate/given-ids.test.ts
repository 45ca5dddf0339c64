import { describe, expect, it } from 'vitest'
import { replayScenario } from '../../src/compose.js'
import { givenIds } from '../../src/simulate/scenario/given-ids.js'
import { loadScenario } from '../../src/simulate/scenario/load.js'

const text = (ids: string): string => `name: With ids
ids: ${ids}
components:
  tool: { Content: RUN true }
templates:
  web: { BaseImageType: IMAGE, BaseImage: aliyun_3_x64_20G_alibase_20240819.vhd }
  late: { BaseImageType: IMAGE, BaseImage: aliyun_3_x64_20G_alibase_20240819.vhd, RegionId: cn-beijing }
steps:
  - start: web
  - start: web
    refused: InvalidImagePipeline.HasRunningExecution
  - create: late
  - start: late
    as: other
`
const given = `
  components: { tool: ic-mine }
  templates: { late: ip-late }
  executions: { other: exec-other }`

describe('the ids of a scenario', () => {
  it('are given under the numbers of the creates and starts that succeed', () => {
    expect(givenIds(loadScenario(text(given), 'x.yaml'))).toEqual({
      'component/cn-hangzhou 1': 'ic-mine',
      'template/cn-beijing 1': 'ip-late',
      'execution 2': 'exec-other',
    })
  })

  it('are those that the service answers with; the others follow from the seed', async () => {
    const run = await replayScenario(loadScenario(text(given), 'x.yaml'), ':memory:')
    const plain = await replayScenario(loadScenario(text('{}'), 'x.yaml'), ':memory:')
    expect(run.ok).toBe(true)
    const results = run.beats.map(({ result }) => result)
    const derived = plain.beats.map(({ result }) => result)
    expect(results[0]).toBe('ic-mine')
    expect(results[1]).toBe(derived[1])
    expect(results.slice(-2)).toEqual(['ip-late', 'exec-other'])
  })

  it.each([
    ['{ executions: { othr: exec-1 } }', /:2:22: "othr" is not an execution of this scenario; did/],
    ['{ templates: { tool: ip-1 } }', /"tool" is not a template of this scenario/],
    ['{ templates: { web: x-1, late: x-1 } }', /"x-1" is the id of "web" already/],
    ['{ templates: { web: "a b" } }', /"web" must be an id/],
    ['{ images: {} }', /"images" is not a field of ids/],
  ])('%s is a mistake', (ids, message) => {
    expect(() => loadScenario(text(ids), 'x.yaml')).toThrow(message)
  })
})

it('a cancel may come too late, where the scenario says so, and for no other reason', async () => {
  const steps = (last: string) => `name: One
templates: { web: { BaseImageType: IMAGE, BaseImage: aliyun_3_x64_20G_alibase_20240819.vhd } }
steps:
  - start: web
  - wait: web
  ${last}
  - cancel: web
    refused: maybe
`
  const play = (last: string) => replayScenario(loadScenario(steps(last), 'x.yaml'), ':memory:')
  expect((await play('')).beats.at(-1)).toMatchObject({
    result: 'refused: 400 InvalidStatus.CancelFailed',
    failures: [],
  })
  expect((await play('- delete: web')).ok).toBe(false)
  const again = await play('- { start: web, as: again }\n  - cancel: again\n    refused: maybe')
  expect(again.ok).toBe(true)
})
