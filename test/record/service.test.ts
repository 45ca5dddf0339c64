import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { recordPlan } from '../../src/record/record-plan.js'
import { record } from '../../src/record/record.js'
import type { TaskRule } from '../../src/simulate/plan/rule.js'
import { Console } from '../cli/console.js'
import { entriesOf, type Night, pollNight, type Saved, truthOf } from './polled.js'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bakeline-service-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const path = (name: string): string => join(folder, name)
const sample = (name: string): string => new URL(`fixtures/${name}`, import.meta.url).pathname

function save(name: string, text: string): string {
  writeFileSync(path(name), text)
  return path(name)
}

const asLines = ({ lines }: Saved): string => lines.map((line) => JSON.stringify(line)).join('\n')

const full = {
  ToRegionId: ['cn-beijing', 'cn-shanghai'],
  AddAccount: ['1284387915995949'],
  TestContent: 'RUN true',
}
const fail = { code: 'NoCapacity', message: 'come back later' }

const nights: Readonly<Record<string, Omit<Night, 'db'>>> = {
  'succeeds, is tested, copied and shared': { every: 30, template: full },
  'is repaired': { every: 20, template: { RepairMode: 'Standard' } },
  'does not reach a region': {
    every: 30,
    template: full,
    plan: [
      { task: 'copyImage', region: 'cn-shanghai', fail },
      { task: 'copyImage', region: 'cn-beijing', duration: '4m7s' },
    ],
  },
  'cannot release what it made': {
    every: 30,
    plan: [{ task: 'releaseResources', duration: '17s', fail }],
  },
  'fails to build': { every: 15, plan: [{ task: 'buildImage', duration: '83s', fail }] },
  'fails its tests': { every: 15, template: full, plan: [{ task: 'testImage', fail }] },
  'is cancelled': {
    every: 30,
    cancelAfter: 4,
    plan: [{ task: 'releaseResources', duration: '2m' }],
  },
  'goes on': { every: 30, polls: 4 },
  'comes three times': { every: 30, template: full, executions: 3 },
}

describe('an execution that is polled as a client does, saved and recorded', () => {
  it.each(Object.keys(nights))('goes the same way when it %s', async (title) => {
    const night = { db: path('night.db'), ...(nights[title] as Omit<Night, 'db'>) }
    const saved = await pollNight(night)
    const from = [save('polls.jsonl', asLines(saved)), save('template.json', saved.template)]
    const recorded = await record(from)
    expect(recorded).toMatchObject({ same: true, difference: null, compared: 'answers' })
    const truth = await truthOf(night.db)
    const replayed = await entriesOf(recorded.scenario)
    expect(replayed.map(({ state }) => state)).toEqual(truth.map(({ state }) => state))
    const apart = replayed.map(({ at }, index) => Math.abs(at - (truth[index]?.at ?? 0)))
    expect(Math.max(...apart)).toBeLessThanOrEqual(night.every * 1_000)
  })

  it('goes the same way without its template, the regions being those of its images', async () => {
    const saved = await pollNight({ db: path('night.db'), every: 30, template: full })
    const { scenario, same } = await record(save('polls.jsonl', asLines(saved)))
    expect(same).toBe(true)
    expect(scenario).toContain('ToRegionId: [ cn-beijing, cn-shanghai ]')
    expect(scenario).toContain('the template was not saved; it is a plain one')
  })

  it('goes the same way from bodies alone, by their ModifiedTime', async () => {
    const saved = await pollNight({ db: path('night.db'), every: 30, template: full })
    const bodies = saved.lines.map(({ body }) => JSON.stringify(body, null, '\t')).join('\n')
    const { scenario, same } = await record([save('polls.json', bodies)])
    expect(same).toBe(true)
    expect(scenario).toContain('# PREPARING: to the second, as ModifiedTime tells')
    const list = save('list.json', JSON.stringify(saved.lines.map(({ body }) => body)))
    expect((await record(list)).scenario.replaceAll('list.json', 'polls.json')).toBe(scenario)
  })
})

describe('answers as the documentation shows them', () => {
  it('become a scenario that says what it guesses', async () => {
    const { scenario, same, executions } = await record(['service.jsonl', 'images.txt'].map(sample))
    expect([same, executions]).toEqual([true, 1])
    expect(scenario).toContain('exec-5fb8facb8ed7427c****: its id is masked')
    expect(scenario).toContain('  # PREPARING: between 1m and 1m40s\n')
    expect(scenario).toContain('  # RELEASING was not seen: at most 11m\n')
    const { templates, steps } = parse(scenario) as { templates: object; steps: readonly object[] }
    expect(templates).toMatchObject({
      web: { RegionId: 'cn-beijing', ToRegionId: ['cn-shanghai'] },
    })
    expect(steps.at(-1)).toMatchObject({
      status: 'PARTITION_SUCCESS',
      visited: ['PREPARING', 'BUILDING', 'DISTRIBUTING', 'RELEASING', 'PARTITION_SUCCESS'],
      images: { 'cn-beijing': 'Available', 'cn-shanghai': 'CreateFailed' },
      lasted: '19m',
    })
  })

  it('say so when nothing tells what failed', async () => {
    const { scenario, same } = await record(sample('service.jsonl'))
    expect(same).toBe(true)
    expect(scenario).toContain('what failed was not told: no copy is CreateFailed')
    expect(scenario).toContain('what it distributed was not told; sharing is a guess')
  })

  it('are recorded from the command line', async () => {
    const console = new Console()
    const sources = `${sample('service.jsonl')} ${sample('images.txt')}`
    const { code, err } = await console.run(`record --from ${sources} --out ${path('x.yaml')}`)
    expect([code, err]).toEqual([
      0,
      expect.stringMatching(/x\.yaml replays to what was told of 1 execution\n$/),
    ])
    expect((await console.run(`replay ${path('x.yaml')}`)).code).toBe(0)
    const none = await console.run(`record exec-1 --from ${sources}`)
    expect([none.code, none.err]).toEqual([4, expect.stringMatching(/no execution "exec-1" in/)])
  })
})

describe('a plan of many saved answers', () => {
  it('has what was seen of each task, and how often', async () => {
    const plan = [{ task: 'copyImage' as const, region: 'cn-shanghai', fail }]
    const files: string[] = []
    for (const every of [20, 30]) {
      const db = path(`${every}.db`)
      const saved = await pollNight({ db, every, template: full, plan, executions: 2 })
      files.push(save(`${every}.jsonl`, asLines(saved)))
    }
    const recorded = await recordPlan(files)
    expect(recorded.executions).toBe(4)
    expect(recorded.plan).toContain('  # n = 4\n  - task: buildImage\n')
    const { plan: rules } = parse(recorded.plan) as { plan: readonly TaskRule[] }
    const failing = rules.find(({ region, fail }) => region === 'cn-shanghai' && fail)
    expect(failing).toMatchObject({ fail: { code: 'NoCapacity' } })
    // When sharing began nobody has told.
    expect(rules.some(({ task }) => task === 'shareImage')).toBe(false)
  })
})

describe('executions of two templates', () => {
  it('stand in one scenario, each by rules of its own', async () => {
    const row = (n: number, Status: string, minute: string) => ({
      ExecutionId: `exec-${n}`,
      ImagePipelineId: `ip-${n}`,
      Status,
      CreationTime: `2026-01-05T02:0${n}:00Z`,
      ModifiedTime: `2026-01-05T02:${minute}:00Z`,
    })
    const poll = (...rows: readonly object[]) =>
      JSON.stringify({ ImagePipelineExecution: { ImagePipelineExecutionSet: rows } })
    const file = save(
      'both.jsonl',
      [
        poll(row(2, 'PREPARING', '02'), row(1, 'BUILDING', '03')),
        poll(row(2, 'BUILDING', '06'), row(1, 'FAILED', '09')),
        poll(row(2, 'SUCCESS', '12')),
      ].join('\n'),
    )
    const { scenario, same, executions } = await record(file)
    expect([same, executions]).toEqual([true, 2])
    const { plan, steps } = parse(scenario) as { plan: readonly TaskRule[]; steps: object[] }
    expect(plan.filter(({ task }) => task === 'buildImage')).toMatchObject([
      { template: 'template', fail: { code: 'InternalError', message: 'no reason was told' } },
      { template: 'template-2' },
    ])
    expect(steps).toMatchObject([
      { start: 'template' },
      { advance: '1m' },
      { start: 'template-2' },
      { wait: 'template' },
      { wait: 'template-2' },
      { status: 'FAILED', lasted: '8m' },
      { status: 'SUCCESS', lasted: '10m' },
    ])
    const { scenario: one } = await record(file, { executions: ['exec-2'] })
    expect(one).not.toContain('exec-1')
  })
})

describe('what was saved and cannot be understood is told with file and place:', () => {
  const execution = {
    ExecutionId: 'exec-1',
    ImagePipelineId: 'ip-1',
    Status: 'BUILDING',
    CreationTime: '2026-01-05T02:00:00Z',
    ModifiedTime: '2026-01-05T02:01:00Z',
  }
  const answer = (fields: object) =>
    JSON.stringify({
      ImagePipelineExecution: { ImagePipelineExecutionSet: [{ ...execution, ...fields }] },
    })
  const place = 'ImagePipelineExecution.ImagePipelineExecutionSet[0]'

  it.each([
    [
      'a status',
      answer({ Status: 'BUILDIN' }),
      `line 2: ${place}.Status "BUILDIN" is not a status`,
    ],
    ['a time', answer({ ModifiedTime: 'noon' }), `line 2: ${place}.ModifiedTime must be a time`],
    ['JSON', answer({}).slice(0, -3), 'line 2: is not JSON'],
    ['an answer', '{"Regions":{}}', 'line 2: is an answer of none of DescribeImagePipelineExec'],
    ['images', '{"Images":{"Image":[]}}', 'line 2: RegionId is missing: without it nobody knows'],
    ['a poll', `{"at":"noon","body":${answer({})}}`, 'line 2: at is not a time'],
  ])('%s', async (_, text, message) => {
    const file = save('polls.jsonl', `${answer({})}\n${text}\n`)
    await expect(record(file)).rejects.toThrow(`polls.jsonl, ${message}`)
  })

  it('images without an execution, and files of several kinds', async () => {
    await expect(record(sample('images.txt'))).rejects.toThrow(/images\.txt tells of no execution/)
    const polls = save('polls.json', answer({}))
    const other = save('other.txt', 'hello\n')
    await expect(record([polls, other])).rejects.toThrow(/is not what the service answered, as the/)
    await expect(record([other, polls])).rejects.toThrow(/a scenario is of one source/)
    await expect(record(folder)).rejects.toThrow(/is not a file/)
  })

  it('polls by a clock that is not the service’s are taken without their times', async () => {
    const at = (hour: number, fields: object) =>
      `{"at":"2026-01-05T0${hour}:00:00Z","body":${answer(fields)}}`
    const later = { Status: 'SUCCESS', ModifiedTime: '2026-01-05T02:06:00Z' }
    const file = save('polls.jsonl', [at(4, {}), at(5, later)].join('\n'))
    const { same, scenario } = await record(file)
    expect(same).toBe(true)
    expect(scenario).toContain('exec-1: the times of its polls contradict it and are left out.')
    expect(scenario).toContain('lasted: 6m')
  })
})
