import { describe, expect, it } from 'vitest'
import { replayScenario } from '../../../src/compose.js'
import { exploreText } from '../../../src/explore.js'
import type { Bounds } from '../../../src/simulate/explore/bounds.js'
import { loadScenario } from '../../../src/simulate/scenario/load.js'

const text = `name: Plain
templates:
  web:
    BaseImageType: IMAGE
    BaseImage: aliyun_3_x64_20G_alibase_20240819.vhd
    AddAccount: ["1284387915995949", "1284387915995950"]
steps:
  - start: web
`

/** The scenario that shows how a rule is broken, once it was replayed with steps of one's own behind it. */
async function shown(
  { from = text, rule, bounds }: { from?: string; rule: string; bounds: Partial<Bounds> },
  then: string,
): Promise<string> {
  const none = { faults: 0, cancels: 0, starts: 1, deletes: 0, ...bounds }
  const found = await exploreText(from, 'x.yaml', { bounds: none, always: [rule], threads: 1 })
  const [violation] = found.violations
  expect(violation?.invariant).toBe(rule)
  const { scenario = '' } = violation ?? {}
  const { beats } = await replayScenario(loadScenario(scenario + then, 'x.yaml'), ':memory:')
  expect(beats.flatMap(({ failures }) => failures)).toEqual([])
  return scenario
}

describe('a counterexample, written as a scenario, leads where the exploration was', () => {
  it('when the second execution of a template fails, and the first one does not', async () => {
    const rule = 'execution != "web#2" || status != "FAILED"'
    const scenario = await shown(
      { rule, bounds: { faults: 1, starts: 2 } },
      '  - expect: web#2\n    status: FAILED\n',
    )
    expect(scenario).toContain('  - plan:\n')
    expect(scenario.match(/- start: web\n/g)).toHaveLength(2)
  })

  it('when both fail, each of its own', async () => {
    const rule = 'execution != "web#2" || status != "TEST_FAILED"'
    const from = text.replace('    AddAccount', '    TestContent: RUN true\n    AddAccount')
    const scenario = await shown(
      { from, rule, bounds: { faults: 2, starts: 2 } },
      '  - expect: web#2\n    status: TEST_FAILED\n',
    )
    expect(scenario).toContain('task: testImage')
  })

  it('when a share misses one account', async () => {
    const rule = 'status != "PARTITION_SUCCESS"'
    const scenario = await shown(
      { rule, bounds: { faults: 1 } },
      '  - expect: web\n    status: PARTITION_SUCCESS\n',
    )
    expect(scenario).toMatch(/- task: shareImage\n {4}region: cn-hangzhou\n {4}attempt: 1\n/)
    expect(scenario).toMatch(/account: "12843879159959\d\d"/)
  })

  it('when somebody cancels', async () => {
    const rule = 'status != "CANCELLED"'
    const scenario = await shown(
      { rule, bounds: { cancels: 1 } },
      '  - expect: web\n    status: CANCELLED\n',
    )
    expect(scenario).toContain('  - cancel: web\n')
  })

  it('when somebody deletes an image', async () => {
    const from = `${text.replace(/ {4}AddAccount.*\n/, '')}  - wait: web\n  - delete: web\n    image: cn-hangzhou\n`
    const scenario = await shown(
      { from, rule: 'status != "SUCCESS" || images.size() == 1', bounds: { deletes: 1 } },
      '  - expect: web\n    status: SUCCESS\n    images: { cn-hangzhou: none }\n  - check\n',
    )
    expect(scenario).toContain('  - delete: web\n    image: cn-hangzhou\n')
  })
})
