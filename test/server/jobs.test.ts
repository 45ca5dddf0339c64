import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { Served } from './server.js'

const read = (file: string): string => readFileSync(file, 'utf8')
const lifecycle = read('scenarios/lifecycle.yaml')
const everyOutcome = read('scenarios/explore/every-outcome.yaml')
const queue = read('examples/fleets/queue.yaml')

/** The lines of an answer that takes its time. */
function linesOf(text: string): readonly Readonly<Record<string, never>>[] {
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, never>)
}

function valueOf(lines: readonly Readonly<Record<string, never>>[]): unknown {
  return lines.at(-1)?.['value']
}

/** A busy machine takes its time. */
const wide = { ms: 300_000, mebibytes: 512 }

describe('content', () => {
  const use = { kind: 'template', purpose: 'Build', systemType: 'Linux' }

  test('that is as it should be is counted', async () => {
    const served = await Served.open()
    const { status, body } = await served.control('POST /content/check', { ...use, text: 'RUN a' })
    expect([status, body]).toEqual([200, { syntax: 'commands', count: 1, problem: null }])
  })

  test('that is wrong is told with its line and the code of the service', async () => {
    const served = await Served.open()
    const { body } = await served.control('POST /content/check', { ...use, text: 'RUN a\nCOPPY b' })
    expect(body['problem']).toMatchObject({ line: 2, message: expect.stringContaining('COPY') })
  })

  test.each([
    ['a misspelt field', { ...use, texts: 'RUN a' }, 'text'],
    ['an unknown kind', { ...use, text: 'a', kind: 'image' }, 'kind'],
    ['more than a body may have', { ...use, text: 'a'.repeat(2_000_000) }, 'bytes'],
  ])('%s is refused by name', async (_, body, named) => {
    const answer = await (await Served.open()).control('POST /content/check', body)
    expect(answer.status).toBe(400)
    expect(answer.body).toEqual({ Code: 'INVALID_INPUT', Message: expect.stringContaining(named) })
  })
})

describe('scenarios', () => {
  test('that ship are listed, and given by their path only', async () => {
    const served = await Served.open()
    const { body } = await served.control('GET /scenarios')
    const paths = (body['scenarios'] as unknown as readonly { path: string }[]).map(
      ({ path }) => path,
    )
    expect(paths).toContain('lifecycle.yaml')
    expect((await served.control('GET /scenarios/text?path=lifecycle.yaml')).text).toBe(lifecycle)
    for (const path of ['../package.json', '/etc/passwd', 'nothing.yaml']) {
      const refused = await served.control(`GET /scenarios/text?path=${encodeURIComponent(path)}`)
      expect([refused.status, refused.body['Code']]).toEqual([404, 'NOT_FOUND'])
    }
  })

  test('are checked with line and column', async () => {
    const served = await Served.open()
    const good = await served.control('POST /scenarios/check', { text: lifecycle })
    expect(good.body).toEqual({ mistakes: [] })
    const text = lifecycle.replace('steps:', 'stepps:')
    const { body } = await served.control('POST /scenarios/check', { text })
    expect(body['mistakes']).toContainEqual({
      line: text.split('\n').indexOf('stepps:') + 1,
      column: 1,
      message: expect.stringContaining('steps') as string,
    })
  })

  test.each(['/scenarios/check', '/replay', '/explore', '/fleets/check', '/fleet'])(
    '%s refuses a text that is too large, and says what is allowed',
    async (path) => {
      const served = await Served.open()
      const { status, body } = await served.control(`POST ${path}`, { text: 'a'.repeat(131_073) })
      const says = 'body.text: "text" must have at most 131072 characters'
      expect([status, body]).toEqual([400, { Code: 'INVALID_INPUT', Message: says }])
    },
  )
})

describe('a replay', () => {
  test('has what happened, and the history of each execution', async () => {
    const served = await Served.open({ allowances: { replay: wide } })
    const { status, body } = await served.control('POST /replay', { text: lifecycle })
    expect(status).toBe(200)
    const { ok, beats, lives } = body['replayed'] as unknown as {
      ok: boolean
      beats: { happenings: { execution: string; seq: number }[] }[]
      lives: { name: string; steps: { records: { seq: number }[] } }[]
    }
    expect(ok).toBe(true)
    const told = beats.flatMap(({ happenings }) => happenings)
    expect(told.length).toBeGreaterThan(5)
    for (const { execution, seq } of told) {
      const life = lives.find(({ name }) => name === execution)
      expect(life?.steps.records.map((each) => each.seq)).toContain(seq)
    }
  })

  test('has the history of an execution that the scenario deletes', async () => {
    const served = await Served.open({ allowances: { replay: wide } })
    const text = read('scenarios/basics/delete-template.yaml')
    const { body } = await served.control('POST /replay', { text })
    const { lives } = body['replayed'] as unknown as { lives: { steps: { records: [] } }[] }
    expect(lives.every(({ steps }) => steps.records.length > 0)).toBe(true)
    expect(lives.length).toBeGreaterThan(0)
  })

  test('of a text that is no scenario says where it is none', async () => {
    const served = await Served.open({ allowances: { replay: wide } })
    const { status, body } = await served.control('POST /replay', { text: 'steps: [{ begin: a }]' })
    expect(status).toBe(200)
    expect(body['replayed']).toBe(null)
    expect(body['mistakes']).toContainEqual(expect.objectContaining({ line: 1 }))
  })

  test('of too many steps says how many are played', async () => {
    const steps = Array.from({ length: 501 }, () => '  - advance: 1s').join('\n')
    const text = `${lifecycle.slice(0, lifecycle.indexOf('steps:'))}steps:\n${steps}\n`
    const { body } = await (await Served.open({ allowances: { replay: wide } })).control(
      'POST /replay',
      { text },
    )
    const message = 'it has 501 steps; 500 at most are played here'
    expect(body['mistakes']).toEqual([{ line: 1, column: 1, message }])
  })

  test('that takes too long is stopped, says what is allowed, and the next is played', async () => {
    const allowances = { replay: { ms: 1, mebibytes: 256 } }
    const served = await Served.open({ allowances })
    const { status, body } = await served.control('POST /replay', { text: lifecycle })
    expect([status, body['Code']]).toEqual([422, 'TIMEOUT'])
    expect(body['Message']).toBe(
      'The replay takes longer than 1ms, which is what the server allows, and was stopped: ' +
        'make it smaller, or run `bakeline replay FILE`, which has no such limit.',
    )
    expect((await served.control('GET /health')).status).toBe(200)
  })

  test('that needs too much memory is stopped, and the server goes on', async () => {
    const served = await Served.open({ allowances: { replay: { ms: 120_000, mebibytes: 8 } } })
    const { status, body } = await served.control('POST /replay', { text: lifecycle })
    expect([status, body['Code']]).toEqual([400, 'INVALID_INPUT'])
    expect(body['Message']).toContain('needs more than 8 MiB, which is what the server allows')
    expect((await served.control('GET /health')).status).toBe(200)
  })

  test('with too many before it is refused before it waits', async () => {
    const served = await Served.open({ allowances: { replay: wide } })
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => served.control('POST /replay', { text: lifecycle })),
    )
    const refused = answers.filter(({ status }) => status !== 200)
    expect(refused.map(({ status, body }) => [status, body['Code']])).toEqual(
      Array.from({ length: 4 }, () => [503, 'OVERLOADED']),
    )
  })
})

describe('what takes its time', () => {
  test('an exploration tells how far it is, and then what it found', async () => {
    const served = await Served.open({ allowances: { explore: wide } })
    const text = everyOutcome.replace('faults: 20', 'faults: 1')
    const lines = linesOf((await served.control('POST /explore', { text })).text)
    expect(lines[0]?.['progress']).toMatchObject({ level: 1 })
    const { states, coverage } = valueOf(lines) as {
      states: number
      coverage: { states: { name: string; times: number }[] }
    }
    expect(states).toBeGreaterThan(10)
    expect(coverage.states.find(({ name }) => name === 'create.building')?.times).toBeGreaterThan(0)
  })

  test('a fleet answers its report with the panels of its page', async () => {
    const served = await Served.open({ allowances: { fleet: wide } })
    const { text } = await served.control('POST /fleet', { text: queue, runs: 2 })
    const lines = linesOf(text)
    expect(lines[0]?.['progress']).toMatchObject({ runs: expect.any(Number) })
    const { report, panels, html, csv } = valueOf(lines) as {
      report: { point: { runs: number } }
      panels: { name: string; html: string }[]
      html: string
      csv: string
    }
    expect(report.point.runs).toBe(2)
    expect(panels.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['lead', 'outcomes', 'findings', 'statuses']),
    )
    // The policy of the page allows an element no style of its own.
    for (const panel of panels) expect(panel.html).not.toContain('style=')
    expect(html).toContain('<!doctype html>')
    expect(csv.split('\n').length).toBeGreaterThan(5)
  })

  test('a fleet that is none says where', async () => {
    const served = await Served.open()
    const { text } = await served.control('POST /fleet', { text: 'arrivals: 3' })
    expect(linesOf(text).at(-1)?.['mistakes']).toContainEqual(expect.objectContaining({ line: 1 }))
  })

  test('who lets go of the answer stops it, and the next has its turn', async () => {
    const served = await Served.open({ allowances: { explore: wide } })
    const url = 'http://127.0.0.1:4526/_bakeline/explore'
    const headers = { 'content-type': 'application/json' }
    const many = JSON.stringify({ text: everyOutcome.replace('starts: 1', 'starts: 3') })
    const first = await served.app.request(url, { method: 'POST', headers, body: many })
    const reader = first.body?.getReader()
    await reader?.read()
    await reader?.cancel()
    const { text } = await served.control('POST /explore', {
      text: everyOutcome.replace('faults: 20', 'faults: 0'),
    })
    expect(linesOf(text).at(-1)?.['value']).toMatchObject({ states: expect.any(Number) })
  })

  test('fleets that ship are listed and given', async () => {
    const served = await Served.open()
    const { body } = await served.control('GET /fleets')
    const paths = (body['fleets'] as unknown as readonly { path: string }[]).map(({ path }) => path)
    expect(paths).toEqual(['nightly.yaml', 'queue.yaml'])
    expect((await served.control('GET /fleets/text?path=queue.yaml')).text).toBe(queue)
    expect((await served.control('GET /fleets/text?path=../order.ts')).status).toBe(404)
    expect((await served.control('GET /fleets/schema.json')).body).toHaveProperty('properties')
  })
})
