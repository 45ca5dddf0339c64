import { describe, expect, it } from 'vitest'
import { failuresOf, lastOf, replaySteps } from './replaying.js'

const titles = async (...steps: readonly string[]): Promise<readonly string[]> => {
  const { beats } = await replaySteps(...steps)
  return beats.map(({ title, result }) => `${title} = ${result}`)
}

describe('a step that does not go as the scenario says', () => {
  it('is refused although it was to succeed', async () => {
    const failures = await failuresOf('{ start: web }', '{ start: web }')
    expect(failures).toHaveLength(1)
    expect(failures[0]).toMatch(
      /^refused with 403 InvalidImagePipeline.HasRunningExecution: The image pipeline ip-\w+ has a running execution exec-\w+ .+\(it was to succeed\)$/,
    )
  })

  it('is refused with another code', async () => {
    const failures = await failuresOf(
      '{ start: web }',
      '{ start: web, refused: InvalidImagePipeline.NotFound }',
    )
    expect(failures[0]).toMatch(/ \(InvalidImagePipeline.NotFound was expected\)$/)
  })

  it('is accepted although a refusal was expected', async () => {
    const failures = await failuresOf('{ start: web, refused: InvalidImage.NotFound }')
    expect(failures).toEqual(['it was accepted; InvalidImage.NotFound was expected'])
  })

  it('starts another execution than the one that its token was to repeat', async () => {
    const failures = await failuresOf(
      '{ start: web, token: a }',
      '{ start: api, token: b, same: web }',
    )
    expect(failures[0]).toMatch(/^it started exec-\w+; web \(exec-\w+\) was expected$/)
  })

  it('waits for a status that the execution does not come to', async () => {
    expect(await failuresOf('{ start: web }', '{ wait: web, until: TESTING }')).toEqual([
      'web is PARTITION_SUCCESS, and nothing that is due within 7d changes that',
    ])
  })

  it('waits for too short a time', async () => {
    expect(await failuresOf('{ start: web }', '{ wait: web, within: 2m }')).toEqual([
      'web is BUILDING, and nothing that is due within 2m changes that',
    ])
  })

  it('waits for an execution that was deleted', async () => {
    const failures = await failuresOf(
      '{ start: web }',
      '{ wait: web }',
      '{ delete: web }',
      '{ wait: web }',
    )
    expect(failures).toEqual(['web is deleted, and nothing that is due within 7d changes that'])
  })

  it('is the last one, as the rest makes no sense any more', async () => {
    const replayed = await replaySteps('{ start: web, refused: X }', '{ advance: 1m }')
    expect(lastOf(replayed).title).toBe('start web')
    expect(replayed.ok).toBe(false)
  })

  it('lets the rest be played when it is an expectation', async () => {
    const replayed = await replaySteps(
      '{ start: web }',
      '{ expect: web, status: FAILED }',
      '{ advance: 1m }',
    )
    expect(lastOf(replayed)).toMatchObject({ title: 'advance 1m', failures: [] })
    expect(replayed.ok).toBe(false)
  })
})

describe('what a step is called and what it comes to', () => {
  it('tells creations first, with their ids', async () => {
    const told = await titles('{ advance: 1s }')
    expect(told[0]).toMatch(/^create component tool = ic-bp1\w{17}$/)
    expect(told[1]).toMatch(/^create template web = ip-bp1\w{17}$/)
  })

  it('tells every kind of step', async () => {
    const told = await titles(
      '{ start: web, as: one, token: t }',
      '{ start: web, token: t, same: one }',
      '{ start: web, refused: InvalidImagePipeline.HasRunningExecution }',
      '{ plan: [{ task: copyImage, fail: false }] }',
      '{ plan: [{ task: copyImage, duration: 1s }, { task: copyImage, duration: 2s }] }',
      '{ edit: { quotas: { templates: 7 }, accounts: [{ AccountId: "7" }], remove: { regions: [cn-fuzhou] } } }',
      '{ edit: { account: "7" } }',
      '{ edit: { account: "1234567890123456" } }',
      '{ cancel: one }',
      '{ wait: one, until: [CANCELLED, FAILED] }',
      '{ wait: one }',
      '{ expect: one, status: CANCELLED }',
      '{ expect: web, exists: true }',
      '{ expect: web, exists: false }',
      '{ delete: tool }',
      '{ delete: web }',
    )
    expect(told.slice(3).map((line) => line.replaceAll(/exec-\w+/g, 'exec-…'))).toEqual([
      'start web as one with token t = exec-…',
      'start web with token t = exec-…, which is one again',
      'start web = refused: 403 InvalidImagePipeline.HasRunningExecution',
      'change the plan = 1 rule more',
      'change the plan = 2 rules more',
      'edit the world = accounts: 7; quotas: templates 7; without cn-fuzhou',
      'edit the world = account: 7',
      'edit the world = account: 1234567890123456',
      'cancel one = accepted',
      'wait for one to be CANCELLED or FAILED = CANCELLED',
      'wait for one to end = CANCELLED',
      'expect one = as expected',
      'expect template web = as expected',
      'expect template web = not as expected',
      'delete component tool = gone',
      'delete template web = gone',
    ])
  })
})
