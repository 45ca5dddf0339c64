import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { replayScenario } from '../../src/compose.js'
import { recordPlan } from '../../src/record/record-plan.js'
import type { TaskRule } from '../../src/simulate/plan/rule.js'
import { parsePlan } from '../../src/simulate/plan/schema.js'
import { loadScenario } from '../../src/simulate/scenario/load.js'
import { Console } from '../cli/console.js'

/** Nights of one template: copies fail now and then, one account can never be reached. */
const nights = (seed: number): string => `name: Nights
seed: ${seed}
templates:
  web:
    BaseImageType: IMAGE
    BaseImage: aliyun_3_x64_20G_alibase_20240819.vhd
    ToRegionId: [cn-beijing, cn-shanghai]
    AddAccount: ["1", "2"]
plan:
  - { task: copyImage, probability: 0.5, fail: { code: CopyFailed, message: no capacity } }
  - { task: copyImage, duration: { uniform: { from: 1m, to: 3m } } }
  - { task: shareImage, account: "2", fail: { code: Refused, message: not this one } }
steps:
${['a', 'b', 'c', 'd', 'e'].map((as) => `  - { start: web, as: ${as} }\n  - wait: ${as}\n`).join('')}
  - { start: web, as: stopped }
  - advance: 90s
  - cancel: stopped
`

let folder: string
let files: readonly string[]
let trace: readonly string[]

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bakeline-plan-'))
  files = [1, 2].map((seed) => join(folder, `${seed}.db`))
  const runs = [1, 2].map((seed, index) =>
    replayScenario(loadScenario(nights(seed), 'x.yaml'), files[index] as string),
  )
  trace = (await Promise.all(runs)).flatMap((run) => run.trace)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const matching = (pattern: RegExp): number => trace.filter((line) => pattern.test(line)).length

describe('a plan of many executions', () => {
  it('has the durations and failures as often as they were observed, and says how often', async () => {
    const { plan, executions, rules } = await recordPlan(files)
    const { plan: written } = parse(plan) as { plan: readonly TaskRule[] }
    expect(executions).toBe(12)
    expect(written).toHaveLength(rules)
    expect(parsePlan(written)).toHaveLength(rules)

    const done = matching(/"xstate\.done\.actor\.copy\./)
    const failed = matching(/"task":"copy\.[^}]*"phase":"failed"|"xstate\.error\.actor\.copy\./)
    expect(plan).toContain(`  # n = ${done + failed}, ${failed} of them\n`)
    const failing = written.find(({ task, region, probability }) => {
      return task === 'copyImage' && region === undefined && probability !== undefined
    })
    expect(failing?.probability).toBeCloseTo(failed / (done + failed), 3)
    expect(failing).toMatchObject({ fail: { code: 'CopyFailed', message: 'no capacity' } })

    const build = written.filter(({ task }) => task === 'buildImage')
    expect(build).toEqual([{ task: 'buildImage', duration: '4m' }])
    // The two builds that were stopped have told nothing of how long a build takes.
    expect(plan).toContain('  # n = 10\n  - task: buildImage\n')
    const account = written.find((rule) => rule.account !== undefined)
    expect(account).toEqual({
      task: 'shareImage',
      account: '2',
      fail: { code: 'Refused', message: 'not this one' },
    })
  })

  it('has rules for each region after those for all, which do not inherit their failures', async () => {
    const { plan } = await recordPlan(files)
    const { plan: rules } = parse(plan) as { plan: readonly TaskRule[] }
    const copies = rules.filter(({ task }) => task === 'copyImage')
    expect(copies.map(({ region = 'all', fail }) => [region, fail === false])).toEqual([
      ['all', false],
      ['all', false],
      ['cn-beijing', true],
      ['cn-beijing', false],
      ['cn-shanghai', true],
      ['cn-shanghai', false],
    ])
    const durations = copies[2]?.duration as { empirical: readonly unknown[] }
    expect(durations.empirical.length).toBeGreaterThan(1)
  })

  it('can be played', async () => {
    const { plan } = await recordPlan(files)
    const text = nights(9).replace(/plan:\n[^]*steps:/, `${plan}steps:`)
    expect((await replayScenario(loadScenario(text, 'x.yaml'), ':memory:')).ok).toBe(true)
  })

  it('comes from the command line, for --plan of a new file', async () => {
    const console = new Console()
    const out = console.path('plan.yaml')
    const sources = files.join(' ')
    const made = await console.run(`record --as-plan --out ${out} --from ${sources}`)
    expect([made.code, made.err]).toEqual([0, expect.stringMatching(/^✔ \d+ rules of 12 exec/)])
    const used = await console.create(
      'Name: web\nBaseImageType: IMAGE\nBaseImage: aliyun_3_x64_20G_alibase_20240819.vhd\n',
      `--plan ${out}`,
    )
    expect(used.code).toBe(0)
    const wrong = await console.run(`record --from ${sources}`)
    expect([wrong.code, wrong.err]).toEqual([
      2,
      'bakeline: a scenario is of one source: only files of the service can be several\n',
    ])
    expect((await console.run('record exec-1 --as-plan')).err).toMatch(/name none with --as-plan/)
  })

  it('needs an attempt that has ended', async () => {
    const db = join(folder, 'young.db')
    const text = nights(3).replace(/steps:\n[^]*/, 'steps:\n  - start: web\n')
    await replayScenario(loadScenario(text, 'x.yaml'), db)
    await expect(recordPlan([db])).rejects.toThrow(/no attempt has ended/)
  })
})
