import { describe, expect, it } from 'vitest'
import { replayScenario } from '../../src/compose.js'
import { exploreText } from '../../src/explore.js'
import { loadScenario } from '../../src/simulate/scenario/load.js'

const text = `name: Two regions
templates:
  web:
    BaseImageType: IMAGE
    BaseImage: aliyun_3_x64_20G_alibase_20240819.vhd
    ToRegionId: [cn-beijing]
    AddAccount: ["1284387915995949"]
steps:
  - start: web
`
const bounds = { faults: 1, cancels: 1, starts: 1 }

function explored(always: readonly string[], threads = 1) {
  return exploreText(text, 'two.yaml', { bounds, always, threads })
}

describe('a rule of one’s own', () => {
  it('holds of every state that can be reached', async () => {
    const { violations } = await explored([
      'status != "CANCELLED" || shared.size() == 0',
      '!("cn-beijing" in images) || visited.exists(s, s == "BUILDING")',
      '!ended || tasks.size() == 0',
    ])
    expect(violations).toEqual([])
  })

  it('is held of each of two regions, whichever it names, and keeps both', async () => {
    const two = text.replace('[cn-beijing]', '[cn-beijing, cn-shanghai]')
    for (const [first, other] of [
      ['cn-beijing', 'cn-shanghai'],
      ['cn-shanghai', 'cn-beijing'],
    ]) {
      const always = [
        `!('${first}' in images) || images['${first}'] != 'Available' || images['${other}'] == 'Available'`,
      ]
      const none = { faults: 0, cancels: 0, starts: 1 }
      const found = await exploreText(two, 'two.yaml', { bounds: none, always, threads: 1 })
      const [violation] = found.violations
      expect(violation?.scenario).toContain(`- next: web\n    task: copy.${first}\n`)
      expect(violation?.message).toContain(`"${other}":"Creating"`)
    }
  })

  it('is broken by the written steps too where tasks take no time', async () => {
    const two = text.replace('[cn-beijing]', '[cn-beijing, cn-shanghai]').replace(
      'steps:',
      `plan:
  - { task: prepareInstance, duration: 0s }
  - { task: buildImage, duration: 0s }
steps:`,
    )
    const always = [
      `!('cn-shanghai' in images) || images['cn-shanghai'] == 'Creating' || images['cn-beijing'] != 'Creating'`,
    ]
    const none = { faults: 0, cancels: 0, starts: 1 }
    const found = await exploreText(two, 'two.yaml', { bounds: none, always, threads: 1 })
    const scenario = found.violations[0]?.scenario ?? ''
    expect(scenario).toContain(
      '- start: web\n  - advance: 0s\n  - next: web\n    task: copy.cn-shanghai\n',
    )
    const { beats } = await replayScenario(loadScenario(scenario, 'x.yaml'), ':memory:')
    expect(beats.flatMap(({ failures }) => failures)).toEqual([])
  })

  it('that does not hold is shown by a scenario, the same on two threads', async () => {
    const rule = 'status != "PARTITION_SUCCESS"'
    const [one, two] = await Promise.all([explored([rule]), explored([rule], 2)])
    expect(one.violations[0]).toMatchObject({
      invariant: rule,
      says: `It is always so: ${rule}`,
      execution: 'web',
      message: expect.stringContaining('it is PARTITION_SUCCESS, with the images {') as string,
    })
    expect(one.violations[0]?.scenario).toContain('- task: ')
    expect(two.violations).toEqual(one.violations)
  })

  it('that asks for what is not there cannot be decided', async () => {
    const { violations } = await explored(['images["cn-qingdao"] == "Available"'])
    expect(violations[0]?.message).toBe(
      'it cannot be decided (No such key: cn-qingdao) in PREPARING',
    )
  })

  it.each([
    ['status = 1', /"status = 1" is no rule: Unexpected character: =/],
    ['stauts == "X"', /is no rule: Unknown variable: stauts[^]*It may ask for execution, status, /],
    ['status', /is no rule: it gives string, and must give true or false/],
  ])('%s is refused before anything is explored', async (rule, message) => {
    await expect(explored([rule])).rejects.toThrow(message)
    await expect(explored([rule])).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  })
})
